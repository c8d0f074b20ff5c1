import { objectOrNull, type Reader, wholeOr } from '../../../../shared/stored-json.js';
/** What can be given out: stock that is interchangeable (same category, site and fund). */
export interface PoolInput {
  readonly id: string;
  readonly category: string;
  readonly siteId: string;
  /** Devices. */
  readonly capacity: number;
}

/** Somebody who waits. */
export interface LineInput {
  readonly id: string;
  readonly householdId: string;
  readonly score: number;
  /** Ids of the pools that it may be served from, best first. */
  readonly pools: readonly string[];
}

/** A round as the API and the command line take it (`parseRound` checks one). */
export interface RoundInput {
  /** The key of the cycle's lottery, in hex. */
  readonly seed: string;
  readonly pools: readonly PoolInput[];
  readonly lines: readonly LineInput[];
}

/** A round in columns, for many lines: an entry a line in each of `lines`. Plain data, which a worker thread can be sent. */
export interface Round {
  /** The key of the cycle's lottery. */
  readonly key: Uint8Array;
  readonly pools: { readonly ids: readonly string[]; readonly capacities: readonly number[] };
  /** Lists of places in `pools`, best first, no place twice in a list and no list twice: lines with one list must share it. */
  readonly lists: readonly Int32Array[];
  readonly lines: {
    readonly ids: readonly string[];
    readonly householdIds: readonly string[];
    /** Whole numbers. */
    readonly scores: Float64Array;
    /** Each line's place in `lists`. */
    readonly lists: Int32Array;
  };
}

/** What a round gives, in columns; lines and pools by their places in the round. */
export interface Solution {
  /** Lines in order: score descending, ticket ascending, id ascending. */
  readonly order: Int32Array;
  /** 32 bytes a line. */
  readonly tickets: Uint8Array;
  /** Of each line its rank in its list (0: first choice), -1 where it is not served. */
  readonly ranks: Int32Array;
  /** Of each unserved line the last served one in whose stead it could have been served, -1 where there is none. */
  readonly cutoffs: Int32Array;
  readonly stats: RoundStats;
}

export interface RoundStats {
  readonly lines: number;
  readonly served: number;
  /** Devices in all pools. */
  readonly capacity: number;
  /** Devices given. */
  readonly used: number;
  /** Of the served lines; 0 is everybody's first choice. */
  readonly rankSum: number;
}

export const UNSERVED_REASONS = ['NO_ELIGIBLE_POOL', 'OUTRANKED', 'NO_STOCK'] as const;
export type UnservedReason = (typeof UNSERVED_REASONS)[number];

/** The last line that was served where another was not. */
export interface Cutoff {
  readonly line: string;
  readonly score: number;
  readonly ticket: string;
}

export interface Assignment {
  readonly line: string;
  readonly pool: string;
  readonly rank: number;
}

export interface Unserved {
  readonly line: string;
  readonly reason: UnservedReason;
  /** With OUTRANKED. */
  readonly cutoff?: Cutoff;
}

/** What a round gives, as the API and the command line answer it; both lists in the order of the lines. */
export interface RoundResult {
  readonly assignments: readonly Assignment[];
  readonly unserved: readonly Unserved[];
  readonly stats: RoundStats;
}

/** What a solution comes to. */
export interface SolvedStats extends RoundStats {
  /** Lines that were set aside. */
  readonly excluded: number;
}

const count = wholeOr(0, { min: 0 });

/** What a solution came to, as it was stored; null where the round was never solved. */
export const storedStats: Reader<SolvedStats | null> = objectOrNull(({ lines, served, capacity, used, rankSum, excluded }) => ({
  lines: count(lines),
  served: count(served),
  capacity: count(capacity),
  used: count(used),
  rankSum: count(rankSum),
  excluded: count(excluded),
}));
