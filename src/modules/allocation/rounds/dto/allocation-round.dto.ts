import { Example, Field, IdPath, orNull, PageQuery, Parameter, VersionedView } from '../../../../platform/http/index.js';
import { states } from '../../../../shared/machine.js';
import { DEVICE_CATEGORIES, DEVICE_CLASSES, type DeviceClass } from '../../../../shared/vocabulary.js';
import { ExplainedCriterionView } from '../../../requests/http.js';
import type { Exclusion } from '../../domain/exclusion.rules.js';
import { StockLookedAtView } from './stock-looked-at.dto.js';
import { NOT_SERVED_REASONS } from '../../domain/round.texts.js';
import { roundMachine, type RoundState } from '../../domain/round.machine.js';
import { RoundStatsView } from './round.dto.js';
import type { Proposal } from '../round-proposals.repository.js';
import type { SolvedStats } from '../../domain/engine/round.js';
import type { AllocationRound } from '../rounds.repository.js';
import type { ExcludedLine, ExplainedProposal } from '../rounds.service.js';

const CLASSES = Object.keys(DEVICE_CLASSES) as DeviceClass[];
const ROUND_STATES = states(roundMachine);
const MANY = 1000;
const actor = { max: 200, example: 'user:0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' };

export class RoundsQuery extends PageQuery {
  @Parameter.oneOf(ROUND_STATES)
  state?: RoundState;

  @Parameter.oneOf(CLASSES)
  class?: DeviceClass;
}

export class AllocationRoundBody {
  @Field.oneOf(CLASSES, { example: 'computer', about: 'whose queue and whose stock' })
  class: DeviceClass;

  @Field.uuids({
    ...orNull,
    min: 1,
    max: MANY,
    about: 'only these schools’ own stock, where it is for no other school, and only for their learners',
  })
  schoolIds?: string[] | null;

  @Field.uuids({ ...orNull, min: 1, max: MANY, about: 'only the stock of these sites, for everybody whom it may serve' })
  siteIds?: string[] | null;
}

@Example({ confirmedLineIds: ['0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10'] })
export class PublicationBody {
  @Field.uuids({
    ...orNull,
    max: 20_000,
    about: 'served lines whose families changed lately what they declared, each looked at by whoever publishes',
  })
  confirmedLineIds?: string[] | null;
}

export class ExclusionBody {
  @Field.uuid({ about: 'a line of the round' })
  lineId: string;

  @Field.text({ max: 2000, about: 'in plain words: the family reads it', example: 'A déménagé hors de la commune' })
  reason: string;
}

class AllocationRoundStatsView extends RoundStatsView {
  @Field.integer({ about: 'lines that were set aside' })
  excluded: number;

  static of(stats: SolvedStats): AllocationRoundStatsView {
    const { lines, served, capacity, used, rankSum, excluded } = stats;
    return { lines, served, capacity, used, rankSum, excluded };
  }
}

class RoundProgressView {
  @Field.oneOf(['reading', 'solving', 'storing'], { example: 'reading', about: 'what is being done' })
  step: string;

  @Field.integer({ example: 20_000, about: 'lines that are done in this step' })
  linesDone: number;

  @Field.integer({ nullable: true, example: 200_000, about: 'null while they are being counted' })
  lines: number | null;
}

export class AllocationRoundView extends VersionedView {
  @Field.oneOf(CLASSES, { example: 'computer' })
  class: DeviceClass;

  @Field.uuids({ nullable: true, max: MANY, about: 'the schools to which it was narrowed; null: all' })
  schoolIds: string[] | null;

  @Field.uuids({ nullable: true, max: MANY, about: 'the sites to which it was narrowed; null: all' })
  siteIds: string[] | null;

  @Field.uuid({ nullable: true, about: 'the device that came back and is proposed at once; null: a person opened the round' })
  deviceId: string | null;

  @Field.oneOf(ROUND_STATES, { example: 'draft', about: 'draft: a proposal; published: offers were made; discarded: it came to nothing' })
  state: RoundState;

  @Field.nested(() => AllocationRoundStatsView, { nullable: true, about: 'null until it is solved for the first time' })
  stats: AllocationRoundStatsView | null;

  @Field.boolean({ about: 'whether the proposal is that of everything asked for; else it is being solved', example: true })
  isSolved: boolean;

  @Field.nested(() => RoundProgressView, { nullable: true, about: 'while it is being solved' })
  progress: RoundProgressView | null;

  @Field.integer({ nullable: true, min: 1, example: 1, about: 'of the priority policy that its order comes from' })
  policyVersion: number | null;

  @Field.day({ nullable: true, about: 'the day up to which waiting is counted' })
  countedOn: string | null;

  @Field.instant({ nullable: true, about: 'when it was last solved; null: not yet' })
  solvedAt: string | null;

  @Field.text({ ...actor, about: 'who opened it' })
  openedBy: string;

  @Field.text({ ...actor, nullable: true, about: 'who published or discarded it' })
  decidedBy: string | null;

  @Field.instant({ nullable: true })
  decidedAt: string | null;

  @Field.uuid({ nullable: true, about: 'the standing decision under which it was published without asking' })
  standingDecisionId: string | null;

