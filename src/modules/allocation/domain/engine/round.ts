import { objectOrNull, type Reader, wholeOr } from '../../../../shared/stored-json.js';
/** A pool: devices that are interchangeable, since they have the same category, site and fund. */
export interface PoolInput {
  readonly id: string;
  readonly category: string;
  readonly siteId: string;
  /** The number of devices. */
  readonly capacity: number;
}

/** A waiting line. */
export interface LineInput {
  readonly id: string;
  readonly householdId: string;
  readonly score: number;
  /** The ids of the pools from which it may be served, best first. */
  readonly pools: readonly string[];
}

/** A round in the form that the API and the command line take; `parseRound` checks it. */
export interface RoundInput {
  /** The key of the lottery of this cycle, in hexadecimal. */
  readonly seed: string;
  readonly pools: readonly PoolInput[];
  readonly lines: readonly LineInput[];
}

/**
 * A round in columns, for many lines: each array in `lines` has one entry for each line. It is plain data and can be sent to a worker
 * thread.
 */
export interface Round {
  /** The key of the lottery of this cycle. */
  readonly key: Uint8Array;
  readonly pools: { readonly ids: readonly string[]; readonly capacities: readonly number[] };
  /**
   * Lists of indexes in `pools`, best first. No list names a pool twice and no two lists are equal, so lines with the same list share it.
   */
  readonly lists: readonly Int32Array[];
  readonly lines: {
    readonly ids: readonly string[];
    readonly householdIds: readonly string[];
    /** Whole numbers. */
    readonly scores: Float64Array;
    /** For each line, the index of its list in `lists`. */
    readonly lists: Int32Array;
  };
}

/** The solution of a round, in columns. Lines and pools are given by their indexes in the round. */
export interface Solution {
  /** The lines by score descending, then ticket ascending, then id ascending. */
  readonly order: Int32Array;
  /** The tickets, 32 bytes for each line. */
  readonly tickets: Uint8Array;
  /** For each line, the rank of its pool in its list (0 is the first choice), or -1 when it is not served. */
  readonly ranks: Int32Array;
  /** For each line that is not served, the last served line in whose place it could have been served, or -1 when there is none. */
  readonly cutoffs: Int32Array;
  readonly stats: RoundStats;
}

export interface RoundStats {
  readonly lines: number;
  readonly served: number;
  /** The number of devices in all pools. */
  readonly capacity: number;
  /** The number of devices that the round gives. */
  readonly used: number;
  /** The sum of the ranks of the served lines; it is 0 when all have their first choice. */
  readonly rankSum: number;
}

export const UNSERVED_REASONS = ['NO_ELIGIBLE_POOL', 'OUTRANKED', 'NO_STOCK'] as const;
export type UnservedReason = (typeof UNSERVED_REASONS)[number];

/** The last line that was served in whose place another could have been served. */
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

export interface UnservedLine {
  readonly line: string;
  readonly reason: UnservedReason;
  /** Only with the reason OUTRANKED. */
  readonly cutoff?: Cutoff;
}

/** The result of a round in the form that the API and the command line answer. Both lists are in the order of the lines. */
export interface RoundResult {
  readonly assignments: readonly Assignment[];
  readonly unserved: readonly UnservedLine[];
  readonly stats: RoundStats;
}

/** The figures of a solution. */
export interface SolvedStats extends RoundStats {
  /** The number of lines that were set aside. */
  readonly excluded: number;
}

const count = wholeOr(0, { min: 0 });

/** Reads the stored figures of a solution; null when the round was never solved. */
export const storedStats: Reader<SolvedStats | null> = objectOrNull(({ lines, served, capacity, used, rankSum, excluded }) => ({
  lines: count(lines),
  served: count(served),
  capacity: count(capacity),
  used: count(used),
  rankSum: count(rankSum),
  excluded: count(excluded),
}));
