export { AgreementAsked1790000001800 } from './agreement-asked.migration.js';
export { ListsByState1790000002200 } from './lists-by-state.migration.js';
export { HouseholdOverdue1790000002300 } from './household-overdue.migration.js';
export { DeviceHolder1790000001000 } from './device-holder.migration.js';
export { LedgerService } from './ledger.service.js';
export { LoanHistory1790000002120 } from './loan-history.migration.js';
export { OrderOfIncidents1790000002135 } from './order-of-incidents.migration.js';
export { Loans1790000000600 } from './loans.migration.js';
export { LoansModule } from './loans.module.js';
export type { LoanItemState } from './domain/loan-item.machine.js';
export { INCIDENT_OUTCOMES } from './domain/incident.rules.js';
export type { IncidentKind, IncidentOutcome } from './domain/incident.rules.js';
export { LoansByKind1790000002535 } from './loans-by-kind.migration.js';
export { OverdueAfterLock1790000002530 } from './overdue-after-lock.migration.js';
export { ReturnedItems1790000002470 } from './returned-items.migration.js';
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
