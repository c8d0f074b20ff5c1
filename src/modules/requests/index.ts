export { Requests1790000000500 } from './requests.migration.js';
export { RequestsModule } from './requests.module.js';
