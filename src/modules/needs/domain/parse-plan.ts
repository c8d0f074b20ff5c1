import type { Fault } from '../../../shared/denial.js';
import type { Result } from '../../../shared/result.js';
import {
  label,
  listOf,
  manyOf,
  number,
  objectOf,
  oneOf,
  optional,
  orNull,
  readStrictly,
  required,
  shaped,
  whole,
} from '../../../shared/strict-json.js';
import { BORROWER_CATEGORIES, DEVICE_CATEGORIES } from '../../../shared/vocabulary.js';
import { PLAN_CONNECTIVITY_KINDS, type PlanInput, type PlanRequest, SLOT_MINUTES } from './plan-input.js';
import { planInputOf } from './plan-of.js';
import { isTimeOfDay } from './time-of-day.js';

const id = required(label(200));
const time = required(shaped(isTimeOfDay, 'must be HH:MM, from 00:00 to 24:00'));
const weekday = required(whole(1, 7));
const ranges = listOf(objectOf({ weekday, from: time, to: time }));
const work = listOf(objectOf({ weekday, minutes: required(whole(0, 1440)) }));
const categories = optional(manyOf(DEVICE_CATEGORIES));

/** The same fields as in `PlanBody`, with which the API reads a plan; `plan.body.spec.ts` compares the two. */
const PLAN = objectOf({
  day: optional(objectOf({ from: time, to: time })),
  slotMinutes: optional(oneOf(SLOT_MINUTES)),
  learners: required(listOf(objectOf({ id, level: required(oneOf(BORROWER_CATEGORIES)), live: optional(ranges), work: optional(work) }))),
  equipment: required(listOf(objectOf({ id, category: required(oneOf(DEVICE_CATEGORIES)), available: orNull(ranges) }))),
  connectivity: required(
    objectOf({ kind: required(oneOf(PLAN_CONNECTIVITY_KINDS)), simultaneousLive: orNull(whole(1, 100)), available: orNull(ranges) }),
  ),
  suitability: optional(
    objectOf({
      live: categories,
      work: optional(objectOf({ primary: categories, college: categories, lycee: categories, staff: categories })),
    }),
  ),
  offlineWorkShare: optional(number(0, 1)),
});

/** Reads any JSON value as an input of the engine, or finds its faults; the command line uses it. */
export function parsePlan(json: unknown): Result<PlanInput, Fault[]> {
  const request: Result<PlanRequest, Fault[]> = readStrictly(PLAN, json);
  return request.ok ? planInputOf(request.value) : request;
}
