import { Problem } from '../../platform/index.js';
import type { Wait } from './tries.js';

/** 429, with how long to wait. */
export function tooManyTries({ seconds }: Wait): Problem {
  return Problem.of('RATE_LIMITED', { headers: { 'retry-after': String(seconds) } });
}
