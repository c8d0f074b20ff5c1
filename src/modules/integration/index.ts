export { Integration1790000000800 } from './integration.migration.js';
export { IntegrationModule } from './integration.module.js';
