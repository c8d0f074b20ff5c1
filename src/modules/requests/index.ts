export type { AskedChild, AskingAnswers } from './asking/asking.js';
export { AskingService } from './asking/asking.service.js';
export { SendRequestService } from './asking/send-request.service.js';
export { RequestsService, type RequestWithLines } from './intake/requests.service.js';
export { Conditions } from './queue/conditions.js';
export { OPEN_LINE_STATES, requestLineMachine, type RequestLineState } from './domain/request-line.machine.js';
export { afterMissedOffer, type LineMove, type LineMoveArguments, mayMakeMove } from './domain/line-move.rules.js';
export { CATEGORIES_OUT, HAS_OVERDUE_LOAN } from './queue/household-standing.sql.js';
export { QueueService } from './queue/queue.service.js';
export type { PlacedLine } from './queue/queue.repository.js';
export { SUBMISSION_REFUSALS } from './domain/request.rules.js';
export { type HoldingsHandler, LineMovesService } from './lines/line-moves.service.js';
export { type ExplainedScore, type Explanation, ExplanationService, type StoredScore } from './priority/explanation.service.js';
export { scoredNow, SHIPPED_SCALE_TEXT as SHIPPED_SCALE_TEXT } from './priority/present-scale.sql.js';
export { ScoreChecker } from './priority/score-checker.js';
export type { ScoreFault } from './domain/score-check.rules.js';
export { schoolOf, VERIFIED_FACTS } from './priority/score.sql.js';
export {
  narrowed,
  placeInQueue as placeInQueue,
  type QueueFilter,
  type QueuePlace,
  SERVED_AHEAD,
  servedAheadValues,
  servesLine,
  type StockPool,
} from './queue/queue.repository.js';
export { RequestLinesService } from './lines/request-lines.service.js';
export { waitingDays } from './priority/score.sql.js';
export type { RequestLine } from './intake/requests.repository.js';
export { storedFactSources, storedPriorityFacts } from './domain/score.rules.js';
export { LINE_MOVED } from './requests.events.js';
