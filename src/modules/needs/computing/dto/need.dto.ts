import { Field, Parameter } from '../../../../platform/http/index.js';
import { isLanguageTag } from '../../../../shared/language.js';
import { NO_RECOMMENDATION, type NoRecommendation } from '../../domain/need.rules.js';
import { TIMETABLE_SOURCES, type TimetableSource } from '../../domain/timetable.rules.js';
import { MOST_KITS } from '../../kits/kits.service.js';
import type { ReadableNeed } from '../need.service.js';
import { ServedMinutesView } from '../../plans/dto/plan.view.js';

export class NeedQuery {
  @Parameter.shaped('isLanguage', isLanguageTag, 'must be a language tag such as fr', {
    max: 35,
    example: 'fr',
    about: "of what is said in words; left out: what Accept-Language prefers, else the council's",
  })
  language?: string;
}

class LearnerNeedView {
  @Field.uuid()
  id: string;

  @Field.oneOf(TIMETABLE_SOURCES, {
    about: "whose timetable holds: the learner's own, the class's, the school's, the council's, the shipped one",
  })
  timetable: TimetableSource;

  @Field.nested(() => ServedMinutesView)
  liveMinutes: ServedMinutesView;

  @Field.nested(() => ServedMinutesView)
  workMinutes: ServedMinutesView;

  @Field.integer({ example: 120 })
  uncoveredMinutes: number;
}

class KitValueView {
  @Field.uuid()
  kitId: string;

  @Field.text({ example: 'Laptop and router' })
  name: string;

  @Field.integer({ example: 38000 })
  costCents: number;

  @Field.integer({ about: 'uncovered minutes that it takes away', example: 1260 })
  valueMinutes: number;

  @Field.integer({ about: 'what stays uncovered with it', example: 300 })
  uncoveredMinutes: number;
}

class GainView {
  @Field.uuid()
  learnerId: string;

  @Field.integer({ about: 'minutes a week that the learner lacks now', example: 900 })
  lackingMinutes: number;

  @Field.integer({ example: 780, about: 'minutes a week that the learner gains' })
  gainedMinutes: number;
}

class LossView {
  @Field.uuid()
  learnerId: string;

  @Field.integer({ example: 60, about: 'minutes a week that the learner loses' })
  lostMinutes: number;
}

class RecommendationView {
  @Field.uuid()
  kitId: string;

  @Field.integer({ example: 1260 })
  valueMinutes: number;

  @Field.integer({ about: 'what a second one would take away beyond that', example: 180 })
  secondAddsMinutes: number;

  @Field.nestedList(() => GainView, { max: 20, about: 'who gains, and how much' })
  gaining: readonly GainView[];

  @Field.nestedList(() => LossView, { max: 20, about: 'who gets less with it, because lessons go before other work' })
  losing: readonly LossView[];
}

class NeedInputsView {
  @Field.integer({ min: 1, about: "the household's version", example: 3 })
  householdVersion: number;

  @Field.text({ about: 'hash of everything that it was computed from', example: '9f86d081884c7d659a2feaa0c55ad015' })
  version: string;
}

export class NeedView {
  @Field.uuid()
  householdId: string;

  @Field.instant({ about: 'when it was computed' })
  computedAt: string;

  @Field.nested(() => NeedInputsView, { about: 'what it was computed from' })
  inputs: NeedInputsView;

  @Field.nested(() => ServedMinutesView, { about: 'lessons, of all learners: minutes a week of school at home' })
  liveMinutes: ServedMinutesView;

  @Field.nested(() => ServedMinutesView, { about: 'other work, of all learners' })
  workMinutes: ServedMinutesView;

  @Field.integer({ example: 1560 })
  uncoveredMinutes: number;

  @Field.nestedList(() => LearnerNeedView, { max: 20, about: 'each learner’s part of it' })
  learners: readonly LearnerNeedView[];

  @Field.nestedList(() => KitValueView, { max: MOST_KITS, about: "every kit of the council's catalogue" })
  kits: readonly KitValueView[];

  @Field.nested(() => RecommendationView, { nullable: true, about: 'the cheapest kit whose value is within 10 % of the best' })
  recommendation: RecommendationView | null;

  @Field.oneOf(NO_RECOMMENDATION, { nullable: true, about: 'why there is none' })
  noRecommendation: NoRecommendation | null;

  @Field.text({
    max: 2000,
    example: 'A laptop would give Amal and Idris back 21 of the 26 hours a week that they now miss. A second one would add 3.',
  })
  sentence: string;

  static of({ householdId, computedAt, householdVersion, inputsVersion, need, kits, sentence }: ReadableNeed): NeedView {
    const total = (kind: 'liveMinutes' | 'workMinutes'): ServedMinutesView => ({
      demanded: need.learners.reduce((sum, learner) => sum + learner[kind].demanded, 0),
      served: need.learners.reduce((sum, learner) => sum + learner[kind].served, 0),
    });
    return {
      householdId,
      computedAt: computedAt.toISOString(),
      inputs: { householdVersion, version: inputsVersion },
      liveMinutes: total('liveMinutes'),
      workMinutes: total('workMinutes'),
      uncoveredMinutes: need.uncoveredMinutes,
      learners: need.learners.map((learner) => ({ ...learner, timetable: need.timetables[learner.id] ?? 'shipped' })),
      kits: need.kits.map((value) => {
        const { name = '', costCents = 0 } = kits.find(({ id }) => id === value.kitId) ?? {};
        return { ...value, name, costCents };
      }),
      recommendation: need.recommendation,
      noRecommendation: need.noRecommendation,
      sentence,
    };
  }
}
