import { type Criterion, CRITERION_NAMES, EQUIPMENT_CRITERIA, type PriorityScale, type Weight } from './priority-policy.rules.js';
import { flagOr, membersOf, numberOr, objectOrNull, type Reader, textOr, wholeOr, wordOr } from '../../../shared/stored-json.js';

/** Where a value came from; `computed` means by Passerelle, from its own records. */
export interface ValueSource {
  readonly source: 'declared' | 'verified' | 'computed';
  /** Who saw the proof, as the audit trail names them. */
  readonly verifiedBy: string | null;
  /** RFC 3339. */
  readonly verifiedAt: string | null;
}

/** The parts of a household's file that criteria read. */
const STATED_FACTS = ['equipment', 'connectivity', 'learners', 'examYear', 'bursaryLevel', 'homeAlone'] as const;
type StatedFact = (typeof STATED_FACTS)[number];

/** Everything from which the score of one line is made; it has no name and no address. */
export interface PriorityFacts {
  /** The minutes of the stored need (engines.md, 2); both 0 when there is none. */
  readonly uncoveredMinutes: number;
  readonly demandedMinutes: number;
  /** Desktops, laptops and tablets: the household's own, and those lent to it. */
  readonly ownComputers: number;
  readonly lentComputers: number;
  readonly ownSmartphones: number;
  readonly lentSmartphones: number;
  /** Null when the family has not said it. */
  readonly connectivity: 'fixed' | 'mobile' | 'none' | null;
  /** Routers and SIM cards lent to the household. */
  readonly lentConnections: number;
  /** Present learners, and those of them who sit an exam. */
  readonly learners: number;
  readonly examLearners: number;
  readonly bursaryLevel: number | null;
  /** The index of the line's school; null when it is not known. */
  readonly schoolIndex: number | null;
  readonly homeAlone: boolean | null;
  readonly waitingDays: number;
  readonly missedOffers: number;
}

export type FactSources = Readonly<Record<StatedFact, ValueSource>>;

/** One criterion of one line, with everything that is needed to compute its points by hand. */
export interface ScoredCriterion {
  readonly criterion: Criterion;
  /** Null when the family has not said it, which gives no points. */
  readonly value: number | boolean | null;
  /** The whole of which `value` is a share; null when it is not a share. */
  readonly of: number | null;
  readonly weight: Weight;
  /** The points of this criterion alone. */
  readonly earned: number;
  /** The points that count: 0 when another criterion about equipment gives as many or more. */
  readonly points: number;
}

export interface Score {
  /** The sum of the points. */
  readonly score: number;
  readonly criteria: readonly ScoredCriterion[];
}

interface CriterionValue {
  readonly value: number | boolean | null;
  readonly of?: number;
}

/** With so many learners for each computer, a computer counts as shared. */
const SHARED_BY = 3;

const computers = ({ ownComputers, lentComputers }: PriorityFacts) => ownComputers + lentComputers;

/** The value of each criterion. The statement in score.sql.ts does the same for many lines, and a test compares the two. */
const VALUES: Readonly<Record<Criterion, (facts: PriorityFacts) => CriterionValue>> = {
  uncoveredShare: ({ uncoveredMinutes, demandedMinutes }) => ({ value: uncoveredMinutes, of: demandedMinutes }),
  noComputer: (facts) => ({ value: computers(facts) === 0 }),
  smartphoneOnly: (facts) => ({ value: computers(facts) === 0 && facts.ownSmartphones + facts.lentSmartphones > 0 }),
  sharedDevice: (facts) => ({ value: computers(facts) > 0 && facts.learners >= SHARED_BY * computers(facts) }),
  noInternet: ({ connectivity, lentConnections }) => ({ value: connectivity && connectivity === 'none' && lentConnections === 0 }),
  learners: ({ learners }) => ({ value: learners }),
  examYear: ({ examLearners }) => ({ value: examLearners > 0 }),
  bursaryLevel: ({ bursaryLevel }) => ({ value: bursaryLevel }),
  schoolIndex: ({ schoolIndex }) => ({ value: schoolIndex }),
  homeAlone: ({ homeAlone }) => ({ value: homeAlone }),
  waitingDays: ({ waitingDays }) => ({ value: waitingDays }),
  missedOffers: ({ missedOffers }) => ({ value: missedOffers }),
};

/** Returns the score of one line under a scale, criterion by criterion in the order of the table. */
export function scoreOf(facts: PriorityFacts, scale: PriorityScale): Score {
  const earned = CRITERION_NAMES.map((criterion) => {
    const { value, of } = VALUES[criterion](facts);
    return { criterion, value, of: of ?? null, weight: scale[criterion], earned: earnedBy(criterion, value, of, scale[criterion]) };
  });
  const ofEquipment = earned.filter(({ criterion }) => EQUIPMENT_CRITERIA.includes(criterion));
  const highest = ofEquipment.reduce((best, each) => (each.earned > best.earned ? each : best));
  const criteria = earned.map((each) => ({ ...each, points: ofEquipment.includes(each) && each !== highest ? 0 : each.earned }));
  return { score: criteria.reduce((sum, { points }) => sum + points, 0), criteria };
}

