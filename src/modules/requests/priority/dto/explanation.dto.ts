import { isLanguageTag, TEXT_LANGUAGES } from '../../../../shared/language.js';
import { Field, Parameter } from '../../../../platform/http/index.js';
import { type Criterion, CRITERION_NAMES } from '../../domain/priority-policy.rules.js';
import type { Explanation, ExplainedCriterion } from '../explanation.service.js';
import { BandView } from './priority-policy.dto.js';

export class ExplanationQuery {
  @Parameter.shaped('isLanguage', isLanguageTag, 'must be a language tag such as fr', {
    about: `one of ${TEXT_LANGUAGES.join(', ')}; else Accept-Language, else the council’s`,
  })
  language?: string;
}

export class ExplainedCriterionView {
  @Field.oneOf(CRITERION_NAMES, { example: 'learners' })
  criterion: Criterion;

  @Field.number({ min: 0, max: 1e9, nullable: true, example: 3, about: '1 for yes, 0 for no; null: not stated, which earns nothing' })
  value: number | null;

  @Field.integer({ nullable: true, example: null, about: 'minutes of which a share is taken' })
  of: number | null;

  @Field.integer({ min: -10_000, max: 10_000, example: 10, about: 'for the whole share, for each unit, or for yes' })
  weight: number;

  @Field.integer({ nullable: true, example: 50, about: 'the most that the criterion gives or takes away' })
  cap: number | null;

  @Field.nestedList(() => BandView, { about: 'of schoolIndex: the first whose bound is above counts' })
  bands: BandView[];

  @Field.integer({ min: -1_000_000, example: 30, about: 'by itself, fractions rounded down' })
  earned: number;

  @Field.integer({ min: -1_000_000, example: 30, about: 'what counts: of the equipment criteria only the highest' })
  points: number;

  @Field.oneOf(['declared', 'verified', 'computed'], { example: 'declared', about: 'where the value came from' })
  source: string;

  @Field.text({ nullable: true, example: null, about: 'who saw it proven' })
  verifiedBy: string | null;

  @Field.instant({ nullable: true, example: null })
  verifiedAt: string | null;

  @Field.text({ max: 1000, about: 'the same in plain words' })
  sentence: string;

  static of({ criterion, value, of, weight, earned, points, from, sentence }: ExplainedCriterion): ExplainedCriterionView {
    const { source, verifiedBy, verifiedAt } = from;
    return {
      criterion,
      value: value === null ? null : Number(value),
      of,
      weight: weight.points,
      cap: weight.cap,
      bands: weight.bands.map(({ below, points: each }) => ({ below, points: each })),
      earned,
      points,
      source,
      verifiedBy,
      verifiedAt,
      sentence,
    };
  }
}

export class RefusalView {
  @Field.text({
    max: 2000,
    nullable: true,
    example: 'La famille a déjà un ordinateur par enfant',
    about: 'the words of whoever refused it or decided the appeal; null once they have been erased',
  })
  reason: string | null;

  @Field.instant({ nullable: true, about: 'when the family appealed: the move appeal' })
  appealedAt: string | null;

  @Field.instant({ nullable: true, about: 'when a manager decided the appeal' })
  appealDecidedAt: string | null;

  static of({ reason, appealedAt, appealDecidedAt }: Explanation['line']): RefusalView {
    return { reason, appealedAt: appealedAt?.toISOString() ?? null, appealDecidedAt: appealDecidedAt?.toISOString() ?? null };
  }
}

export class ExplanationView {
  @Field.uuid()
  lineId: string;

  @Field.uuid({ about: 'its text is the message of the ticket' })
  householdId: string;

  @Field.integer({ min: -1_000_000, example: 680, about: 'by which the queue is ordered' })
  score: number;

  @Field.boolean({
    about: 'whether the score is the sum of these criteria; else it is being reckoned again, or the line is closed',
    example: true,
  })
  isCurrent: boolean;

  @Field.nestedList(() => ExplainedCriterionView, { about: 'their points are the score' })
  criteria: ExplainedCriterionView[];

  @Field.text({ about: 'HMAC-SHA256 in hex; of equal scores the lower one comes first' })
  ticket: string;

  @Field.integer({ min: 1, nullable: true, example: 12 })
  position: number | null;

  @Field.integer({ nullable: true, example: 80 })
  queueLength: number | null;

  @Field.integer({ min: 1, example: 2 })
  policyVersion: number;

  @Field.day({ about: 'the day up to which waiting is counted' })
  countedOn: string;

  @Field.texts({ maxLength: 1000, about: 'why it stands there, in plain words' })
  sentences: string[];

  @Field.nested(() => RefusalView, { nullable: true, about: 'of a refused line; the sentences say it too, and how to appeal' })
  refusal: RefusalView | null;

  static of({ line, countedOn, policyVersion, isCurrent, criteria, sentences }: Explanation): ExplanationView {
    const { id, householdId, score, ticket, position, queueLength } = line;
    const refusal = line.state === 'refused' ? RefusalView.of(line) : null;
    return {
      lineId: id,
      householdId,
      score,
      isCurrent,
      criteria: criteria.map((each) => ExplainedCriterionView.of(each)),
      ticket,
      position,
      queueLength,
      policyVersion,
      countedOn,
      sentences: [...sentences],
      refusal,
    };
  }
}
