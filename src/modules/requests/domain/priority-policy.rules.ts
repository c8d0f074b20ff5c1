import type { Fault } from '../../../shared/denial.js';
import { listOf, membersOf, numberOr, type Reader, wholeOr } from '../../../shared/stored-json.js';

/** How a criterion counts: by a share, by units, by a yes, or by the band in which a number lies. */
type CriterionMeasure = 'share' | 'units' | 'yes' | 'band';

/** The criteria that can order a queue (engines.md, 3), in the order in which they are shown. */
export const CRITERIA = {
  uncoveredShare: { measure: 'share', about: 'of the minutes of school at home, the share that the household cannot cover' },
  noComputer: { measure: 'yes', about: 'no desktop, laptop or tablet' },
  smartphoneOnly: { measure: 'yes', about: 'a smartphone and no computer' },
  sharedDevice: { measure: 'yes', about: 'one computer for three learners or more' },
  noInternet: { measure: 'yes', about: 'no connection at home' },
  learners: { measure: 'units', about: 'each learner' },
  examYear: { measure: 'yes', about: 'a learner who sits an exam this year' },
  bursaryLevel: { measure: 'units', about: 'each level of the bursary, 0 to 8' },
  schoolIndex: { measure: 'band', about: 'the social position index of the school, by bands' },
  homeAlone: { measure: 'yes', about: 'no adult at home in school hours' },
  waitingDays: { measure: 'units', about: 'each day since submission, suspended days left out' },
  missedOffers: { measure: 'units', about: 'each offer or collection that was missed' },
} as const satisfies Record<string, { readonly measure: CriterionMeasure; readonly about: string }>;

export type Criterion = keyof typeof CRITERIA;
export const CRITERION_NAMES = Object.keys(CRITERIA) as Criterion[];

/** The criteria about the household's equipment. Only the highest of them counts, so that one fact never counts twice. */
const OF_EQUIPMENT = ['noComputer', 'smartphoneOnly', 'sharedDevice'] as const satisfies readonly Criterion[];
export type EquipmentCriterion = (typeof OF_EQUIPMENT)[number];
export const EQUIPMENT_CRITERIA: readonly Criterion[] = OF_EQUIPMENT;

/** Points for an index below a bound; the first band that fits counts. */
export interface Band {
  readonly below: number;
  readonly points: number;
}

/** The weight of one criterion. */
export interface Weight {
  /** The points for the whole share, for each unit, or for yes. It is 0 for a criterion with bands, which have the points. */
  readonly points: number;
  /** The limit of the points, and of negative points too; null when there is no limit. */
  readonly cap: number | null;
  readonly bands: readonly Band[];
}

/** The scale by which a council orders its queues: a weight for every criterion. */
export type PriorityScale = Readonly<Record<Criterion, Weight>>;

/** One criterion of a policy as a client sends it; a criterion that is left out gives no points. */
export interface PolicyCriterion {
  readonly criterion: Criterion;
  readonly points?: number | null;
  readonly cap?: number | null;
  readonly bands?: readonly Band[] | null;
}

/** Larger weights would have no further effect, and their sums would not fit into an integer. */
const MOST_POINTS = 10_000;
const MOST_CAP = 1_000_000;

const weight = (points: number, cap: number | null = null): Weight => ({ points, cap, bands: [] });

/** The scale of a council that has set none (engines.md, 3). */
export const SHIPPED_SCALE: PriorityScale = {
  uncoveredShare: weight(500),
  noComputer: weight(100),
  smartphoneOnly: weight(60),
  sharedDevice: weight(40),
  noInternet: weight(100),
  learners: weight(10, 50),
  examYear: weight(60),
  bursaryLevel: weight(10, 80),
  schoolIndex: weight(0),
  homeAlone: weight(40),
  waitingDays: weight(1, 180),
  missedOffers: weight(0),
};

/** Returns the scale of a list of criteria that has no faults; criteria that it does not name give no points. */
export function scaleOf(criteria: readonly PolicyCriterion[]): PriorityScale {
  const named = new Map(criteria.map((each) => [each.criterion, each]));
  return Object.fromEntries(
    CRITERION_NAMES.map((criterion) => {
      const { points, cap, bands } = named.get(criterion) ?? {};
      return [criterion, { points: points ?? 0, cap: cap ?? null, bands: bands ?? [] }];
    }),
  ) as PriorityScale;
}

