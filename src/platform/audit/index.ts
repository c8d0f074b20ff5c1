export { AuditChainService, type ChainHead } from './audit-chain.service.js';
export { Audit } from './audit.js';
