const FREE_FAILURES = 5;
const FIRST_PAUSE_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 300;
/** One address may fail this often on all accounts together, since a whole school may share it. */
const FREE_FAILURES_OF_ADDRESS = 50;

/** Failed sign-ins not long ago. */
export interface Failures {
  readonly count: number;
  readonly lastAt: Date | null;
}

/**
 * Seconds until another try is let in; 0 for now. Failures count for an account at one address, so that nobody can lock out somebody
 * who signs in from elsewhere, and never for longer than five minutes after the last try; a second count holds for one address on all accounts.
 */
export function secondsToWait(ofAccount: Failures, ofAddress: Failures, now: Date): number {
  return Math.max(pause(ofAccount, FREE_FAILURES, now), pause(ofAddress, FREE_FAILURES_OF_ADDRESS, now));
}

function pause({ count, lastAt }: Failures, free: number, now: Date): number {
  if (count < free || lastAt === null) return 0;
  const seconds = Math.min(FIRST_PAUSE_SECONDS * 2 ** Math.min(count - free, 10), LONGEST_PAUSE_SECONDS);
  return Math.max(0, Math.ceil((lastAt.getTime() - now.getTime()) / 1000) + seconds);
}
