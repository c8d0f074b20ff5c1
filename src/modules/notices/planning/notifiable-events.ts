import { dayIn } from '../../../shared/day.js';
import { NO_EVENT_TIMES } from '../domain/triggers/trigger.js';
import type { NotifiableEvent } from './notice-planner.js';
import type { HouseholdToPlan, LoanToPlan, OfferToPlan } from './planning.repository.js';

/** The reminders of an open loan. */
export function remindersOf({ id: loanId, householdId, dueOn, overdueFrom }: LoanToPlan): NotifiableEvent[] {
  const told = { householdId, loanId, about: dueOn, id: `${loanId}:${dueOn}`, times: { ...NO_EVENT_TIMES, dueOn, overdueFrom } };
  return [
    { trigger: 'loan_due', anchor: { day: dueOn }, ...told },
    { trigger: 'loan_overdue', anchor: { day: overdueFrom }, ...told },
  ];
}

/** The reminders to sign the agreement of an open loan. */
export function signatureRemindersOf({ id: loanId, householdId, unsignedSince: since }: LoanToPlan): NotifiableEvent[] {
  if (since === null) return [];
  const about = since.toISOString();
  return [
    { trigger: 'agreement_unsigned', anchor: { since }, householdId, loanId, about, id: `${loanId}:${about}`, times: NO_EVENT_TIMES },
  ];
}

/** The request to a family to look at its file again. */
export function reviewOf({ id: householdId, changedAt }: HouseholdToPlan, timeZone: string): NotifiableEvent {
  const about = dayIn(changedAt, timeZone);
  return { trigger: 'need_review_due', anchor: { day: about }, householdId, about, id: `${householdId}:${about}`, times: NO_EVENT_TIMES };
}

/** The reminder that an open offer ends. */
export function endReminderOf({ id: offerId, householdId, lineId, expiresAt }: OfferToPlan, timeZone: string): NotifiableEvent {
  const about = expiresAt.toISOString();
  const day = dayIn(new Date(expiresAt.getTime() - 1), timeZone);
  const times = { ...NO_EVENT_TIMES, expiresAt };
  return { trigger: 'offer_expiring', anchor: { day }, householdId, lineId, offerId, about, id: `${offerId}:${about}`, times };
}

/** The reminder of the appointment of an accepted offer. */
export function appointmentRemindersOf(
  { id: offerId, householdId, lineId, pickupSlotId: about, pickupAt }: OfferToPlan,
  timeZone: string,
): NotifiableEvent[] {
  if (about === null || pickupAt === null) return [];
  const times = { ...NO_EVENT_TIMES, pickupAt };
  const anchor = { day: dayIn(pickupAt, timeZone) };
  return [{ trigger: 'pickup_tomorrow', anchor, householdId, lineId, offerId, about, id: `${offerId}:${about}`, times }];
}
