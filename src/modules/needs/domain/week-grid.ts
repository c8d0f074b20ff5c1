import type { PlanBlock } from './sharing-plan.js';
import { minutesOf } from './time-of-day.js';

/** A block at its place, or empty room. */
export interface GridCell {
  readonly block: PlanBlock | null;
  /** The rows, and the columns of the day, that it takes. */
  readonly rows: number;
  readonly columns: number;
}

/** A row from one time at which something begins or ends to the next, in minutes since midnight. */
export interface GridRow {
  readonly from: number;
  readonly to: number;
  /** The most blocks side by side, of those that are in this row only; 0 also when there are only parts of longer blocks. */
  readonly crowd: number;
  /** Whether no day has a block here. */
  readonly free: boolean;
  /** The cells that begin in this row, one list for each day. */
  readonly days: readonly (readonly GridCell[])[];
}

export interface GridDay {
  readonly weekday: number;
  /** The number of columns, all of one width; a day without blocks side by side has one. */
  readonly columns: number;
}

/** A week as a table, with a row for each time and a column for each day. It begins with the first block and ends with the last. */
export interface WeekGrid {
  readonly days: readonly GridDay[];
  readonly rows: readonly GridRow[];
}

const LAST_DAY_SHOWN_ALWAYS = 5;
/** A day's width is divided into so many parts: 2, 3, 4, 5 or 6 blocks side by side get equal widths, and more get nearly equal ones. */
const PARTS = 60;

/** A block with the rows and the parts of the width that it takes; `to` and `right` are not included. */
interface PlacedBlock {
  readonly block: PlanBlock;
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  /** How many blocks stand side by side at its place. */
  readonly lanes: number;
}
type BlockInRows = Pick<PlacedBlock, 'block' | 'from' | 'to'>;

/**
 * Lays out the blocks of a plan. Blocks at the same time stand side by side in the order of `learners` (ids), each as wide as there is room.
 */
export function weekGrid(blocks: readonly PlanBlock[], learners: readonly string[]): WeekGrid {
  const times = [...new Set(blocks.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)]))].sort((one, other) => one - other);
  const row = (time: string) => times.indexOf(minutesOf(time));
  const inRows = blocks
    .map((block): BlockInRows => ({ block, from: row(block.from), to: row(block.to) }))
    .sort((one, other) => one.from - other.from || learners.indexOf(one.block.learner) - learners.indexOf(other.block.learner));
  const weekdays = [1, 2, 3, 4, 5, 6, 7].filter(
    (weekday) => weekday <= LAST_DAY_SHOWN_ALWAYS || blocks.some((block) => block.weekday === weekday),
  );
  const days = weekdays.map((weekday) => {
    const placed = clusters(inRows.filter(({ block }) => block.weekday === weekday)).flatMap(sideBySide);
    return { weekday, placed, part: placed.flatMap(({ left, right }) => [left, right]).reduce(divisor, PARTS) };
  });
  return {
    days: days.map(({ weekday, part }) => ({ weekday, columns: PARTS / part })),
    rows: times.slice(1).map((to, row): GridRow => {
      const here = days.flatMap(({ placed }) => placed.filter((each) => isIn(row, each)));
      return {
        from: times[row] ?? to,
        to,
        crowd: Math.max(0, ...here.filter((each) => each.to - each.from === 1).map(({ lanes }) => lanes)),
        free: here.length === 0,
        days: days.map(({ placed, part }) => cellsOf(row, placed, part)),
      };
    }),
  };
}

const isIn = (row: number, { from, to }: BlockInRows) => from <= row && row < to;
const overlap = (one: BlockInRows, other: BlockInRows) => one.from < other.to && other.from < one.to;
const divisor = (one: number, other: number): number => (other === 0 ? one : divisor(other, one % other));

/** Returns the blocks of a day in groups that are connected in time: between two groups there is a moment that no block covers. */
function clusters(blocks: readonly BlockInRows[]): BlockInRows[][] {
  const groups: BlockInRows[][] = [];
  let end = -1;
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && block.from < end) last.push(block);
    else groups.push([block]);
    end = Math.max(end, block.to);
  }
  return groups;
}

/** Puts each block in the first free lane, and over the next lanes that no other block needs while it lasts. */
function sideBySide(blocks: readonly BlockInRows[]): PlacedBlock[] {
  const inLanes: { readonly each: BlockInRows; readonly lane: number }[] = [];
  for (const each of blocks) {
    const taken = inLanes.filter((other) => overlap(each, other.each)).map(({ lane }) => lane);
    let lane = 0;
    while (taken.includes(lane)) lane += 1;
    inLanes.push({ each, lane });
  }
  const lanes = Math.max(...inLanes.map(({ lane }) => lane + 1));
  const edge = (lane: number) => Math.round((lane * PARTS) / lanes);
  return inLanes.map(({ each, lane }) => {
    const after = inLanes.filter((other) => other.lane > lane && overlap(each, other.each)).map((other) => other.lane);
    return { ...each, left: edge(lane), right: edge(Math.min(lanes, ...after)), lanes };
  });
}

/** Returns the cells of a day that begin in a row; blocks that began above have no cell here. */
function cellsOf(row: number, placed: readonly PlacedBlock[], part: number): GridCell[] {
  const here = placed.filter((each) => isIn(row, each)).sort((one, other) => one.left - other.left);
  const cells: GridCell[] = [];
  let done = 0;
  const freeUntil = (edge: number) => {
    if (edge > done) cells.push({ block: null, rows: 1, columns: (edge - done) / part });
  };
  for (const { block, from, to, left, right } of here) {
    freeUntil(left);
    if (from === row) cells.push({ block, rows: to - from, columns: (right - left) / part });
    done = right;
  }
  freeUntil(PARTS);
  return cells;
}
