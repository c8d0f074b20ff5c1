import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { attempt, states } from '../../../shared/machine.js';
import {
  DESK_MOVES,
  attemptDeskMove,
  deskMoveFaults,
  possibleDeskMoves,
  type DeskMove,
  type DeskMoveArguments,
} from './desk-move.rules.js';
import { deviceMachine } from './device.machine.js';

const MOVES = Object.keys(DESK_MOVES) as DeskMove[];
const here = { siteId: 'gonesse' };
const codes = (move: DeskMove, given: DeskMoveArguments) =>
  deskMoveFaults(move, given, here).map(({ code, pointer }) => `${code} ${pointer}`);

const status = fc.constantFrom(...states(deviceMachine));
const move = fc.constantFrom(...MOVES);
const sentFrom = fc.constantFrom('intake' as const, 'available' as const);

describe('which moves', () => {
  test.prop([status, move, sentFrom])('the desk never makes one that the device could not', (from, name, sentFromStatus) => {
    const moved = attemptDeskMove({ status: from, sentFromStatus }, name);
    expect(moved.ok).toBe(possibleDeskMoves(from).includes(name));
    if (moved.ok) expect(moved).toEqual(attempt(deviceMachine, from, name, sentFromStatus));
    else expect(moved.reason).toEqual({ from, move: name, possible: possibleDeskMoves(from) });
  });

  test('none that belongs to a loan or to an offer', () => {
    expect(possibleDeskMoves('on_loan')).toEqual([]);
    expect(possibleDeskMoves('reserved')).toEqual(['mark_missing']);
    expect(possibleDeskMoves('lost')).toEqual(['retire']);
    expect(possibleDeskMoves('missing')).toEqual(['recover', 'retire']);
  });

  test('each of them is possible somewhere', () => {
    expect(new Set(states(deviceMachine).flatMap((status) => possibleDeskMoves(status)))).toEqual(new Set(MOVES));
  });

  test('a device that was sent before it was ready arrives so', () => {
    expect(attemptDeskMove({ status: 'in_transit', sentFromStatus: 'intake' }, 'receive')).toEqual({ ok: true, value: 'intake' });
    expect(attemptDeskMove({ status: 'in_transit', sentFromStatus: 'available' }, 'receive')).toEqual({ ok: true, value: 'available' });
  });
});

describe('their arguments', () => {
  test.prop([move])('sent without any, each asks for exactly what it needs', (name) => {
    expect(codes(name, {})).toEqual(DESK_MOVES[name].needs.map(([argument]) => `REQUIRED /${argument}`));
  });

  test('an inspection is passed with a condition and with the data wiped, and not otherwise', () => {
    expect(codes('pass_inspection', { condition: 'good', dataWiped: true })).toEqual([]);
    expect(codes('pass_inspection', { condition: null })).toEqual(['REQUIRED /condition', 'REQUIRED /dataWiped']);
    expect(codes('pass_inspection', { condition: 'good', dataWiped: false })).toEqual(['DATA_NOT_WIPED /dataWiped']);
  });

  test('what the move would ignore is refused', () => {
    expect(codes('prepare', { siteId: 'elsewhere' })).toEqual(['NOT_TAKEN /siteId']);
    expect(codes('fail_inspection', { reason: 'screen broken', policeReportReference: 'PV 12' })).toEqual([
      'NOT_TAKEN /policeReportReference',
    ]);
  });

  test('a device is received where it was sent', () => {
    expect(codes('receive', {})).toEqual([]);
    expect(codes('receive', { siteId: 'gonesse' })).toEqual([]);
    expect(codes('receive', { siteId: 'sarcelles' })).toEqual(['NOT_THE_DESTINATION /siteId']);
  });
});
