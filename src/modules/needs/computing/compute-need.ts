import { createHash } from 'node:crypto';
import type { NeedHousehold } from '../domain/need-input.js';
import type { Need } from '../domain/need.rules.js';
import { timetableOf } from '../domain/timetable.rules.js';
import type { DatedNeed, HouseholdAtHome, NeedCatalogue } from './needs.repository.js';

/**
 * Must be raised when the engine gives other results for the same inputs. A migration must then ask for the computation of every need, by a
 * job `needs.recompute_next` for each council.
 */
const ENGINE_VERSION = 1;

/** What a household's need is computed from; it is made once and gives the version as well as the need. */
export interface NeedInputs {
  readonly household: NeedHousehold;
  readonly timetables: DatedNeed['need']['timetables'];
  readonly version: string;
}

export function needInputs(atHome: HouseholdAtHome, { kits, profiles, lentStreams }: NeedCatalogue): NeedInputs {
  const resolved = atHome.learners.map((learner) => ({ learner, ...timetableOf(learner, profiles) }));
  const household: NeedHousehold = {
    learners: resolved.map(({ learner: { id, level }, timetable: { live, work } }) => ({ id, level, timetable: { live, work } })),
    equipment: atHome.equipment.map(({ id, category, available }) => ({ id, category, available })),
    lent: atHome.lent,
    connectivity: atHome.connectivity,
  };
  const timetables = Object.fromEntries(resolved.map(({ learner, source }) => [learner.id, source]));
  const valued = kits.map(({ id, components, costCents }) => ({ id, components, costCents }));
  const everything = JSON.stringify([ENGINE_VERSION, household, timetables, valued, lentStreams]);
  return { household, timetables, version: createHash('sha256').update(everything).digest('hex').slice(0, 32) };
}

/** Returns a need with the versions of what it was computed from. */
export function datedNeed(
  { id, version }: HouseholdAtHome,
  inputs: NeedInputs,
  need: Need,
  now: Date,
): DatedNeed & { householdId: string } {
  const dated = { ...need, timetables: inputs.timetables };
  return { householdId: id, need: dated, householdVersion: version, inputsVersion: inputs.version, computedAt: now };
}

/** Returns the schools whose profiles these households need. */
export function schoolsOf(households: readonly HouseholdAtHome[]): string[] {
  return [...new Set(households.flatMap(({ learners }) => learners.flatMap(({ schoolId }) => schoolId ?? [])))];
}
