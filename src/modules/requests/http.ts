// What the controllers of other modules use; what knows nothing of HTTP takes ./index.ts.
export { LineInQueueView, LineMoveBody } from './lines/dto/request-line.dto.js';
export { ExplainedCriterionView, ExplanationQuery, ExplanationView } from './priority/dto/explanation.dto.js';
