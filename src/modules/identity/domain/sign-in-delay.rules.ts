/** How often something may be tried before each further try waits, and how long failures count. */
export interface AttemptLimits {
  /** Failures of one subject at one place. */
  readonly free: number;
  /** Failures at one place, on all subjects together; left out: not counted. */
  readonly freeAtPlace?: number;
  /** Failures of one subject, at all places together; left out: not counted. */
  readonly freeOfSubject?: number;
  readonly longestPauseSeconds: number;
  readonly rememberedMinutes: number;
}

const FIRST_PAUSE_SECONDS = 15;

/** A browser that signed in to this account before: it waits for nobody's failures but its own. */
export const KNOWN_BROWSER_ATTEMPTS: AttemptLimits = { free: 5, longestPauseSeconds: 300, rememberedMinutes: 30 };

/**
 * Passwords from anywhere else. Failures count for an account at one address, so that a stranger's mistypings lock out nobody elsewhere;
 * then for the address on all accounts, since a whole school may share it; then for the account at all addresses, since who guesses may
 * have many (NIST SP 800-63B, 5.2.2, allows a hundred). Nobody waits for longer than five minutes after the last try.
 */
export const PASSWORD_ATTEMPTS: AttemptLimits = { ...KNOWN_BROWSER_ATTEMPTS, freeAtPlace: 50, freeOfSubject: 50 };

/**
 * Codes of six digits are soon guessed: who knows the password has few tries at them, and waits for up to an hour, a whole day long. Browsers
 * that are known have tries of their own, but not without end: who had the password before there was a second factor may have many of them.
 */
export const CODE_ATTEMPTS: AttemptLimits = { free: 5, freeOfSubject: 50, longestPauseSeconds: 3600, rememberedMinutes: 24 * 60 };

/** Failures that are not forgotten yet. */
export interface Failures {
  readonly count: number;
  readonly lastAt: Date | null;
}

/** What failed of one subject at one place, at that place, and of that subject. */
export interface FailuresAround {
  readonly here: Failures;
  readonly atPlace: Failures;
  readonly ofSubject: Failures;
}

/** Seconds until another try is let in; 0 for now. */
export function secondsToWait({ here, atPlace, ofSubject }: FailuresAround, limits: AttemptLimits, now: Date): number {
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
