export { OPEN_LINE_STATES, requestLineMachine, type RequestLineState } from './domain/request-line.machine.js';
export type { QueuePlace, StockPool } from './queue.repository.js';
export { RequestLines } from './request-lines.js';
export { Requests1790000000500 } from './requests.migration.js';
export { RequestsModule } from './requests.module.js';
export type { RequestLine } from './requests.repository.js';
