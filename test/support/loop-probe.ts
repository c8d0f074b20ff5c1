import { readFileSync } from 'node:fs';

/** Of the thread that reads it: nanoseconds on a processor, then others. */
const OF_THIS_THREAD = '/proc/thread-self/schedstat';
const EVERY_MS = 2;

/** Milliseconds that this thread has computed: other programs on the machine do not count. Where the system does not tell, the time that passed. */
function computed(): number {
  try {
    return Number(readFileSync(OF_THIS_THREAD, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

/** Does the work, and says for how long at a stretch, in milliseconds, nobody else could be served by this thread meanwhile. */
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
