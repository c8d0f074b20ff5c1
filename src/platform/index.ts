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
export { About } from './http/about.js';
export { Accepts, Answers, AnswersNothing, AnswersOrShows, AnswersPage, Creates } from './http/answers.js';
export { encodingFor } from './http/compression.js';
export { controllerMethods } from './http/controller-methods.js';
export { FrenchPostalCode } from './http/field-rules.js';
export { Field, orNull, Parameter } from './http/field.js';
export { callerNetworkOf } from './http/caller-network.js';
export { Example } from './http/openapi-examples.js';
export { orProblem } from './http/outcome.js';
export { Cursors, type Page, PageQuery } from './http/page.js';
export { Problem } from './http/problem.js';
export { Public, PUBLIC, type PublicAccess } from './http/public.js';
export { RateLimiter } from './http/rate-limiter.js';
export { AlsoAnswers, Conflicts, Refuses } from './http/refusals.js';
export { routeOf } from './http/request-context.js';
export { IdPath } from './http/paths.js';
export { showPage } from './http/show-page.js';
export { receiveForm, TakesForm, UPLOAD_PIECE } from './http/upload.js';
export { IfMatch } from './http/version.js';
export { VersionedView } from './http/versioned.view.js';
export { Changes, HasNoEffect, idempotencyKeyOf, IgnoresIdempotencyKey, Makes, OneTimeSecrets, Shows } from './idempotency/index.js';
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
