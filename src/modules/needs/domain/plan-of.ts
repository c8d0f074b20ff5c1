import type { Fault } from '../../../shared/denial.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { type PlanInput, type PlanRequest, withDefaults } from './plan-input.js';
import { planFaults } from './plan-input.rules.js';
import { type SharingPlan, sharingPlan } from './sharing-plan.js';

/** Fills in the defaults of a request, or returns its faults. */
export function planInputOf(request: PlanRequest): Result<PlanInput, Fault[]> {
  const input = withDefaults(request);
  const faults = planFaults(input);
  return faults.length === 0 ? ok(input) : refused(faults);
}

/** Returns the plan of a request, or its faults. */
export function planOf(request: PlanRequest): Result<SharingPlan, Fault[]> {
  const input = planInputOf(request);
  return input.ok ? ok(sharingPlan(input.value)) : input;
}
