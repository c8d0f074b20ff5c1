import { add, at } from './integers.js';
import type { Network } from './network.js';

/** The label of a pool from which no pool with room can be reached. */
const CUT_OFF = 2_147_483_647;

/**
 * Holds how many lines of each signature are in each pool, and makes room by moves: a line moves from its pool to another pool of its list,
 * a line of that pool moves on, and so on, until a pool with room is reached. The shortest such path is found with distance labels (Ahuja
 * and Orlin, "Distance-directed augmenting path algorithms", 1991). The label of a pool is never more than the number of moves from it to
 * room, and it never falls, since a shortest path only opens moves that lead one step back. So all searches together look at the moves of a
 * pool once for each label. When no pool has a label that others would have to pass (the "gap"), the pools beyond it are cut off: they stay
 * full for good (Hall's theorem), and are not searched again.
 */
export class PoolFlow {
  private readonly labels: Int32Array;
  /** The number of pools with each label. */
  private readonly tally: Int32Array;
  /** For each pool, the edge at which its search continues. */
  private readonly next: Int32Array;
  /** The current path: for each step, the edge that a line leaves (`left`) and the edge that it takes (`taken`). */
  private readonly left: Int32Array;
  private readonly taken: Int32Array;

  /**
   * `lines` is the number of lines on each edge. `room` is the number of free devices of each pool; it is negative where a pool has more
   * lines than devices. Both arrays are changed.
   */
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

  /** Labels every pool with the number of moves from it to a pool with room. */
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

  /** Labels the pools whose lines can move to the pool of the edge `take`. */
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

  /**
   * Puts one more line of a signature into a pool, after moves that make room. False when there is no way to make room; then there never
   * will be.
   */
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

  /** Moves lines out of a pool that has more lines than devices, as many as possible. */
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

  /** The edge of a signature to the pool that is nearest to room; the best of several such edges; -1 when all are cut off. */
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

  /**
   * Searches a shortest path from a pool to room, writes it to `left` and `taken`, and returns the number of its steps; -1 when labels
   * rose, so that the caller must choose its start again.
   */
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

  /** Finds a line of the pool that can move to a pool that is one move nearer to room. */
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

  /** Raises the label of a pool from which no step leads on, as its neighbours allow. */
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

  /** One more than the lowest label, at least `least`, of the pools to which a line of this one can move. */
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

  /** Moves `amount` lines along the current path; the last pool of the path gives the devices. */
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
