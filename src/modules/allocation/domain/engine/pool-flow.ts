import { add, at } from './integers.js';
import type { Network } from './network.js';

/** Of a pool from which no room can be reached. */
const CUT_OFF = 2_147_483_647;

/**
 * How many lines of each signature are in each pool, and the moves that make room: a line of a pool goes to another pool of its list,
 * a line of that one goes on, and so forth to a pool with room. The shortest such path is found by labels (Ahuja and Orlin,
 * "Distance-directed augmenting path algorithms", 1991): a pool's label is never more than its moves away from room and never falls,
 * since a shortest path leaves behind only moves that lead a step back; so all searches together look at a pool's moves once a label.
 * When no pool has a label that others would have to pass (the "gap"), those beyond are cut off: they are full for good (Hall), and
 * nobody looks at them again.
 */
export class PoolFlow {
  private readonly labels: Int32Array;
  /** Pools by label. */
  private readonly tally: Int32Array;
  /** Where each pool's search goes on. */
  private readonly next: Int32Array;
  /** The path at hand: of each step the edge that a line leaves and the one that it goes to. */
  private readonly left: Int32Array;
  private readonly taken: Int32Array;

  /** `lines`: lines by edge; `room`: by pool the devices that are free, below 0 where it has more lines than devices. Both change. */
  constructor(
    private readonly network: Network,
    private readonly lines: Int32Array,
    private readonly room: Int32Array,
  ) {
    const { pools } = network;
    this.labels = new Int32Array(pools);
    this.tally = new Int32Array(pools + 2);
    this.next = new Int32Array(pools);
    this.left = new Int32Array(pools);
    this.taken = new Int32Array(pools);
    this.label();
  }

  /** Labels every pool with its moves to room. */
  private label(): void {
    const { signatures, pools, startsInto } = this.network;
    this.next.set(startsInto.subarray(0, pools));
    this.labels.fill(CUT_OFF);
    const isSeen = new Int32Array(signatures);
    const reached: number[] = [];
    for (let pool = 0; pool < pools; pool++) if (at(this.room, pool) > 0) this.reach(pool, 0, reached);
    for (const pool of reached) {
      for (let into = at(startsInto, pool); into < at(startsInto, pool + 1); into++)
        this.reachBack(at(this.network.edgesInto, into), isSeen, reached);
    }
  }

  private reach(pool: number, label: number, reached: number[]): void {
    this.labels[pool] = label;
    add(this.tally, label, 1);
    reached.push(pool);
  }

  /** Labels the pools whose lines can take an edge. */
  private reachBack(take: number, isSeen: Int32Array, reached: number[]): void {
    const { starts, poolOf, signatureOf } = this.network;
    const signature = at(signatureOf, take);
    if (at(isSeen, signature) === 1) return;
    isSeen[signature] = 1;
    const label = at(this.labels, at(poolOf, take)) + 1;
    for (let edge = at(starts, signature); edge < at(starts, signature + 1); edge++) {
      const pool = at(poolOf, edge);
      if (at(this.lines, edge) > 0 && at(this.labels, pool) === CUT_OFF) this.reach(pool, label, reached);
    }
  }

  /** Puts one more line of a signature into a pool, after moves that make room; false when there can be none, now and later. */
  admit(signature: number): boolean {
    for (;;) {
      const edge = this.nearest(signature);
      if (edge < 0) return false;
      const steps = this.search(at(this.network.poolOf, edge));
      if (steps < 0) continue;
      add(this.lines, edge, 1);
      this.move(at(this.network.poolOf, edge), steps, 1);
      return true;
    }
  }

  /** Moves lines out of a pool that has more of them than devices, as far as it goes. */
  relieve(pool: number): void {
    const { poolOf } = this.network;
    while (at(this.room, pool) < 0 && at(this.labels, pool) !== CUT_OFF) {
      const steps = this.search(pool);
      if (steps < 0) continue;
      let amount = Math.min(-at(this.room, pool), at(this.room, at(poolOf, at(this.taken, steps - 1))));
      for (let step = 0; step < steps; step++) amount = Math.min(amount, at(this.lines, at(this.left, step)));
      add(this.room, pool, amount);
      this.move(pool, steps, amount);
    }
  }

