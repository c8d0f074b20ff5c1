import { Id, jobKind } from '../../../platform/index.js';

export const SCORE_LINE = jobKind('priority.score_line', { lineId: Id.text });
export const SCORE_HOUSEHOLD = jobKind('priority.score_household', { householdId: Id.text });
/** Scores all lines again by the policy that holds. */
export const RERANK = jobKind(
  'priority.rerank',
  {
    /** For a policy that was added: the day from which it holds. */
    holdsFrom: Id.optional(Id.day),
    /** The version of the policy that it works towards, and the line after which it continues; `switch` when every line was scored. */
    version: Id.optional(Id.number),
    after: Id.optional(Id.text),
    /** The number of the request for a new order under the same policy. */
    again: Id.optional(Id.number),
  },
  { lane: 'bulk' },
);

/**
 * The jobs that score many lines, or those of one household, after a change was committed. Until they have run, a score is late and not wrong.
 */
export const SCORE_JOBS = {
  ofAll: [RERANK.kind, 'school.index_changed>priority', 'council.time_zone_changed>priority'],
  ofOne: ['household.changed>priority', 'household.holding_changed>priority', 'household.need_changed>priority'],
} as const;
