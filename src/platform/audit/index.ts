export { AuditChainService, type ChainHead } from './audit-chain.service.js';
export { AuditModule } from './audit.module.js';
export { Audit } from './audit.js';
