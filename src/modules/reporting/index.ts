export { JobsService } from './jobs.service.js';
export { ReportingModule } from './reporting.module.js';