/** Returns everything that is wrong with the criteria of a policy; pointers begin at `/criteria`. */
export function priorityPolicyFaults(criteria: readonly PolicyCriterion[]): Fault[] {
  return criteria.flatMap((each, index) => {
    const at = `/criteria/${index}`;
    const isRepeated = criteria.findIndex(({ criterion }) => criterion === each.criterion) < index;
    return [
      ...(isRepeated ? [{ pointer: `${at}/criterion`, code: 'DUPLICATE', message: 'stands in the list twice; keep one' }] : []),
      ...pointsFaults(each, at),
      ...capFaults(each.cap ?? 0, `${at}/cap`),
      ...bandFaults(each, `${at}/bands`),
    ];
  });
}

const outOfRange = (pointer: string, message: string): Fault => ({ pointer, code: 'OUT_OF_RANGE', message });
const notWhole = (pointer: string, what: string): Fault => ({
  pointer,
  code: 'NOT_A_WHOLE_NUMBER',
  message: `${what} must be a whole number`,
});

function pointsFaults({ criterion, points, bands }: PolicyCriterion, at: string): Fault[] {
  const pointer = `${at}/points`;
  if (CRITERIA[criterion].measure !== 'band') {
    return points === undefined || points === null
      ? [{ pointer, code: 'REQUIRED', message: `points must be given: ${CRITERIA[criterion].about}` }]
      : weightFaults(points, pointer, criterion === 'missedOffers');
  }
  if (points) return [{ pointer, code: 'NOT_TAKEN', message: `${criterion} takes its points from bands; leave points out` }];
  return bands === undefined || bands === null
    ? [{ pointer: `${at}/bands`, code: 'REQUIRED', message: `bands must be given: ${CRITERIA[criterion].about}` }]
    : [];
}

function weightFaults(points: number, pointer: string, mayBeNegative: boolean): Fault[] {
  if (!Number.isInteger(points)) return [notWhole(pointer, 'points')];
  if (points < 0 && !mayBeNegative) return [outOfRange(pointer, 'points must not be negative; only missedOffers may take points away')];
  return Math.abs(points) > MOST_POINTS ? [outOfRange(pointer, `points must be at most ${MOST_POINTS}`)] : [];
}

function capFaults(cap: number, pointer: string): Fault[] {
  if (!Number.isInteger(cap)) return [notWhole(pointer, 'a cap')];
  if (cap < 0) return [outOfRange(pointer, 'a cap must be 0 or more; it bounds what is taken away as well as what is given')];
  return cap > MOST_CAP ? [outOfRange(pointer, `a cap must be at most ${MOST_CAP}`)] : [];
}

function bandFaults({ criterion, bands }: PolicyCriterion, at: string): Fault[] {
  if (!bands) return [];
  if (CRITERIA[criterion].measure !== 'band' && bands.length > 0) {
    return [{ pointer: at, code: 'NOT_TAKEN', message: `${criterion} has no bands; give points` }];
  }
  return bands.flatMap(({ below, points }, index) => {
    const previous = bands[index - 1];
    const inOrder = previous === undefined || previous.below < below;
    return [
      ...(inOrder ? [] : [{ pointer: `${at}/${index}/below`, code: 'OUT_OF_ORDER', message: 'bands must rise: the lowest bound first' }]),
      ...weightFaults(points, `${at}/${index}/points`, false),
    ];
  });
}

/** The bounds of a stored weight; the statement in score.sql.ts uses the same ones. */
export const STORED_BOUNDS = { points: MOST_POINTS, cap: MOST_CAP } as const;

const storedPoints = wholeOr(0, { min: -MOST_POINTS, max: MOST_POINTS });
const storedBand: Reader<Band | null> = (stored) => {
  const { below, points } = membersOf(stored);
  const bound = numberOr(null)(below);
  return bound === null ? null : { below: bound, points: storedPoints(points) };
};

const storedWeight: Reader<Weight> = (stored) => {
  const { points, cap, bands } = membersOf(stored);
  return { points: storedPoints(points), cap: wholeOr(null, { min: 0, max: MOST_CAP })(cap), bands: listOf(storedBand)(bands) };
};

/** Reads a stored scale, which may be older than some criteria: a criterion that it does not name gives no points. */
export const storedScale: Reader<PriorityScale> = (stored) => {
  const weights = membersOf(stored);
  return Object.fromEntries(CRITERION_NAMES.map((criterion) => [criterion, storedWeight(weights[criterion])])) as PriorityScale;
};
