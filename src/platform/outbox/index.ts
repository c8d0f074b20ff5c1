export { JobsSwitch } from './jobs-switch.js';
export { HandlesJob, Hears, jobKind } from './handlers.js';
export type { Job } from './job.js';
export { Outbox } from './outbox.js';
export { OutboxExecutor } from './outbox.executor.js';
export { OutboxModule } from './outbox.module.js';
export { Every } from './recurring.js';
