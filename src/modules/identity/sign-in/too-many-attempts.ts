import { Problem } from '../../../platform/index.js';
import type { RequiredWait } from './attempt-limiter.js';

/** The problem 429, with the time to wait. */
export function tooManyAttempts({ seconds }: RequiredWait): Problem {
  return Problem.of('RATE_LIMITED', { headers: { 'retry-after': String(seconds) } });
}
