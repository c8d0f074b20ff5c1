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

/** The graph of signatures with these lists of pools. */
export function networkOf(lists: readonly Int32Array[], pools: number): Network {
  const starts = offsets(Int32Array.from(lists, ({ length }) => length));
  const poolOf = new Int32Array(at(starts, lists.length));
  for (const [signature, list] of lists.entries()) poolOf.set(list, at(starts, signature));
  return networkFrom(starts, poolOf, pools);
}

/** The graph whose edges to `poolOf` begin at `starts` for each signature. */
export function networkFrom(starts: Int32Array, poolOf: Int32Array, pools: number): Network {
  const signatures = starts.length - 1;
  const signatureOf = new Int32Array(poolOf.length);
  const sizes = new Int32Array(pools);
  for (let signature = 0; signature < signatures; signature++) {
    for (let edge = at(starts, signature); edge < at(starts, signature + 1); edge++) {
      signatureOf[edge] = signature;
      add(sizes, at(poolOf, edge), 1);
    }
  }
  const startsInto = offsets(sizes);
  const next = Int32Array.from(startsInto);
  const edgesInto = new Int32Array(poolOf.length);
  for (let edge = 0; edge < poolOf.length; edge++) {
    const pool = at(poolOf, edge);
    edgesInto[at(next, pool)] = edge;
    add(next, pool, 1);
  }
  return { signatures, pools, starts, poolOf, signatureOf, startsInto, edgesInto };
}

/** The rank of an edge's pool in the list of its signature. */
export function rankOf({ starts, signatureOf }: Network, edge: number): number {
  return edge - at(starts, at(signatureOf, edge));
}
