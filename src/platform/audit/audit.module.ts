import { Global, Module } from '@nestjs/common';
import { AuditChainService } from './audit-chain.service.js';
import { Audit } from './audit.js';

@Global()
@Module({ providers: [Audit, AuditChainService], exports: [Audit, AuditChainService] })
export class AuditModule {}
