import { orProblem, Problem } from '../platform/index.js';
import type { Outcome } from '../shared/denial.js';
import { WrongUsage } from './command.js';

/** The value of an outcome. @throws WrongUsage with the reason in words, when there is no value */
export function orWrongUsage<T>(outcome: Outcome<T>): T {
  try {
    return orProblem(outcome);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new WrongUsage(error.details.detail ?? error.title);
  }
}
