import { readStrictly } from '../../../platform/index.js';
import type { Fault } from '../../../shared/denial.js';
import type { Result } from '../../../shared/result.js';
import type { PlanInput } from '../domain/plan-input.js';
import { planInputOf } from '../domain/plan-of.js';
import { PlanBody } from './dto/plan.body.js';

/** Any JSON value as the engine takes it, read as strictly as a body: for the command line. */
export function parsePlanInput(json: unknown): Result<PlanInput, Fault[]> {
  const body = readStrictly(PlanBody, json);
  return body.ok ? planInputOf(body.value) : body;
}
