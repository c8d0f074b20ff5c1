import { jobKind } from '../../../platform/index.js';

export const SCORE_LINE = jobKind('priority.score_line');
export const SCORE_HOUSEHOLD = jobKind('priority.score_household');
/** Brings the order of the queues to the policy that holds. */
export const RERANK = jobKind('priority.rerank');

/** The jobs that score many lines, or those of one household, once something that they stand on was committed: until then a score is only late. */
export const SCORE_JOBS = {
  ofAll: [RERANK, 'school.index_changed>priority', 'council.time_zone_changed>priority'],
  ofOne: ['household.changed>priority', 'household.holding_changed>priority', 'household.need_changed>priority'],
} as const;
