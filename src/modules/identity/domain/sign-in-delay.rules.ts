/** How often something may be tried before further attempts have to wait, and how long failures count. */
export interface AttemptLimits {
  /** The number of failures of one subject at one place that cause no wait. */
  readonly free: number;
  /** The number of failures at one place, of all subjects together, that cause no wait. If it is left out, these are not counted. */
  readonly freeAtPlace?: number;
  /** The number of failures of one subject, at all places together, that cause no wait. If it is left out, these are not counted. */
  readonly freeOfSubject?: number;
  readonly longestPauseSeconds: number;
  readonly rememberedMinutes: number;
}

const FIRST_PAUSE_SECONDS = 15;

/** The limits of a browser from which somebody signed in to this account before. Only its own failures make it wait. */
export const KNOWN_BROWSER_ATTEMPTS: AttemptLimits = { free: 5, longestPauseSeconds: 300, rememberedMinutes: 30 };

/**
 * The limits of passwords from any other browser. Failures count first for an account at one address, so that wrong attempts of a stranger
 * do not keep the owner out elsewhere; then for the address with all accounts, since a whole school may share it; then for the account at
 * all addresses, since somebody who guesses may have many (NIST SP 800-63B, 5.2.2, allows a hundred). Nobody waits for longer than five
 * minutes after the last attempt.
 */
export const PASSWORD_ATTEMPTS: AttemptLimits = { ...KNOWN_BROWSER_ATTEMPTS, freeAtPlace: 50, freeOfSubject: 50 };

/**
 * The limits of codes that are printed for families. They count for a file at one address and for the address with all files, since a whole
 * school may share it, but never for a file at all addresses: nobody shall lock a family out from elsewhere. Nobody guesses one of 2^40 codes
 * in its sixty days with some hundred tries a day and address.
 */
export const ACCESS_CODE_ATTEMPTS: AttemptLimits = { ...KNOWN_BROWSER_ATTEMPTS, freeAtPlace: 100 };

/**
 * The limits of codes. Codes of six digits are soon guessed, so somebody who knows the password has only few attempts, then waits for up to
 * an hour, during a whole day. Known browsers have attempts of their own, but not without limit: somebody who had the password before there
 * was a second factor may own many of them.
 */
export const CODE_ATTEMPTS: AttemptLimits = { free: 5, freeOfSubject: 50, longestPauseSeconds: 3600, rememberedMinutes: 24 * 60 };

/** The failures that still count. */
export interface Failures {
  readonly count: number;
  readonly lastAt: Date | null;
}

/** The failures of one subject at one place, of all subjects at that place, and of that subject at all places. */
export interface RelatedFailures {
  readonly here: Failures;
  readonly atPlace: Failures;
  readonly ofSubject: Failures;
}

/** The number of seconds until another attempt is allowed; 0 means that it is allowed now. */
export function secondsToWait({ here, atPlace, ofSubject }: RelatedFailures, limits: AttemptLimits, now: Date): number {
  const { free, freeAtPlace = Infinity, freeOfSubject = Infinity } = limits;
  const counted: [Failures, number][] = [
    [here, free],
    [atPlace, freeAtPlace],
    [ofSubject, freeOfSubject],
  ];
  return Math.max(...counted.map(([failures, freely]) => pause(failures, freely, limits.longestPauseSeconds, now)));
}

function pause({ count, lastAt }: Failures, free: number, longestSeconds: number, now: Date): number {
  if (count < free || lastAt === null) return 0;
  const seconds = Math.min(FIRST_PAUSE_SECONDS * 2 ** Math.min(count - free, 20), longestSeconds);
  return Math.max(0, Math.ceil((lastAt.getTime() - now.getTime()) / 1000) + seconds);
}