  static of(round: AllocationRound): AllocationRoundView {
    const { class: deviceClass, schoolIds, siteIds, deviceId, state, stats, asked, solution, progress } = round;
    const { policyVersion, countedOn, solvedAt, openedBy, decidedBy, decidedAt, standingDecisionId } = round;
    const isSolved = solution === asked;
    return {
      ...VersionedView.parts(round),
      class: deviceClass,
      schoolIds: schoolIds && [...schoolIds],
      siteIds: siteIds && [...siteIds],
      deviceId,
      state,
      stats: stats && AllocationRoundStatsView.of(stats),
      isSolved,
      progress: isSolved ? null : progress,
      policyVersion,
      countedOn,
      solvedAt: solvedAt?.toISOString() ?? null,
      openedBy,
      decidedBy,
      decidedAt: decidedAt?.toISOString() ?? null,
      standingDecisionId,
    };
  }
}

export class ProposalsQuery extends PageQuery {
  @Parameter.oneOf(['served', 'unserved', 'excluded'])
  outcome?: 'served' | 'unserved' | 'excluded';

  @Parameter.uuid({ about: 'the proposal of this request line' })
  lineId?: string;

  @Parameter.boolean({ about: 'of served lines: true: only families who changed lately what they declared; false: only the others' })
  changedFacts?: boolean;
}

class ProposalCutoffView {
  @Field.uuid()
  lineId: string;

  @Field.integer({ min: -1_000_000, example: 720 })
  score: number;

  @Field.text({ about: 'in hex' })
  ticket: string;
}

export class ProposalView {
  @Field.integer({ min: 1, example: 1, about: 'the order in which lines are served' })
  place: number;

  @Field.uuid()
  lineId: string;

  @Field.uuid()
  householdId: string;

  @Field.integer({ min: -1_000_000, example: 720 })
  score: number;

  @Field.text({ about: 'of the lottery, in hex' })
  ticket: string;

  @Field.boolean({ example: true, about: 'whether a device is proposed for it' })
  served: boolean;

  @Field.oneOf(DEVICE_CATEGORIES, { nullable: true, example: 'laptop', about: 'of the device; null where it is not served' })
  category: string | null;

  @Field.uuid({ nullable: true, about: 'where the device is; null where it is not served' })
  siteId: string | null;

  @Field.uuid({ nullable: true, about: 'the fund of the device; null where it has none, or the line is not served' })
  fundId: string | null;

  @Field.integer({ nullable: true, example: 0, about: 'how many of its choices come before; 0 is the first' })
  rank: number | null;

  @Field.oneOf(NOT_SERVED_REASONS, { nullable: true, example: null, about: 'why it is not served' })
  reason: string | null;

  @Field.nested(() => ProposalCutoffView, {
    nullable: true,
    about: 'with OUTRANKED: the last served line in whose stead this one could have been served',
  })
  cutoff: ProposalCutoffView | null;

  @Field.nested(() => StockLookedAtView, { nullable: true, about: 'for want of stock: which was looked at, and what lies elsewhere' })
  stock: StockLookedAtView | null;

  @Field.texts({ about: 'what the family declared anew in the last 30 days, and nobody has seen proven since', example: [] })
  changedFacts: string[];

  static of({ pool, reason, cutoff, stock, changedFacts, ...proposal }: Proposal): ProposalView {
    const { place, lineId, householdId, score, ticket, rank } = proposal;
    return {
      place,
      lineId,
      householdId,
      score,
      ticket,
      served: pool !== null,
      category: pool?.category ?? null,
      siteId: pool?.siteId ?? null,
      fundId: pool?.fundId ?? null,
      rank,
      reason,
      cutoff,
      stock: stock && StockLookedAtView.of(stock),
      changedFacts: [...changedFacts],
    };
  }
}

export class ProposalPath extends IdPath {
  @Field.uuid()
  lineId: string;
}

export class ExplainedProposalView extends ProposalView {
  @Field.integer({ min: 1, example: 1, about: 'of the priority policy' })
  policyVersion: number;

  @Field.day({ about: 'the day up to which waiting is counted' })
  countedOn: string;

  @Field.nestedList(() => ExplainedCriterionView, { about: 'their points are the score' })
  criteria: ExplainedCriterionView[];

  static ofExplained({ proposal, policyVersion, countedOn, criteria }: ExplainedProposal): ExplainedProposalView {
    return {
      ...ProposalView.of(proposal),
      policyVersion,
      countedOn,
      criteria: criteria.map((each) => ExplainedCriterionView.of(each)),
    };
  }
}

export class ExclusionView {
  @Field.uuid()
  lineId: string;

  @Field.text({ max: 2000, nullable: true, example: 'A déménagé hors de la commune', about: 'null once it has been erased' })
  reason: string | null;

  @Field.text({ ...actor, about: 'who set it aside, as the audit trail names them' })
  excludedBy: string;

  @Field.text({ ...actor, nullable: true, about: 'the second person, where one alone may not' })
  confirmedBy: string | null;

  @Field.boolean({ about: 'whether the line is left out; else it waits for a second person', example: true })
  isEffective: boolean;

  static of({ lineId, reason, excludedBy, confirmedBy, isEffective }: Exclusion): ExclusionView {
    return { lineId, reason, excludedBy, confirmedBy, isEffective };
  }
}

export class ExcludedLineView extends ExclusionView {
  @Field.nested(() => AllocationRoundView, { about: 'as it is solved without the line' })
  round: AllocationRoundView;

  static ofLine({ exclusion, round }: ExcludedLine): ExcludedLineView {
    return { ...ExclusionView.of(exclusion), round: AllocationRoundView.of(round) };
  }
}
