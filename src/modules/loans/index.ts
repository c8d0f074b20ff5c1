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
