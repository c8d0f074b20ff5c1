import { readStrictly } from '../../platform/index.js';
import type { Fault } from '../../shared/denial.js';
import { ok, refused, type Result } from '../../shared/result.js';
import { type PlanInput, withDefaults } from './domain/plan-input.js';
import { planFaults } from './domain/plan-input.rules.js';
import { PlanBody } from './dto/plan.body.js';

/** A body that was read into its class, with every default, or what its parts have against each other. */
export function planInputOf(body: PlanBody): Result<PlanInput, Fault[]> {
  const input = withDefaults(body);
  const faults = planFaults(input);
  return faults.length === 0 ? ok(input) : refused(faults);
}

/** The same of any JSON value: for the command line. */
export function parsePlanInput(json: unknown): Result<PlanInput, Fault[]> {
  const body = readStrictly(PlanBody, json);
  return body.ok ? planInputOf(body.value) : body;
}
