import { Type } from 'class-transformer';
import { Field } from '../../../../platform/http/index.js';
import type { Day } from '../../../../shared/day.js';
import { CRITERIA, type Criterion, CRITERION_NAMES, type PolicyCriterion } from '../../domain/priority-policy.rules.js';
import type { PriorityPolicy } from '../priority-policies.repository.js';
import type { PolicyDraft, PublicPolicies } from '../priority-policies.service.js';

/** Wide enough that the rules say what is wrong, in words. */
const any = { min: -1e9, max: 1e9 } as const;
const orNothing = { nullable: true, optional: true } as const;

export class BandBody {
  @Field.number({ ...any, about: 'an index below this', example: 90 })
  below: number;

  @Field.number({ ...any, about: 'a whole number, 0 to 10,000', example: 60 })
  points: number;
}

export class PolicyCriterionBody implements PolicyCriterion {
  @Field.oneOf(CRITERION_NAMES, { example: 'learners' })
  criterion: Criterion;

  @Field.number({ ...any, ...orNothing, about: 'a whole number for the whole share, for each unit, or for yes', example: 10 })
  points?: number | null;

  @Field.number({ ...any, ...orNothing, about: 'a whole number: the most that the criterion gives or takes away', example: 50 })
  cap?: number | null;

  @Field.nestedList(() => BandBody, { max: 20, ...orNothing, about: 'of schoolIndex: rising; the first whose bound is above counts' })
  bands?: BandBody[] | null;
}

export class PriorityPolicyBody {
  @Field.day({ ...orNothing, about: 'the day from which it holds: today when left out', example: null })
  holdsFrom?: Day | null;

  @Field.nestedList(() => PolicyCriterionBody, {
    max: CRITERION_NAMES.length,
    about: 'what earns points; what is left out earns nothing',
    example: [
      { criterion: 'uncoveredShare', points: 500 },
      { criterion: 'learners', points: 10, cap: 50 },
    ],
  })
  criteria: PolicyCriterionBody[];

  static toDraft({ holdsFrom = null, criteria }: PriorityPolicyBody): PolicyDraft {
    return { holdsFrom, criteria };
  }
}

export class BandView {
  @Field.number({ min: -1e9, max: 1e9, example: 90, about: 'an index below this' })
  below: number;

  @Field.integer({ example: 60, about: 'points of an index in this band' })
  points: number;
}

export class PolicyCriterionView {
  @Field.oneOf(CRITERION_NAMES, { example: 'learners' })
  criterion: Criterion;

  @Field.text({ example: 'each learner', about: 'the criterion in words' })
  about: string;

  @Field.oneOf(['share', 'units', 'yes', 'band'], { about: 'what the points are for', example: 'units' })
  measure: string;

  @Field.integer({ min: -10_000, max: 10_000, example: 10 })
  points: number;

  @Field.integer({ nullable: true, example: 50 })
  cap: number | null;

  @Field.nestedList(() => BandView)
  bands: BandView[];
}

export class PriorityPolicyView {
  @Field.integer({ min: 1, example: 2, about: 'never changes' })
  version: number;

  @Field.day({ about: 'the day from which it holds' })
  holdsFrom: string;

  @Field.boolean({ about: 'whether it is the one that holds today', example: true })
  holds: boolean;

  @Field.nestedList(() => PolicyCriterionView, { about: 'what earns points; nothing else does' })
  criteria: PolicyCriterionView[];

  @Field.instant()
  createdAt: string;

  static of({ version, holdsFrom, holds, scale, createdAt }: PriorityPolicy): PriorityPolicyView {
    const criteria = CRITERION_NAMES.map((criterion) => {
      const { points, cap, bands } = scale[criterion];
      return { criterion, ...CRITERIA[criterion], points, cap, bands: bands.map((band) => ({ below: band.below, points: band.points })) };
    });
    return { version, holdsFrom, holds, criteria, createdAt: createdAt.toISOString() };
  }
}

export class PublicCouncilView {
  @Field.text({ example: 'gonesse' })
  code: string;

  @Field.text({ example: 'Ville de Gonesse' })
  name: string;
}

export class PublicPoliciesView {
  @Field.nested(() => PublicCouncilView, { about: 'whose scale it is' })
  council: PublicCouncilView;

  @Field.nestedList(() => PriorityPolicyView, { max: 200, about: 'the latest version first' })
  policies: PriorityPolicyView[];

  static of({ council: { code, name }, policies }: PublicPolicies): PublicPoliciesView {
    return { council: { code, name }, policies: policies.map((policy) => PriorityPolicyView.of(policy)) };
  }
}

export class PolicyPath {
  @Type(() => Number)
  @Field.integer({ min: 1, about: 'the version of the scale' })
  version: number;
}

export class CouncilCodePath {
  @Field.text({ max: 40, example: 'gonesse' })
  councilCode: string;
}
