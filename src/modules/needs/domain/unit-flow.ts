/**
 * A flow network in which units are sent one at a time, each along an augmenting path to the sink (Ford and Fulkerson, 1956). What a node has
 * sent is never taken back from it, only led along another path; this makes the fair shares exact.
 */
export class UnitFlow {
  /** The node where every unit arrives. */
  static readonly SINK = 0;

  private nodes = 1;
  private arcs = 0;
  private readonly first: Int32Array;
  private readonly last: Int32Array;
  private readonly seen: Int32Array;
  private readonly cursor: Int32Array;
  /** Arcs are in pairs: `arc ^ 1` is the opposite arc. */
  private readonly next: Int32Array;
  private readonly head: Int32Array;
  private readonly residual: Int32Array;
  private readonly path: Int32Array;
  private search = 0;
  /** Marks the nodes that a search without success has seen: no later search reaches the sink from there either. */
  private static readonly DEAD_END = 2 ** 31 - 1;

  constructor(mostNodes: number, mostArcs: number) {
    this.first = new Int32Array(mostNodes).fill(-1);
    this.last = new Int32Array(mostNodes).fill(-1);
    this.seen = new Int32Array(mostNodes);
    this.cursor = new Int32Array(mostNodes);
    this.path = new Int32Array(mostNodes);
    this.next = new Int32Array(2 * mostArcs).fill(-1);
    this.head = new Int32Array(2 * mostArcs);
    this.residual = new Int32Array(2 * mostArcs);
  }

  addNode(): number {
    return this.nodes++;
  }

  /** Arcs of one node are tried in the order in which they were added. */
  addArc(from: number, to: number, capacity: number): number {
    const arc = this.arcs;
    this.arcs += 2;
    this.put(arc, from, to, capacity);
    this.put(arc + 1, to, from, 0);
    return arc;
  }

  /** Returns the units that an arc carries. */
  carried(arc: number): number {
    return this.residual[arc ^ 1] as number;
  }

  /**
   * Sends one more unit from a node to the sink; returns false when there is no path, and then nothing has changed. Paths of at most `short`
   * arcs are tried first: most units need no longer one, and a long one is found only by looking at nearly everything.
   */
  send(start: number, short: number): boolean {
    const length = this.wayFrom(start, short) || this.wayFrom(start, this.nodes);
    if (length === 0) {
      for (let node = 0; node < this.nodes; node++) if (this.seen[node] === this.search) this.seen[node] = UnitFlow.DEAD_END;
    }
    const { path, residual } = this;
    for (let step = 0; step < length; step++) {
      const arc = path[step] as number;
      residual[arc] = (residual[arc] as number) - 1;
      residual[arc ^ 1] = (residual[arc ^ 1] as number) + 1;
    }
    return length > 0;
  }

  /** Finds a path to the sink, depth first, writes its arcs to `path`, and returns their number, or 0. */
  private wayFrom(start: number, most: number): number {
    const { first, next, head, residual, seen, cursor, path } = this;
    const search = ++this.search;
    seen[start] = search;
    cursor[start] = first[start] as number;
    let node = start;
    let depth = 0;
    for (;;) {
      let arc = depth < most ? (cursor[node] as number) : -1;
      while (arc >= 0 && (residual[arc] === 0 || (seen[head[arc] as number] as number) >= search)) arc = next[arc] as number;
      if (arc < 0) {
        if (depth === 0) return 0;
        node = head[(path[--depth] as number) ^ 1] as number;
        continue;
      }
      cursor[node] = next[arc] as number;
      path[depth++] = arc;
      node = head[arc] as number;
      if (node === UnitFlow.SINK) return depth;
      seen[node] = search;
      cursor[node] = first[node] as number;
    }
  }

  private put(arc: number, from: number, to: number, capacity: number): void {
    this.head[arc] = to;
    this.residual[arc] = capacity;
    const previous = this.last[from] as number;
    if (previous < 0) this.first[from] = arc;
    else this.next[previous] = arc;
    this.last[from] = arc;
  }
}
