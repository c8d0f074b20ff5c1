import { Id, jobEvent, type JobOf } from '../../platform/index.js';

const IDS = { loanId: Id.text, eventId: Id.text, itemId: Id.optional(Id.text), incidentId: Id.optional(Id.text) };
/** An event of an incident has the id of that incident. */
const OF_INCIDENT = { ...IDS, incidentId: Id.text };

export const HANDED_OVER = jobEvent('loan.handed_over', IDS);
export type LoanEventIds = JobOf<typeof HANDED_OVER>['ids'];
export const DUE_DATE_CHANGED = jobEvent('loan.due_date_changed', IDS);
export const RECALLED = jobEvent('loan.recalled', IDS);
export const ITEM_SETTLED = jobEvent('loan.item_settled', IDS);
export const AGREEMENT_SIGNED = jobEvent('loan.agreement_signed', IDS);
export const INCIDENT_OPENED = jobEvent('incident.opened', OF_INCIDENT);
export const INCIDENT_CLOSED = jobEvent('incident.closed', OF_INCIDENT);
export const LOAN_CLOSED = jobEvent('loan.closed', IDS);
/** Some of the loans with ids from `first` to `last` must be signed now. */
export const AGREEMENTS_ASKED = jobEvent('loan.agreements_asked', { first: Id.text, last: Id.text });
