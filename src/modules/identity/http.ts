// What the controllers of other modules use; what knows nothing of HTTP takes ./index.ts.
export { AccessGuard } from './access/access-guard.js';
export { AccessRegistry } from './access/access-registry.js';
export { rightsTable } from './access/rights-table.js';
export type { ProvenContact } from './family-sign-in/sent-codes/sent-codes.repository.js';
export { type FamilyActor, FamilyBrowser } from './family-sign-in/family-browser.js';
