import { addDays, dayIn, instantAt } from '../../../shared/day.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';

/** The digest comes before people begin to work. */
const DIGEST_TIME = '08:00';

/** Things are counted up to this number; beyond it the digest says "more than". */
export const MOST_COUNTED = 1_000;
/** So many references of each kind are listed. */
export const MOST_LISTED = 10;

/** How many things of one kind wait, and the references of the first of them: of loans, or of families, and never a name. */
export interface CountedReferences {
  readonly count: number;
  readonly references: readonly string[];
}

/** Everything in a council or a school that waits for somebody to act. */
export interface Digest {
  readonly lateLoans: CountedReferences;
  readonly endingOffers: CountedReferences;
  /** Open loans whose present agreement text is not signed. */
  readonly unsignedAgreements: CountedReferences;
  /** Waiting lines for which nothing is left to lend, and the categories that they ask for. */
  readonly unserved: { readonly count: number; readonly categories: readonly DeviceCategory[] };
  /** Channels that are paused because their settings make the provider refuse every message. */
  readonly pausedChannels: CountedReferences;
  readonly stuckNotices: CountedReferences;
  /** Phone numbers and addresses of families at which no message arrives any more. */
  readonly deadAddresses: CountedReferences;
  readonly letters: number;
}

export function isEmpty({ letters, ...waiting }: Digest): boolean {
  return letters === 0 && Object.values(waiting).every(({ count }) => count === 0);
}

/** When the digest of today is due in that time zone. */
export function digestOfToday(now: Date, timeZone: string): Date {
  return instantAt(dayIn(now, timeZone), DIGEST_TIME, timeZone);
}

/** When the next digest is due after an instant. */
export function nextDigest(now: Date, timeZone: string): Date {
  const today = digestOfToday(now, timeZone);
  return today > now ? today : instantAt(addDays(dayIn(now, timeZone), 1), DIGEST_TIME, timeZone);
}
