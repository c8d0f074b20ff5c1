import { Module } from '@nestjs/common';
import { AuditEventsController } from './audit-events.controller.js';
import { AuditEventsRepository } from './audit-events.repository.js';
import { JobsController } from './jobs.controller.js';
import { JobsRepository } from './jobs.repository.js';
import { JobsService } from './jobs.service.js';

@Module({ controllers: [AuditEventsController, JobsController], providers: [AuditEventsRepository, JobsRepository, JobsService] })
export class ReportingModule {}
