import type { Fault } from '../../../shared/denial.js';
import type { Refusal, RefusalTable } from '../../../shared/refusal.js';

/** Reasons against letting a learner leave, in the order in which the API lists them. */
export const DEPARTURE_REFUSALS = {
  LEARNER_HAS_OPEN_LINE: {
    overridable: false,
    message: 'A device is asked for this learner still; say with `then` what becomes of each line: keep or withdraw.',
  },
  LEARNER_HAS_OPEN_LOAN: {
    overridable: false,
    message: 'A device is lent for this learner still; say with `then` what becomes of each loan: keep or recall.',
  },
} as const satisfies RefusalTable;

export const DEPARTURE_DECISIONS = ['keep', 'withdraw', 'recall'] as const;
export type DepartureDecision = (typeof DEPARTURE_DECISIONS)[number];

/** What is decided about one line or loan of a learner who leaves. */
export interface LeftBehindDecision {
  readonly id: string;
  readonly decision: DepartureDecision;
}

/** A line or a loan that a learner leaves behind. */
export interface LeftBehindRecord {
  readonly kind: 'line' | 'loan';
  readonly id: string;
  /** Its name in messages for people. */
  readonly name: string;
}

const REFUSAL_CODES = { line: 'LEARNER_HAS_OPEN_LINE', loan: 'LEARNER_HAS_OPEN_LOAN' } as const;
const POSSIBLE_DECISIONS: Readonly<Record<LeftBehindRecord['kind'], readonly DepartureDecision[]>> = {
  line: ['keep', 'withdraw'],
  loan: ['keep', 'recall'],
};

/** Returns every reason against a departure, with the names of the lines and loans about which nothing was decided. */
export function departureRefusals(left: readonly LeftBehindRecord[], decided: readonly LeftBehindDecision[]): Refusal[] {
  const known = new Set(decided.map(({ id }) => id));
  const open = left.filter(({ id }) => !known.has(id));
  return Object.entries(DEPARTURE_REFUSALS).flatMap(([code, { overridable, message }]) => {
    const named = open.filter(({ kind }) => REFUSAL_CODES[kind] === code).map(({ name }) => name);
    return named.length === 0 ? [] : [{ code, overridable, message: `${message} ${named.join(', ')}` }];
  });
}

/** Returns what is wrong with the decisions; `staying` is the number of learners for whom things can be kept. */
export function decisionFaults(
  left: readonly LeftBehindRecord[],
  decided: readonly LeftBehindDecision[],
  staying: number,
  pointer: string,
): Fault[] {
  const byId = new Map(left.map((thing) => [thing.id, thing]));
  return decided.flatMap(({ id, decision }, index) => {
    const at = `${pointer}/${index}`;
    const thing = byId.get(id);
    if (!thing) return [{ pointer: at, code: 'NOTHING_LEFT_BEHIND', message: 'names no open line or loan of a learner who leaves' }];
    if (!POSSIBLE_DECISIONS[thing.kind].includes(decision)) {
      return [{ pointer: at, code: 'NOT_POSSIBLE', message: `of a ${thing.kind} must be ${POSSIBLE_DECISIONS[thing.kind].join(' or ')}` }];
    }
    if (decision === 'keep' && staying === 0) {
      return [{ pointer: at, code: 'NOBODY_STAYS', message: 'no learner stays for whom it could be kept' }];
    }
    return [];
  });
}
