import type { Day } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { refusalsHolding, type Refusal, type RefusalTable } from '../../../shared/refusal.js';
import { classOf, type DeviceCategory, type DeviceClass } from '../../../shared/vocabulary.js';
import type { DeviceStatus } from '../../inventory/index.js';
import { HAND_OVER_REFUSALS } from './hand-over.rules.js';
import { INCIDENT_REFUSALS } from './incident.rules.js';
import type { LoanItemState } from './loan-item.machine.js';
import { fundAdmits, type Fund, type Learner } from '../../../shared/pool.js';

/** Reasons against an exchange, in the order in which the API lists them. */
export const EXCHANGE_REFUSALS = {
  ITEM_NOT_ON_LOAN: INCIDENT_REFUSALS.ITEM_NOT_ON_LOAN,
  DEVICE_NOT_AVAILABLE: HAND_OVER_REFUSALS.DEVICE_NOT_AVAILABLE,
  DEVICE_AT_ANOTHER_SITE: HAND_OVER_REFUSALS.DEVICE_AT_ANOTHER_SITE,
  FUND_NOT_ELIGIBLE: {
    overridable: false,
    message: 'The fund that paid for the device is not for any of these learners today; take another, or hand it over on a new loan.',
  },
} as const satisfies RefusalTable;

export interface ExchangeFacts {
  readonly item: { readonly state: LoanItemState; readonly class: DeviceClass };
  /** The device that is handed over instead. */
  readonly device: {
    readonly status: DeviceStatus;
    readonly siteId: string;
    readonly category: DeviceCategory;
    readonly fund: Fund | null;
  };
  /** The learners for whom it is: those of the line that the item fulfilled, or those of the household when it fulfilled none. */
  readonly learners: readonly Learner[];
  /** Where the exchange takes place. */
  readonly siteId: string;
  readonly today: Day;
}

/** Returns every reason against an exchange. The queue does not count, because the family has had its turn. */
export function exchangeRefusals({ item, device, learners, siteId, today }: ExchangeFacts): Refusal<keyof typeof EXCHANGE_REFUSALS>[] {
  return refusalsHolding(EXCHANGE_REFUSALS, {
    ITEM_NOT_ON_LOAN: item.state !== 'on_loan',
    DEVICE_NOT_AVAILABLE: device.status !== 'available',
    DEVICE_AT_ANOTHER_SITE: device.siteId !== siteId,
    FUND_NOT_ELIGIBLE: !fundAdmits(device.fund, learners, today),
  });
}

/** Returns what is wrong with the device that was named. */
export function exchangeFaults({ item, device }: Pick<ExchangeFacts, 'item' | 'device'>): Fault[] {
  if (classOf(device.category) === item.class) return [];
  return [{ pointer: '/deviceId', code: 'WRONG_CLASS', message: `must be a ${item.class}, as what is exchanged` }];
}
