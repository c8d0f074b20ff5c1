export { type Access, AccessTable } from './access-table.js';
export { Gate } from './gate.js';
export { Identity1790000000200 } from './identity.migration.js';
export { IdentityModule } from './identity.module.js';
