import { Problem } from '../../../platform/index.js';
import type { RequiredWait } from './attempt-limiter.js';

/** 429, with how long to wait. */
export function tooManyAttempts({ seconds }: RequiredWait): Problem {
  return Problem.of('RATE_LIMITED', { headers: { 'retry-after': String(seconds) } });
}