/** Returns the points of one value: rounded down once, then limited by the cap. */
function earnedBy(criterion: Criterion, value: number | boolean | null, of: number | undefined, { points, cap, bands }: Weight): number {
  if (value === null || value === false) return 0;
  if (value === true) return capped(points, cap);
  if (criterion === 'schoolIndex') return capped(bands.find(({ below }) => value < below)?.points ?? 0, cap);
  if (of !== undefined) return of === 0 ? 0 : capped(Math.floor((points * value) / of), cap);
  return capped(points * value, cap);
}

function capped(points: number, cap: number | null): number {
  if (points === 0 || cap === null) return points + 0; // never −0
  return points < 0 ? Math.max(points, -cap) : Math.min(points, cap);
}

const DECLARED: ValueSource = { source: 'declared', verifiedBy: null, verifiedAt: null };

/** Returns where every stated fact came from; a fact that nobody has verified was declared. */
export function sourcesOf(verified: Partial<FactSources>): FactSources {
  return Object.fromEntries(STATED_FACTS.map((fact) => [fact, verified[fact] ?? DECLARED])) as FactSources;
}

const COMPUTED: ValueSource = { source: 'computed', verifiedBy: null, verifiedAt: null };

/** What a household has from Passerelle, which is known from the loans, whatever the family has said. */
const LENT = {
  nothing: () => 0,
  devices: ({ lentComputers, lentSmartphones }: PriorityFacts) => lentComputers + lentSmartphones,
  connections: ({ lentConnections }: PriorityFacts) => lentConnections,
} as const;

/** Says what the value of a criterion comes from. */
interface Stated {
  readonly fact: StatedFact;
  /** What is lent and counts too: while there is any, the value is computed. */
  readonly lent: keyof typeof LENT;
}

/** The stated fact on which each criterion depends; null when Passerelle computes it from its own records. */
const STATED: Readonly<Record<Criterion, Stated | null>> = {
  uncoveredShare: null,
  noComputer: { fact: 'equipment', lent: 'devices' },
  smartphoneOnly: { fact: 'equipment', lent: 'devices' },
  sharedDevice: { fact: 'equipment', lent: 'devices' },
  noInternet: { fact: 'connectivity', lent: 'connections' },
  learners: { fact: 'learners', lent: 'nothing' },
  examYear: { fact: 'examYear', lent: 'nothing' },
  bursaryLevel: { fact: 'bursaryLevel', lent: 'nothing' },
  schoolIndex: null,
  homeAlone: { fact: 'homeAlone', lent: 'nothing' },
  waitingDays: null,
  missedOffers: null,
};

/** Returns where the value of a criterion came from. */
export function sourceOf(criterion: Criterion, facts: PriorityFacts, sources: FactSources): ValueSource {
  const stated = STATED[criterion];
  return stated === null || LENT[stated.lent](facts) > 0 ? COMPUTED : sources[stated.fact];
}

const count = wholeOr(0, { min: 0 });

/** Reads the facts that were stored with a decision, which may be older than some facts. */
export const storedPriorityFacts: Reader<PriorityFacts> = (stored) => {
  const facts = membersOf(stored);
  return {
    uncoveredMinutes: count(facts.uncoveredMinutes),
    demandedMinutes: count(facts.demandedMinutes),
    ownComputers: count(facts.ownComputers),
    lentComputers: count(facts.lentComputers),
    ownSmartphones: count(facts.ownSmartphones),
    lentSmartphones: count(facts.lentSmartphones),
    connectivity: wordOr(['fixed', 'mobile', 'none'] as const, null)(facts.connectivity),
    lentConnections: count(facts.lentConnections),
    learners: count(facts.learners),
    examLearners: count(facts.examLearners),
    bursaryLevel: wholeOr(null)(facts.bursaryLevel),
    schoolIndex: numberOr(null)(facts.schoolIndex),
    homeAlone: flagOr(null)(facts.homeAlone),
    waitingDays: count(facts.waitingDays),
    missedOffers: count(facts.missedOffers),
  };
};

const storedSource: Reader<ValueSource | null> = objectOrNull(({ source, verifiedBy, verifiedAt }) => ({
  source: wordOr(['declared', 'verified', 'computed'] as const, 'declared' as const)(source),
  verifiedBy: textOr(null)(verifiedBy),
  verifiedAt: textOr(null)(verifiedAt),
}));

/**
 * Reads where stated facts came from, as far as that was stored. It also reads a household's own facts, and takes only those that criteria
 * use.
 */
export const storedFactSources: Reader<Partial<FactSources>> = (stored) => {
  const sources = membersOf(stored);
  return Object.fromEntries(
    STATED_FACTS.flatMap((fact) => {
      const source = storedSource(sources[fact]);
      return source === null ? [] : [[fact, source]];
    }),
  );
};
