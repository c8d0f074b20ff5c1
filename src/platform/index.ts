export { Audit, AuditChainService, type ChainHead } from './audit/index.js';
export { Clock } from './clock/clock.js';
export { Secrets } from './config/secrets.js';
export { Settings } from './config/settings.js';
export {
  type Caller,
  type Found,
  isDatabaseAway,
  LONGEST_TRANSACTION_MS,
  readBy,
  search,
  MOST_HITS,
  searchPatterns,
  Transactions,
  Tx,
  Versioned,
  VersionedTable,
  violation,
  whenDuplicate,
} from './database/index.js';
export { Metrics } from './health/metrics.js';
export { orProblem } from './http/outcome.js';
export { Problem } from './http/problem.js';
export { Log } from './logging/log.js';
export { COUNCIL_HEADER, Mailer } from './mail/mailer.js';
export { ShownMessagesRepository } from './messages/shown-messages.repository.js';
export {
  Every,
  HandlesJob,
  HandlesEvent,
  Id,
  type Job,
  type JobEvent,
  jobEvent,
  jobKind,
  type JobOf,
  type Lane,
  type LaneCount,
  LaneCounter,
  LANES,
  MOST_COUNTED,
  Outbox,
  PermanentFailure,
  storedIds,
} from './outbox/index.js';
export { OutsideClient, OutsideFault } from './outside/index.js';
export { threadTask } from './threads/thread-pool.js';
export { type DedicatedThread, ThreadDispatcher } from './threads/thread-dispatcher.js';
