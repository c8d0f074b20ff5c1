import { readFileSync } from 'node:fs';

/** The statistics of the thread that reads the file; the first number is nanoseconds on a processor. */
const OF_THIS_THREAD = '/proc/thread-self/schedstat';
const EVERY_MS = 2;

/**
 * The milliseconds that this thread has computed, without the time that other programs took. If the system does not know them, the
 * milliseconds that have passed.
 */
function computed(): number {
  try {
    return Number(readFileSync(OF_THIS_THREAD, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

/** Does the work, and returns the longest time in milliseconds for which this thread could do nothing else. */
export async function longestHold<T>(work: () => Promise<T>): Promise<{ value: T; holdMs: number }> {
  let before = computed();
  let holdMs = 0;
  const look = () => {
    const now = computed();
    holdMs = Math.max(holdMs, now - before);
    before = now;
  };
  const timer = setInterval(look, EVERY_MS);
  try {
    const value = await work();
    look();
    return { value, holdMs };
  } finally {
    clearInterval(timer);
  }
}
