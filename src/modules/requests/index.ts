export { Conditions } from './conditions.js';
export { hasText, TEXT_LANGUAGES, type TextLanguage, textLanguage } from './domain/criteria.texts.js';
export { OPEN_LINE_STATES, requestLineMachine, type RequestLineState } from './domain/request-line.machine.js';
export { afterMissedOffer, type LineMove, type LineMoveArguments, mayMakeMove } from './domain/line-move.rules.js';
export { CATEGORIES_OUT, HAS_OVERDUE_LOAN } from './household-standing.sql.js';
export { SUBMISSION_REFUSALS } from './domain/request.rules.js';
export { LineInQueueView, LineMoveBody } from './dto/request-line.dto.js';
export { type Holdings, LineMovesService } from './line-moves.service.js';
export { LineHistory1790000002110 } from './line-history.migration.js';
export { Lottery1790000001450 } from './lottery/lottery.migration.js';
export { ExplainedCriterionView, ExplanationQuery, ExplanationView } from './priority/dto/explanation.dto.js';
export { type ExplainedScore, type Explanation, ExplanationService, type StoredScore } from './priority/explanation.service.js';
export { PriorityPolicies1790000001300 } from './priority/priority-policies.migration.js';
export { Ranking1790000001400 } from './priority/ranking.migration.js';
export { ReranksAsked1790000001840 } from './priority/reranks-asked.migration.js';
export { scoredNow, SHIPPED as SHIPPED_SCALE_TEXT } from './priority/present-scale.sql.js';
export { ScoreChecker } from './priority/score-checker.js';
export { ScoresChecked1790000002255 } from './priority/scores-checked.migration.js';
export type { ScoreFault } from './domain/score-check.rules.js';
export { schoolOf, VERIFIED_FACTS } from './priority/score.sql.js';
export {
  narrowed,
  type QueueFilter,
  type QueuePlace,
  place as placeInQueue,
  SERVED_AHEAD,
  servedAheadValues,
  servesLine,
  type StockPool,
} from './queue.repository.js';
export { LineOrdinals1790000002560 } from './line-ordinals.migration.js';
export { RequestLinesService } from './request-lines.service.js';
export { Requests1790000000500 } from './requests.migration.js';
export { RequestsModule } from './requests.module.js';
export { ReviewOrder1790000001635 } from './review-order.migration.js';
export { ReviewOrderOfClass1790000001660 } from './review-order-of-class.migration.js';
export { waitingDays } from './priority/score.sql.js';
export type { RequestLine } from './requests.repository.js';
export { storedFacts, storedSources } from './domain/score.rules.js';
export { LINE_MOVED } from './requests.events.js';
