import { Id, jobKind } from '../../../platform/index.js';

export const SCORE_LINE = jobKind('priority.score_line', { lineId: Id.text });
export const SCORE_HOUSEHOLD = jobKind('priority.score_household', { householdId: Id.text });
/** Brings the order of the queues to the policy that holds. */
export const RERANK = jobKind(
  'priority.rerank',
  {
    /** Of a policy that was added: the day from which it holds. */
    holdsFrom: Id.optional(Id.day),
    /** Towards which version of the policy, and after which line; `switch`: all are reckoned. */
    version: Id.optional(Id.number),
    after: Id.optional(Id.text),
    /** Which of those that were asked for though the policy is the same. */
    again: Id.optional(Id.number),
  },
  { lane: 'bulk' },
);

/** The jobs that score many lines, or those of one household, once something that they stand on was committed: until then a score is only late. */
export const SCORE_JOBS = {
  ofAll: [RERANK.kind, 'school.index_changed>priority', 'council.time_zone_changed>priority'],
  ofOne: ['household.changed>priority', 'household.holding_changed>priority', 'household.need_changed>priority'],
} as const;
