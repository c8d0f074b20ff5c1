export { Integration1790000000800 } from './integration.migration.js';
export { OrderOfImports1790000002130 } from './order-of-imports.migration.js';
export { IntegrationModule } from './integration.module.js';
export { RowNotes1790000002420 } from './row-notes.migration.js';
