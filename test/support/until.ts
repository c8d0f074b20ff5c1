import { setTimeout as pause } from 'node:timers/promises';

/** The pause between two checks. A check that takes long is repeated less often, so that it does not take the time of what it waits for. */
const pauseAfter = (milliseconds: number) => Math.min(250, Math.max(10, 3 * milliseconds));

/** Resolves with the result of `condition` once that is truthy. @throws Error that says what was waited for, after `within` milliseconds */
export async function until<T>(what: string, condition: () => Promise<T> | T, within = 30_000): Promise<NonNullable<T>> {
  const end = Date.now() + within;
  for (;;) {
    const asked = Date.now();
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain: ${what}`);
    await pause(pauseAfter(Date.now() - asked));
  }
}
