export { isOverdue } from './domain/due-day.rules.js';
export { IncidentService } from './incidents/incident.service.js';
export { FindLoansService } from './list/find-loans.service.js';
export type { LoanItemRecord, LoanRecord } from './list/loan-readings.repository.js';
export { RenewalService } from './renewals/renewal.service.js';
export { LedgerService } from './ledger/ledger.service.js';
export { type LoanAgreement, OnlineAgreementService } from './agreements/online-agreement.service.js';
export type { LoanItemState } from './domain/loan-item.machine.js';
export { INCIDENT_OUTCOMES } from './domain/incident.rules.js';
export type { IncidentKind, IncidentOutcome } from './domain/incident.rules.js';
export {
  AGREEMENT_SIGNED,
  AGREEMENTS_ASKED,
  DUE_DATE_CHANGED,
  HANDED_OVER,
  INCIDENT_CLOSED,
  INCIDENT_OPENED,
  ITEM_SETTLED,
  LOAN_CLOSED,
} from './loans.events.js';
