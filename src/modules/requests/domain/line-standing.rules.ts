import type { Day } from '../../../shared/day.js';
import type { RequestLineMove, RequestLineState } from './request-line.machine.js';

/** The state of a line, and what the family is told about it. */
export interface LineStanding {
  readonly state: RequestLineState;
  /** The instant of submission, which never changes: the queue counts the waiting time from it. */
  readonly waitingSince: Date | null;
  readonly suspendedUntil: Day | null;
  /** The reason of the last move, in words for the family; an appeal leaves the reason of the refusal. */
  readonly reason: string | null;
  readonly appealedAt: Date | null;
  readonly appealDecidedAt: Date | null;
}

/** The reason and the day that were given with a move. */
export interface MoveDetails {
  readonly reason?: string | null;
  readonly until?: Day | null;
}

/** Returns a line's state and the rest of its standing after a move that leads to `to`. */
export function standingAfter(
  line: LineStanding,
  move: RequestLineMove,
  to: RequestLineState,
  { reason = null, until = null }: MoveDetails,
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
