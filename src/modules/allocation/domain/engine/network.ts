import { add, at, offsets } from './integers.js';

/**
 * A graph of signatures and pools. A signature stands for all lines with the same list of pools. It has one edge to each pool of its list,
 * best first. The edges of a signature are next to each other, so the rank of an edge is its distance from the first one.
 */
export interface Network {
  readonly signatures: number;
  readonly pools: number;
  /** The index of the first edge of each signature, and at the end the number of edges. */
  readonly starts: Int32Array;
  /** The pool of each edge. */
  readonly poolOf: Int32Array;
  readonly signatureOf: Int32Array;
  /** The index in `edgesInto` at which the edges of each pool begin, and at the end the number of edges. */
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

/** The graph in which the edges of each signature begin at `starts` and lead to `poolOf`. */
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

/** The rank of an edge's pool in the list of its signature; 0 is the first choice. */
export function rankOf({ starts, signatureOf }: Network, edge: number): number {
  return edge - at(starts, at(signatureOf, edge));
}
