export { Handlers, HandlesJob, Hears, jobKind, type Job } from './handlers.js';
export { Outbox, type JobIds } from './outbox.js';
export { OutboxExecutor } from './outbox.executor.js';
export { OutboxModule } from './outbox.module.js';
export { Every } from './recurring.js';
