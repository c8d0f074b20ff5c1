import { test as property } from '@fast-check/jest';
import { expect, test } from '@jest/globals';
import { aHousehold } from '../../../../test/support/plan-households.js';
import { type PlanBlock, sharingPlan } from './sharing-plan.js';
import { minutesOf } from './time-of-day.js';
import { weekGrid } from './week-grid.js';

const block = (weekday: number, from: string, to: string, learner = 'a'): PlanBlock => ({
  learner,
  device: 'd',
  kind: 'work',
  weekday,
  from,
  to,
});
const inWords = (blocks: readonly PlanBlock[], learners: readonly string[]) => {
  const { rows } = weekGrid(blocks, learners);
  return rows.map(({ days: [monday] }) => monday?.map((cell) => `${cell.block?.learner ?? '-'} ${cell.rows}x${cell.columns}`).join(' '));
};

test('what hangs together in time shares the width; what stands alone has all of it', () => {
  const blocks = [block(1, '08:00', '10:00', 'b'), block(1, '09:00', '10:00', 'a'), block(1, '10:00', '11:00', 'a')];
  expect(inWords(blocks, ['a', 'b'])).toEqual(['b 2x1 - 1x1', 'a 1x1', 'a 1x2']);
});

test('a block takes the lanes beside it that nobody needs', () => {
  const three = ['a', 'b', 'c'].map((learner) => block(1, '08:00', '09:00', learner));
  const blocks = [...three, block(1, '08:00', '08:30', 'd'), block(1, '08:30', '10:00', 'e'), block(1, '09:00', '10:00', 'a')];
  expect(inWords(blocks, ['a', 'b', 'c', 'd', 'e'])).toEqual(['a 2x1 b 2x1 c 2x1 d 1x1', 'e 2x1', 'a 1x3']);
});

test('the weekend is shown where it has blocks, and rows without any are told', () => {
  const grid = weekGrid([block(6, '08:00', '09:00'), block(1, '14:00', '15:00')], ['a']);
  expect(grid.days.map(({ weekday }) => weekday)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(grid.rows.map(({ from, to, free, crowd }) => [from, to, free, crowd])).toEqual([
    [480, 540, false, 1],
    [540, 840, true, 0],
    [840, 900, false, 1],
  ]);
  expect(weekGrid([], []).rows).toEqual([]);
});

// The table as a browser reads it: each cell takes the first place of its row that is not taken from above.
property.prop([aHousehold({ learners: 8, devices: 8, weekdays: 7 })])(
  'as a table, every block stands once, at its times, and the table has no hole',
  (input) => {
    const { blocks } = sharingPlan(input);
    const ids = input.learners.map(({ id }) => id);
    const { days, rows } = weekGrid(blocks, ids);
    const seen: PlanBlock[] = [];
    days.forEach(({ columns, weekday }, dayIndex) => {
      const taken = rows.map(() => new Set<number>());
      rows.forEach((row, rowIndex) => {
        for (const cell of row.days[dayIndex] ?? []) {
          let left = 0;
          while (taken[rowIndex]?.has(left)) left += 1;
          for (let down = 0; down < cell.rows; down += 1) {
            for (let right = 0; right < cell.columns; right += 1) {
              expect(taken[rowIndex + down]?.has(left + right)).toBe(false);
              taken[rowIndex + down]?.add(left + right);
            }
          }
          if (!cell.block) continue;
          seen.push(cell.block);
          expect(cell.block.weekday).toBe(weekday);
          expect([row.from, rows[rowIndex + cell.rows - 1]?.to]).toEqual([minutesOf(cell.block.from), minutesOf(cell.block.to)]);
        }
      });
      for (const places of taken) expect([...places].sort((a, b) => a - b)).toEqual(Array.from({ length: columns }, (_, i) => i));
    });
    expect(new Set(seen)).toEqual(new Set(blocks));
    expect(seen).toHaveLength(blocks.length);
  },
);
