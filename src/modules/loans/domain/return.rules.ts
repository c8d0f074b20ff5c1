import { canMove } from '../../../shared/machine.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { DeviceMove, DeviceStatus } from '../../inventory/index.js';
import { loanItemMachine, type LoanItemState } from './loan-item.machine.js';

/** Reasons against a return, in the order in which the API lists them. */
export const RETURN_REFUSALS = {
  DEVICE_NOT_ON_LOAN: { overridable: false, message: 'This device is on no loan: it came back already, or was never handed over.' },
} as const satisfies RefusalTable;
export type ReturnRefusal = keyof typeof RETURN_REFUSALS;

/** The refusal when no loan knows of anybody who has the device. */
export const NOT_ON_LOAN_REFUSAL: Refusal<ReturnRefusal>[] = refusalsHolding(RETURN_REFUSALS, { DEVICE_NOT_ON_LOAN: true });

export interface ReturnFacts {
  readonly state: LoanItemState;
  readonly device: DeviceStatus;
}

/** The move by which a device comes back, for each status in which it can. */
const DEVICE_MOVES: Partial<Record<DeviceStatus, DeviceMove>> = {
  on_loan: 'take_back',
  lost: 'recover',
  stolen: 'recover',
  missing: 'recover',
};

/** Returns for each item the move of its device, or the reason against taking all of them back. */
export function returnMoves(items: readonly ReturnFacts[]): Result<DeviceMove[], Refusal<ReturnRefusal>[]> {
  const moves = items.flatMap(({ state, device }) => {
    const isWhereTheLoanSays = (state === 'on_loan') === (device === 'on_loan');
    return canMove(loanItemMachine, state, 'return') && isWhereTheLoanSays ? (DEVICE_MOVES[device] ?? []) : [];
  });
  return moves.length < items.length ? refused(NOT_ON_LOAN_REFUSAL) : ok(moves);
}
