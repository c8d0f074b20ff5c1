import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/councils.module.js';
import { IMPORT_PROVIDERS } from './writers/import-writers.js';
import { ImportsController } from './imports/imports.controller.js';
import { ImportsRepository } from './imports/imports.repository.js';
import { ImportsService } from './imports/imports.service.js';
import { IntegrationJobs } from './integration.jobs.js';
import { RunImportService } from './imports/run-import.service.js';

@Module({
  imports: [CouncilsModule],
  controllers: [ImportsController],
  providers: [...IMPORT_PROVIDERS, ImportsRepository, ImportsService, IntegrationJobs, RunImportService],
})
export class IntegrationModule {}
