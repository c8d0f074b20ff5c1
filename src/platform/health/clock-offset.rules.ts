/**
 * From the first offset on, a process reports that its clock is off. From the second on, the days and times that it gives would be wrong,
 * so it is not ready.
 */
const APART_MS = 2_000;
const NOT_READY_MS = 60_000;

/** One query that asks the database for its time: when our clock asked, and how long the answer took, by a clock that nobody can set. */
export interface ClockReading {
  readonly askedAtMs: number;
  readonly tookMs: number;
  readonly databaseMs: number;
}

export interface ClockOffset {
  /** How far our clock is ahead of the database's, in milliseconds; negative when it is behind. */
  readonly ms: number;
  /** The offset may be wrong by at most this much: half of the time that the query took. */
  readonly uncertaintyMs: number;
}

/** The database read its clock at some time between question and answer; the middle is the best estimate. */
export function offsetOf({ askedAtMs, tookMs, databaseMs }: ClockReading): ClockOffset {
  return { ms: askedAtMs + tookMs / 2 - databaseMs, uncertaintyMs: tookMs / 2 };
}

export type ClockState = 'right' | 'apart' | 'wrong';

/** Only what is certain counts: a slow answer does not make a clock wrong. */
export function stateOf({ ms, uncertaintyMs }: ClockOffset): ClockState {
  const sure = Math.abs(ms) - uncertaintyMs;
  if (sure >= NOT_READY_MS) return 'wrong';
  return sure > APART_MS ? 'apart' : 'right';
}
