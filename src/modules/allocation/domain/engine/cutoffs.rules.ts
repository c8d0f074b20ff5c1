import { at } from './integers.js';
import type { Network } from './network.js';

/**
 * For each signature: the signature whose last served line is the last one in whose place a line of the former could have been served; -1
 * where there is none. `lines` is the number of lines on each edge. `lastPlaces` is, for each signature, the place of its last served line
 * in the order; -1 where it has none.
 *
 * A line can be served in the place of another when a chain of moves leads from one of its pools to the pool of the other (the exchanges of
 * a transversal matroid). Lines with the same list are alike. The search begins with the signature that was served last and goes backwards,
 * so that it visits each pool once.
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
