export { APPLICATION_ROLE, dataSource, SYSTEM_ROLE, type Schema } from './data-source.js';
export { Versioned, VersionedTable } from './versioned.js';
export { isDatabaseAway, violation, whenDuplicate } from './violation.js';
export { migrate, migrateDown, pendingMigrations } from './migrate.js';
export { Platform1790000000000 } from './migrations/platform.migration.js';
export { dropTrigramSearch, type Found, search, searchPatterns, trigramSearch } from './search.js';
export { tenantTable } from './tenant-table.js';
export { Transactions } from './transactions.js';
export { Tx } from './tx.js';
