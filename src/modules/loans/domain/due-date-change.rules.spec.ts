import { expect, test } from '@jest/globals';
import { day } from '../../../shared/day.js';
import { dueDateRefusals, recallFaults } from './due-date-change.rules.js';

const today = day('2026-11-02');
const recall = (dueOn: string, presentDueOn: string) =>
  recallFaults(day(dueOn), { dueOn: day(presentDueOn) }, today).map(({ code }) => code);

test('only an open loan has a due day to change', () => {
  expect(dueDateRefusals({ state: 'open' })).toEqual([]);
  expect(dueDateRefusals({ state: 'closed' })).toMatchObject([{ code: 'LOAN_CLOSED', overridable: false }]);
});

test('a loan is asked back from today to its due day', () => {
  expect(recall('2026-11-01', '2026-12-01')).toEqual(['DAY_PASSED']);
  expect(recall('2026-11-02', '2026-12-01')).toEqual([]);
  expect(recall('2026-12-01', '2026-12-01')).toEqual([]);
  expect(recall('2026-12-02', '2026-12-01')).toEqual(['NOT_EARLIER']);
});

test('what is late already is given a new day', () => {
  expect(recall('2026-11-09', '2026-11-01')).toEqual([]);
});
