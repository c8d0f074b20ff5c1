import { expect, test } from '@jest/globals';
import { canMove, states } from '../../../shared/machine.js';
import { deviceMachine } from '../../inventory/index.js';
import { loanItemMachine } from './loan-item.machine.js';
import { returnMoves } from './return.rules.js';

test('what a family has is taken back, what was lost or stolen is recovered', () => {
  const items = [
    { state: 'on_loan', device: 'on_loan' },
    { state: 'lost', device: 'lost' },
    { state: 'stolen', device: 'stolen' },
  ] as const;
  expect(returnMoves(items)).toEqual({ ok: true, value: ['take_back', 'recover', 'recover'] });
});

test('nothing else comes back: not an item twice, not a device that left the loan otherwise', () => {
  const returnable = ['on_loan', 'lost', 'stolen'];
  for (const state of states(loanItemMachine)) {
    for (const device of states(deviceMachine)) {
      const fits =
        state === 'on_loan' ? device === 'on_loan' : returnable.includes(state) && ['lost', 'stolen', 'missing'].includes(device);
      expect({ state, device, returns: returnMoves([{ state, device }]).ok }).toEqual({ state, device, returns: fits });
    }
  }
});

test('every device that the machine lets come back has its move, and no other', () => {
  for (const device of states(deviceMachine)) {
    const moves = returnMoves([{ state: device === 'on_loan' ? 'on_loan' : 'lost', device }]);
    const possible = (['take_back', 'recover'] as const).filter((move) => canMove(deviceMachine, device, move));
    expect(moves.ok ? moves.value : []).toEqual(possible);
  }
});

test('one item that cannot come back refuses the whole return', () => {
  const refused = returnMoves([
    { state: 'on_loan', device: 'on_loan' },
    { state: 'returned', device: 'inspection' },
  ]);
  expect(refused).toMatchObject({ ok: false, reason: [{ code: 'DEVICE_NOT_ON_LOAN', overridable: false }] });
});
