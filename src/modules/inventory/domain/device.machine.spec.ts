import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { attempt, canMove, possibleMoves, reachableStates, states } from '../../../shared/machine.js';
import type { Result } from '../../../shared/result.js';
import { deviceMachine, type DeviceMove, type DeviceStatus } from './device.machine.js';

/** The table of product.md: for each status, the moves that are possible and where they lead. */
const ARROWS: Record<DeviceStatus, Partial<Record<DeviceMove, string>>> = {
  intake: { prepare: 'available', send: 'in_transit', mark_missing: 'missing', retire: 'retired' },
  available: {
    reserve: 'reserved',
    hand_over: 'on_loan',
    inspect: 'inspection',
    send: 'in_transit',
    mark_missing: 'missing',
    retire: 'retired',
  },
  reserved: { release: 'available', hand_over: 'on_loan', mark_missing: 'missing' },
  on_loan: { take_back: 'inspection', declare_lost: 'lost', declare_stolen: 'stolen', write_off: 'retired' },
  inspection: { pass_inspection: 'available', fail_inspection: 'repair', mark_missing: 'missing', retire: 'retired' },
  repair: { repair_done: 'inspection', mark_missing: 'missing', retire: 'retired' },
  in_transit: { receive: 'available', mark_missing: 'missing' },
  lost: { write_off: 'retired', recover: 'inspection', retire: 'retired' },
  stolen: { write_off: 'retired', recover: 'inspection', retire: 'retired' },
  missing: { recover: 'inspection', retire: 'retired' },
  retired: {},
};
const STATUSES = Object.keys(ARROWS) as DeviceStatus[];
const MOVES = Object.keys(deviceMachine.moves) as DeviceMove[];

test('every status can be reached, and none but those of product.md exist', () => {
  expect(reachableStates(deviceMachine).sort()).toEqual([...STATUSES].sort());
  expect(states(deviceMachine).sort()).toEqual([...STATUSES].sort());
});

test.each(STATUSES.flatMap((status) => MOVES.map((move) => [status, move] as const)))('from %s: %s', (status, move) => {
  const to = ARROWS[status][move];
  const moved = attempt(deviceMachine, status, move, 'available');
  expect(moved).toEqual(
    to === undefined
      ? { ok: false, reason: { from: status, move, possible: possibleMoves(deviceMachine, status) } }
      : { ok: true, value: to },
  );
});

test.prop([fc.array(fc.constantFrom(...MOVES))])('whatever happens, a retired device stays so', (moves) => {
  let status: DeviceStatus = 'intake';
  for (const move of moves) {
    const moved: Result<DeviceStatus, unknown> = attempt(deviceMachine, status, move, 'intake');
    if (status === 'retired') expect(moved.ok).toBe(false);
    if (moved.ok) status = moved.value;
  }
});

test('a device that was lent is inspected before anybody else gets it', () => {
  const afterLoan = possibleMoves(deviceMachine, 'on_loan').map((move) => attempt(deviceMachine, 'on_loan', move, 'available'));
  expect(afterLoan.some((moved) => moved.ok && canMove(deviceMachine, moved.value, 'hand_over'))).toBe(false);
});
