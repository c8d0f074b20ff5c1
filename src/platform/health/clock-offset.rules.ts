/** Further off, a process says so; and as far off as that, what it says of days and times is wrong: it is not ready. */
const APART_MS = 2_000;
const NOT_READY_MS = 60_000;

/** One question to the database for its time: when it was asked and answered by our clock, and how long that took by no clock that can be set. */
export interface Reading {
  readonly askedAtMs: number;
  readonly tookMs: number;
  readonly databaseMs: number;
}

export interface ClockOffset {
  /** How far our clock is ahead of the database's; negative: behind. */
  readonly ms: number;
  /** The most by which that may be wrong: half of what the question took. */
  readonly uncertaintyMs: number;
}

/** The database answered at some time between question and answer: in the middle, as far as we know. */
export function offsetOf({ askedAtMs, tookMs, databaseMs }: Reading): ClockOffset {
  return { ms: askedAtMs + tookMs / 2 - databaseMs, uncertaintyMs: tookMs / 2 };
}

export type ClockState = 'right' | 'apart' | 'wrong';

/** Only what is sure counts: a slow answer makes no clock wrong. */
export function stateOf({ ms, uncertaintyMs }: ClockOffset): ClockState {
  const sure = Math.abs(ms) - uncertaintyMs;
  if (sure >= NOT_READY_MS) return 'wrong';
  return sure > APART_MS ? 'apart' : 'right';
}
