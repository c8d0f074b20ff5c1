export { JobsService } from './jobs.service.js';
