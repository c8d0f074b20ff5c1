import { endOfDay } from '../../../../shared/day.js';
import type { DropReason } from '../drop-reasons.js';
import type { LoanSituation, Topic } from '../situation.js';
import type { EventTimes } from './trigger.js';
import { COUNT, LIST, TEXT } from './variables.js';

/** The devices of a loan: `devices` has one line for each, such as `Lenovo ThinkPad L13, LT-0001`, and `items` counts them. */
export const LOAN_VARIABLES = { loanReference: TEXT, devices: LIST, items: COUNT } as const;

export type LoanItemStanding = Pick<LoanSituation['items'][number], 'state' | 'claimedReturned'>;

export const endOfDueDay = ({ dueOn }: EventTimes, timeZone: string): Date | null => dueOn && endOfDay(dueOn, timeZone);

export function itemsOut({ reference, items }: LoanSituation) {
  return deviceList(
    reference,
    items.filter(({ state, claimedReturned }) => state === 'on_loan' && !claimedReturned),
  );
}

export function deviceList(loanReference: string, items: LoanSituation['items']) {
  return { loanReference, devices: items.map(({ model, assetTag }) => `${model}, ${assetTag}`), items: items.length };
}

/** Where and by which day the devices are to be brought back. */
export function returnPlaceAndDay({ siteName, dueOn }: LoanSituation) {
  return { siteName, dueOn };
}

/** Why nobody is reminded of a loan any more; null while one of its items is out and the family does not say otherwise. */
export function nothingOut(items: readonly LoanItemStanding[]): DropReason | null {
  if (items.some(({ state, claimedReturned }) => state === 'on_loan' && !claimedReturned)) return null;
  if (items.some(({ state }) => state === 'on_loan')) return 'CLAIMED_RETURNED';
  if (items.every(({ state }) => state === 'returned')) return 'RETURNED';
  return items.some(({ state }) => state === 'lost' || state === 'stolen') ? 'LOST_OR_STOLEN' : 'CLOSED';
}

/** Why a notice about a due day is dropped; null while something is out and that day is still the due day. */
export function notDueOnThatDay({ items, dueOn }: LoanSituation, { about }: Topic): DropReason | null {
  return nothingOut(items) ?? (dueOn === about ? null : 'DUE_DAY_CHANGED');
}

/** The same for reminders: a reminder is dropped too when a later one is due. */
export function notToRemind(loan: LoanSituation, topic: Topic): DropReason | null {
  return notDueOnThatDay(loan, topic) ?? (topic.overtaken ? 'OVERTAKEN' : null);
}
