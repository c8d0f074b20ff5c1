export { Loans1790000000600 } from './loans.migration.js';
export { LoansModule } from './loans.module.js';
