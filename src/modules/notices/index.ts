export { Notices1790000000700 } from './notices.migration.js';
export { NoticesModule } from './notices.module.js';
