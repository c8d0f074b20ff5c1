import { Module } from '@nestjs/common';
import { CouncilsModule } from '../councils/index.js';
import { DeviceImportRepository } from './device-import.repository.js';
import { DeviceImport } from './device-import.js';
import { ImportsController } from './imports.controller.js';
import { ImportsRepository } from './imports.repository.js';
import { ImportsService } from './imports.service.js';
import { IntegrationJobs } from './integration.jobs.js';
import { RunImportService } from './run-import.service.js';
import { SchoolImportRepository } from './school-import.repository.js';
import { SchoolImport } from './school-import.js';

@Module({
  imports: [CouncilsModule],
  controllers: [ImportsController],
  providers: [
    DeviceImport,
    DeviceImportRepository,
    ImportsRepository,
    ImportsService,
    IntegrationJobs,
    RunImportService,
    SchoolImport,
    SchoolImportRepository,
  ],
})
export class IntegrationModule {}
