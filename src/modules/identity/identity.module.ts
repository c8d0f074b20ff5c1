import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessTable } from './access-table.js';
import { Credentials } from './credentials.js';
import { Gate } from './gate.js';

@Module({
  imports: [DiscoveryModule],
  providers: [AccessTable, Credentials, Gate],
  exports: [AccessTable, Gate],
})
export class IdentityModule {}