  /** The edge of a signature to the pool that is nearest to room, the best of them; -1 when all are cut off. */
  private nearest(signature: number): number {
    const { starts, poolOf } = this.network;
    let nearest = -1;
    let lowest = CUT_OFF;
    for (let edge = at(starts, signature); edge < at(starts, signature + 1); edge++) {
      const label = at(this.labels, at(poolOf, edge));
      if (label < lowest) {
        lowest = label;
        nearest = edge;
      }
    }
    return nearest;
  }

  /** The steps of a shortest path from a pool to room, left in `left` and `taken`; -1 when labels rose: choose the start again. */
  private search(from: number): number {
    const { poolOf } = this.network;
    let steps = 0;
    let pool = from;
    while (at(this.room, pool) <= 0) {
      if (this.step(pool, steps)) {
        pool = at(poolOf, at(this.taken, steps));
        steps += 1;
        continue;
      }
      this.raise(pool);
      if (steps === 0 || at(this.labels, pool) === CUT_OFF) return -1;
      steps -= 1;
      pool = at(poolOf, at(this.left, steps));
    }
    return steps;
  }

  /** Finds a line of the pool that can go to a pool one nearer to room. */
  private step(pool: number, place: number): boolean {
    const { starts, poolOf, signatureOf, startsInto, edgesInto } = this.network;
    const wanted = at(this.labels, pool) - 1;
    const end = at(startsInto, pool + 1);
    for (let into = at(this.next, pool); into < end; into++) {
      const leave = at(edgesInto, into);
      if (at(this.lines, leave) === 0) continue;
      const signature = at(signatureOf, leave);
      const last = at(starts, signature + 1);
      for (let take = at(starts, signature); take < last; take++) {
        if (at(this.labels, at(poolOf, take)) !== wanted) continue;
        this.next[pool] = into;
        this.left[place] = leave;
        this.taken[place] = take;
        return true;
      }
    }
    this.next[pool] = end;
    return false;
  }

  /** Gives a pool without a step the label that its nearest neighbour allows. */
  private raise(pool: number): void {
    const label = at(this.labels, pool);
    add(this.tally, label, -1);
    const isGap = at(this.tally, label) === 0;
    if (isGap) this.cutOffBeyond(label);
    const raised = isGap ? CUT_OFF : this.labelFor(pool, label + 1);
    this.labels[pool] = raised;
    if (raised === CUT_OFF) return;
    add(this.tally, raised, 1);
    this.next[pool] = at(this.network.startsInto, pool);
  }

  /** One more than the lowest label of the pools that a line of this one can go to; at least `least`. */
  private labelFor(pool: number, least: number): number {
    const { starts, poolOf, signatureOf, startsInto, edgesInto } = this.network;
    let lowest = CUT_OFF;
    for (let into = at(startsInto, pool); into < at(startsInto, pool + 1); into++) {
      const leave = at(edgesInto, into);
      if (at(this.lines, leave) === 0) continue;
      const signature = at(signatureOf, leave);
      for (let take = at(starts, signature); take < at(starts, signature + 1); take++) {
        const other = at(poolOf, take);
        if (other === pool || at(this.labels, other) >= lowest) continue;
        lowest = at(this.labels, other);
        if (lowest < least) return least;
      }
    }
    return lowest === CUT_OFF ? CUT_OFF : lowest + 1;
  }

  private cutOffBeyond(label: number): void {
    for (let pool = 0; pool < this.network.pools; pool++) {
      const beyond = at(this.labels, pool);
      if (beyond === CUT_OFF || beyond <= label) continue;
      add(this.tally, beyond, -1);
      this.labels[pool] = CUT_OFF;
    }
  }

  /** Moves lines along the path at hand; the last pool of it gives the devices. */
  private move(from: number, steps: number, amount: number): void {
    let last = from;
    for (let step = 0; step < steps; step++) {
      add(this.lines, at(this.left, step), -amount);
      add(this.lines, at(this.taken, step), amount);
      last = at(this.network.poolOf, at(this.taken, step));
    }
    add(this.room, last, -amount);
  }
}
