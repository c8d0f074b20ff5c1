import type { Situation } from './situation.js';
import type { TriggerName } from './triggers.js';

type SubjectName = 'loan' | 'line' | 'offer' | 'incident';

/** What a text of each trigger tells of, beside the household. */
const SUBJECTS: Readonly<Record<TriggerName, readonly SubjectName[]>> = {
  request_received: ['line'],
  request_refused: ['line'],
  appeal_decided: ['line'],
  request_suspended: ['line'],
  offer_made: ['line', 'offer'],
  offer_expiring: ['line', 'offer'],
  offer_expired: ['line', 'offer'],
  offer_withdrawn: ['line', 'offer'],
  pickup_booked: ['line', 'offer'],
  pickup_tomorrow: ['line', 'offer'],
  pickup_cancelled: ['line', 'offer'],
  loan_handed_over: ['loan'],
  loan_due: ['loan'],
  loan_overdue: ['loan'],
  loan_renewed: ['loan'],
  loan_recalled: ['loan'],
  loan_returned: ['loan'],
  incident_opened: ['loan', 'incident'],
  incident_closed: ['loan', 'incident'],
  agreement_unsigned: ['loan'],
  need_review_due: [],
};

/** Whether everything is known that a text of the trigger says. */
export function hasRequiredFacts(trigger: TriggerName, situation: Situation): boolean {
  if (SUBJECTS[trigger].some((name) => situation[name] === null)) return false;
  if (trigger === 'pickup_booked' || trigger === 'pickup_tomorrow' || trigger === 'pickup_cancelled')
    return situation.offer?.pickupAt != null;
  return trigger !== 'incident_closed' || situation.incident?.outcome != null;
}
