import type { RefusalTable } from '../../../shared/refusal.js';
import { isWrittenDown } from '../../../shared/promise.js';
import type { DeviceCondition } from '../../../shared/vocabulary.js';
import type { DeviceStatus } from './device.machine.js';

/** Reasons against changing values of a device on which an offer or a loan is based. */
export const PROMISED_DEVICE_REFUSALS = {
  DEVICE_IS_PROMISED: {
    overridable: false,
    message:
      'The device is held for a family: its fund stays, and its condition is not written down to damaged or unusable, until the offer has ended; take the offer back first (the line’s move revoke).',
  },
  DEVICE_IS_LENT: {
    overridable: false,
    message: 'The device is lent to a family under its fund, which stays until it has come back.',
  },
} as const satisfies RefusalTable;

interface PromisedValues {
  readonly fundId: string | null;
  readonly condition: DeviceCondition;
}

/**
 * Why the values of a device may not be changed while an offer or a loan is based on them; null when they may be. The category is checked
 * where the model is.
 */
export function promisedDeviceRefusal(
  status: DeviceStatus,
  before: PromisedValues,
  after: PromisedValues,
): keyof typeof PROMISED_DEVICE_REFUSALS | null {
  const isOtherFund = before.fundId !== after.fundId;
  const isBroken = isWrittenDown(before.condition, after.condition);
  if (status === 'reserved' && (isOtherFund || isBroken)) return 'DEVICE_IS_PROMISED';
  return status === 'on_loan' && isOtherFund ? 'DEVICE_IS_LENT' : null;
}
