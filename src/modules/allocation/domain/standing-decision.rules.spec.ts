import { expect, test } from '@jest/globals';
import { addDays, day } from '../../../shared/day.js';
import { standingDecisionFaults } from './standing-decision.rules.js';

const today = day('2026-11-02');
const faults = (from: number, until: number | null) =>
  standingDecisionFaults({ from: addDays(today, from), until: until === null ? null : addDays(today, until) }, today).map(
    ({ pointer }) => pointer,
  );

test('holds from today at the earliest, for one day or more, or without an end', () => {
  expect([faults(0, null), faults(0, 0), faults(3, 9)]).toEqual([[], [], []]);
  expect([faults(-1, null), faults(2, 1), faults(-1, -2)]).toEqual([['/from'], ['/until'], ['/from', '/until']]);
});
