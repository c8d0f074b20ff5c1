import { add, at, offsets } from './integers.js';

/**
 * Signatures (lines with the same list of pools) and pools as a graph: an edge from each signature to each pool of its list, best first.
 * The edges of a signature stand together, so an edge's rank is its distance from the first one.
 */
export interface Network {
  readonly signatures: number;
  readonly pools: number;
  /** Where the edges of each signature begin; one more entry for the end. */
  readonly starts: Int32Array;
  /** By edge. */
  readonly poolOf: Int32Array;
  readonly signatureOf: Int32Array;
  /** Edges by pool: where those of each pool begin in `edgesInto`. */
  readonly startsInto: Int32Array;
  readonly edgesInto: Int32Array;
}

export function networkOf(lists: readonly Int32Array[], pools: number): Network {
  const starts = offsets(Int32Array.from(lists, ({ length }) => length));
  const edges = at(starts, lists.length);
  const poolOf = new Int32Array(edges);
  const signatureOf = new Int32Array(edges);
  const sizes = new Int32Array(pools);
  for (const [signature, list] of lists.entries()) {
    poolOf.set(list, at(starts, signature));
    signatureOf.fill(signature, at(starts, signature), at(starts, signature + 1));
    for (const pool of list) add(sizes, pool, 1);
  }
  const startsInto = offsets(sizes);
  const next = Int32Array.from(startsInto);
  const edgesInto = new Int32Array(edges);
  for (let edge = 0; edge < edges; edge++) {
    const pool = at(poolOf, edge);
    edgesInto[at(next, pool)] = edge;
    add(next, pool, 1);
  }
  return { signatures: lists.length, pools, starts, poolOf, signatureOf, startsInto, edgesInto };
}

/** The rank of an edge's pool in the list of its signature. */
export function rankOf({ starts, signatureOf }: Network, edge: number): number {
  return edge - at(starts, at(signatureOf, edge));
}
