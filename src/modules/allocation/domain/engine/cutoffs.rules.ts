import { at } from './integers.js';
import type { Network } from './network.js';

/**
 * Of each signature the signature whose last served line is the last one that could have given way to a line of the first, -1 where there
 * is none. `lines`: lines by edge; `lastPlaces`: of each signature the place of its last served line in the order, -1 where it has none.
 *
 * A line can be served in another's stead when moves lead from one of its pools to the other's pool (the exchanges of a transversal
 * matroid), and lines with the same list are alike. From the signature that was served last backwards, each pool is met once.
 */
export function cutoffSignatures({ signatures, pools, ...network }: Network, lines: Int32Array, lastPlaces: Int32Array): Int32Array {
  const ofPool = new Int32Array(pools).fill(-1);
  const ofSignature = new Int32Array(signatures).fill(-1);
  const served = Int32Array.from(lastPlaces.keys()).filter((signature) => at(lastPlaces, signature) >= 0);
  for (const last of served.sort((one, other) => at(lastPlaces, other) - at(lastPlaces, one))) {
    const reached: number[] = [];
    const reachPools = (signature: number) => {
      for (let edge = at(network.starts, signature); edge < at(network.starts, signature + 1); edge++) {
        const pool = at(network.poolOf, edge);
        if (at(lines, edge) === 0 || at(ofPool, pool) >= 0) continue;
        ofPool[pool] = last;
        reached.push(pool);
      }
    };
    reachPools(last);
    for (const pool of reached) {
      for (let into = at(network.startsInto, pool); into < at(network.startsInto, pool + 1); into++) {
        const signature = at(network.signatureOf, at(network.edgesInto, into));
        if (at(ofSignature, signature) >= 0) continue;
        ofSignature[signature] = last;
        reachPools(signature);
      }
    }
  }
  return ofSignature;
}
