export { JobsSwitch } from './jobs-switch.js';
export { HandlesEvent, HandlesJob } from './handlers.js';
export { type Job, PermanentFailure, storedIds } from './job.js';
export { Id, type JobEvent, jobEvent, jobKind, type JobOf } from './job-kind.js';
export { type LaneCount, LaneCounter, MOST_COUNTED } from './lane-counter.js';
export { type Lane, LANES } from './lanes.js';
export { Outbox } from './outbox.js';
export { OutboxExecutor } from './outbox.executor.js';
export { Every } from './every.js';
