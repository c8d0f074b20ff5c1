import { ticketOf } from './lottery.rules.js';
import type { PriorityScale } from './priority-policy.rules.js';
import { type PriorityFacts, scoreOf } from './score.rules.js';

/** The rules that stored scores, tickets, needs and counts must keep. */
export const SCORE_RULES = [
  'SCORE_IS_NOT_WHAT_ITS_FACTS_MAKE',
  'TICKET_IS_NOT_ITS_HOUSEHOLDS',
  'NEED_IS_NOT_OF_WHAT_IS_AT_HOME',
  'WAITING_COUNT_IS_NOT_ITS_LINES',
] as const;
export type ScoreRule = (typeof SCORE_RULES)[number];

export interface ScoreFault {
  readonly rule: ScoreRule;
  /** The id of the line or of the household; for a count, that of the council. */
  readonly subject: string;
  readonly found: string;
}

/** An open line with its stored score and ticket, and the facts from which they are made. */
export interface ScoredLine {
  readonly id: string;
  readonly householdId: string;
  readonly score: number;
  /** In hex. */
  readonly ticket: string;
  readonly facts: PriorityFacts;
}

/** What every score and ticket of a council is made from. */
export interface ScoringBasis {
  readonly scale: PriorityScale;
  readonly key: Uint8Array;
}

/** Returns how the stored score and ticket of a line differ from those that the rules give. */
export function scoreFaults({ id, householdId, score, ticket, facts }: ScoredLine, { scale, key }: ScoringBasis): ScoreFault[] {
  const right = scoreOf(facts, scale).score;
  const isDrawn = ticket === ticketOf(key, householdId);
  return [
    ...(score === right
      ? []
      : [{ rule: 'SCORE_IS_NOT_WHAT_ITS_FACTS_MAKE' as const, subject: id, found: `${score}, by the rule ${right}` }]),
    ...(isDrawn ? [] : [{ rule: 'TICKET_IS_NOT_ITS_HOUSEHOLDS' as const, subject: id, found: 'made from another key or household' }]),
  ];
}
