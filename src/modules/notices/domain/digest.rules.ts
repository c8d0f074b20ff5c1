import { addDays, dayIn, instantAt } from '../../../shared/day.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';

/** Before people begin to work. */
const DIGEST_TIME = '08:00';

/** More than this is only said to be more. */
export const MOST_COUNTED = 1_000;
/** References that are named, of each kind. */
export const MOST_LISTED = 10;

/** How many there are, and the references of the first: of loans, or of families; never a name. */
export interface Waiting {
  readonly count: number;
  readonly references: readonly string[];
}

/** What waits for somebody who can do something about it. */
export interface Digest {
  readonly lateLoans: Waiting;
  readonly endingOffers: Waiting;
  /** Loans that run under another agreement text than was signed. */
  readonly unsignedAgreements: Waiting;
  /** Lines that wait for what there is none of beyond what the council keeps back, and the categories of it. */
  readonly unserved: { readonly count: number; readonly categories: readonly DeviceCategory[] };
  /** Ways of sending that are paused, since their settings refuse every message. */
  readonly pausedChannels: Waiting;
  readonly stuckNotices: Waiting;
  /** Numbers and addresses that nothing reaches any more, and that a family still has. */
  readonly deadAddresses: Waiting;
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
