import { setTimeout as pause } from 'node:timers/promises';

/** A question that costs much is asked less often: it must not take the time of what is waited for. */
const pauseAfter = (milliseconds: number) => Math.min(250, Math.max(10, 3 * milliseconds));

/** Resolves once `condition` holds, with what it gave. @throws Error that says what was waited for, after `within` milliseconds */
export async function until<T>(what: string, condition: () => Promise<T> | T, within = 15_000): Promise<NonNullable<T>> {
  const end = Date.now() + within;
  for (;;) {
    const asked = Date.now();
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain: ${what}`);
    await pause(pauseAfter(Date.now() - asked));
  }
}
