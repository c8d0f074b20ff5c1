import { Field } from '../../../../platform/http/index.js';
import { ExplanationView } from '../../../requests/http.js';
import { QUEUE_BYPASS_KINDS, type QueueBypassKind } from '../../domain/decision.texts.js';
import { StockLookedAtView } from '../../rounds/dto/stock-looked-at.dto.js';
import { NOT_SERVED_REASONS } from '../../domain/round.texts.js';
import type { ExplainedDecision, ExplainedOutcome, LineExplanation } from '../line-explanation.service.js';

export class LineDecisionView {
  @Field.oneOf(QUEUE_BYPASS_KINDS, {
    example: 'placement',
    about: 'placement: a device was set aside by hand for another family; override: it was handed over although this line was ahead',
  })
  kind: QueueBypassKind;

  @Field.instant()
  at: string;

  @Field.text({ max: 2000, nullable: true, example: 'Examen dans dix jours', about: 'the person’s words; null once they have been erased' })
  reason: string | null;

  @Field.text({ max: 4000, about: 'the same in plain words' })
  sentence: string;

  static of({ kind, at, reason, sentence }: ExplainedDecision): LineDecisionView {
    return { kind, at: at.toISOString(), reason, sentence };
  }
}

export class LastRoundView {
  @Field.uuid()
  roundId: string;

  @Field.instant({ about: 'when the round was published' })
  publishedAt: string;

  @Field.integer({ min: 1, example: 12, about: 'the place of the line in the round' })
  place: number;

  @Field.integer({ example: 80, about: 'lines of the round' })
  lines: number;

  @Field.boolean({ about: 'whether a device was offered to it', example: false })
  served: boolean;

  @Field.oneOf(NOT_SERVED_REASONS, { nullable: true, example: 'OUTRANKED', about: 'why it was not served; null: it was' })
  reason: string | null;

  @Field.integer({
    min: -1_000_000,
    nullable: true,
    example: 720,
    about: 'the cut-off: points of the last line that was served in its stead',
  })
  cutoffScore: number | null;

  @Field.nested(() => StockLookedAtView, { nullable: true, about: 'for want of stock: which was looked at, and what lies elsewhere' })
  stock: StockLookedAtView | null;

  @Field.text({ max: 4000, about: 'the same in plain words' })
  sentence: string;

  static of({ roundId, publishedAt, place, lines, reason, cutoffScore, stock, sentence }: ExplainedOutcome): LastRoundView {
    return {
      roundId,
      publishedAt: publishedAt.toISOString(),
      place,
      lines,
      served: reason === null,
      reason,
      cutoffScore,
      stock: stock && StockLookedAtView.of(stock),
      sentence,
    };
  }
}

export class LineExplanationView extends ExplanationView {
  @Field.nested(() => LastRoundView, { nullable: true, about: 'the last published round in which the line took part' })
  lastRound: LastRoundView | null;

  @Field.nestedList(() => LineDecisionView, { about: 'what people decided past this line, the newest first' })
  decisions: LineDecisionView[];

  static override of(explanation: LineExplanation): LineExplanationView {
    const { lastRound, decisions } = explanation;
    return {
      ...ExplanationView.of(explanation),
      lastRound: lastRound && LastRoundView.of(lastRound),
      decisions: decisions.map((each) => LineDecisionView.of(each)),
    };
  }
}
