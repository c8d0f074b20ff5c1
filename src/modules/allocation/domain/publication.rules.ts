import type { Refusal, RefusalTable } from '../../../shared/refusal.js';
import { refusalsHolding } from '../../../shared/refusal.js';

/** Reasons against publishing a round, in the order in which the API lists them. */
export const PUBLICATION_REFUSALS = {
  ROUND_NOT_SOLVED: { overridable: false, message: 'The round is still being solved; look at its progress and publish it then.' },
  ORDER_CHANGED: { overridable: false, message: 'Another policy holds, or tickets were drawn again, since it was solved; solve it again.' },
  LINES_CHANGED: {
    overridable: false,
    message: 'Some of the lines do not wait any more, or may not have what is proposed today; solve the round again.',
  },
  STOCK_CHANGED: { overridable: false, message: 'Some of the devices are not there any more; solve the round again.' },
  FACTS_CHANGED: {
    overridable: false,
    message: 'Some of the families have changed what they declared: look at each, and confirm it or set it aside.',
  },
} as const satisfies RefusalTable;

/** When a family changed a declared fact within this many days, a person must look at it before a device is promised. */
const LATELY_DAYS = 30;

/** The instant from which on a change of a declared fact counts as recent. */
export function changedSince(now: Date): Date {
  return new Date(now.getTime() - LATELY_DAYS * 86_400_000);
}

/** A pool that now has fewer devices than when the round was solved. */
export interface ShrunkPool {
  readonly category: string;
  readonly siteId: string;
  readonly fundId: string | null;
  readonly before: number;
  readonly now: number;
}

export interface PublicationFacts {
  readonly isSolved: boolean;
  /** Whether the priority policy and the key of the lottery are still those under which the round was solved. */
  readonly isOrderKept: boolean;
  /** Served lines that no longer wait. */
  readonly changedLines: readonly string[];
  readonly shrunkPools: readonly ShrunkPool[];
  /** Served lines whose family recently changed a declared fact that nobody has confirmed. */
  readonly unconfirmedLines: readonly string[];
}

/** The most ids that one message names. The list of proposals has all of them. */
const NAMED = 10;

/** Every reason against publishing, with the changed lines and pools in its message. Without a reason the round may be published. */
export function publicationRefusals(facts: PublicationFacts): Refusal[] {
  const details: Partial<Record<string, string>> = {
    LINES_CHANGED: named(facts.changedLines),
    STOCK_CHANGED: named(
      facts.shrunkPools.map(({ category, siteId, before, now }) => `${category} at ${siteId}: ${now} instead of ${before}`),
    ),
    FACTS_CHANGED: named(facts.unconfirmedLines),
  };
  const reasons = refusalsHolding(PUBLICATION_REFUSALS, {
    ROUND_NOT_SOLVED: !facts.isSolved,
    ORDER_CHANGED: facts.isSolved && !facts.isOrderKept,
    LINES_CHANGED: facts.changedLines.length > 0,
    STOCK_CHANGED: facts.shrunkPools.length > 0,
    FACTS_CHANGED: facts.unconfirmedLines.length > 0,
  });
  return reasons.map((reason) => ({ ...reason, message: [reason.message, details[reason.code]].filter(Boolean).join(' ') }));
}

function named(things: readonly string[]): string {
  const rest = things.length - NAMED;
  return [things.slice(0, NAMED).join(', '), ...(rest > 0 ? [`and ${rest} more`] : [])].join(' ');
}
