import type { Day } from '../../../shared/day.js';
import type { RequestLineMove, RequestLineState } from './request-line.machine.js';

/** Where a line stands, and what the family is told about it. */
export interface LineStanding {
  readonly state: RequestLineState;
  /** Set at submission and never again: it is what the queue counts. */
  readonly waitingSince: Date | null;
  readonly suspendedUntil: Day | null;
  /** The words of the last move, for the family; an appeal leaves those of the refusal. */
  readonly reason: string | null;
  readonly appealedAt: Date | null;
  readonly appealDecidedAt: Date | null;
}

/** What was said with a move. */
export interface SaidWithMove {
  readonly reason?: string | null;
  readonly until?: Day | null;
}

/** How a line stands after a move that leads to `to`. */
export function standingAfter(
  line: LineStanding,
  move: RequestLineMove,
  to: RequestLineState,
  { reason = null, until = null }: SaidWithMove,
  now: Date,
): LineStanding {
  const decided = move === 'uphold_appeal' || move === 'dismiss_appeal';
  return {
    state: to,
    waitingSince: move === 'submit' ? now : line.waitingSince,
    suspendedUntil: move === 'suspend' ? until : null,
    reason: move === 'appeal' ? line.reason : reason,
    appealedAt: move === 'appeal' ? now : line.appealedAt,
    appealDecidedAt: move === 'appeal' ? null : decided ? now : line.appealDecidedAt,
  };
}
