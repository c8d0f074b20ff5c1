export { AgreementAsked1790000001800 } from './agreement-asked.migration.js';
export { DeviceHolder1790000001000 } from './device-holder.migration.js';
export { Ledger } from './ledger.service.js';
export { LoanHistory1790000002120 } from './loan-history.migration.js';
export { Loans1790000000600 } from './loans.migration.js';
export { LoansModule } from './loans.module.js';
export { loanItemMachine, type LoanItemState } from './domain/loan-item.machine.js';
export { INCIDENT_OUTCOMES } from './domain/incident.rules.js';
export type { IncidentKind, IncidentOutcome } from './domain/incident.rules.js';
