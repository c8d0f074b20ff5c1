import { readStrictly } from '../../../platform/index.js';
import type { Fault } from '../../../shared/denial.js';
import type { Result } from '../../../shared/result.js';
import type { PlanInput } from '../domain/plan-input.js';
import { planInputOf } from '../domain/plan-of.js';
import { PlanBody } from './dto/plan.body.js';

/** Reads any JSON value as an input of the engine, as strictly as the API reads a body; the command line uses it. */
export function parsePlanInput(json: unknown): Result<PlanInput, Fault[]> {
  const body = readStrictly(PlanBody, json);
  return body.ok ? planInputOf(body.value) : body;
}
