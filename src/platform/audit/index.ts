export { AuditChainService, type ChainHead } from './audit.chain.js';
export { AuditModule } from './audit.module.js';
export { Audit } from './audit.js';
