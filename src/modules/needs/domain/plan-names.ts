import type { TextLanguage } from '../../../shared/language.js';
import { PLAN_TEXTS, type PlanTexts } from './plan-texts.js';
import type { PlanWeek } from './plan-week.js';

/** Returns the names of a plan's devices, by id: their own name, or else their category, numbered when a household has several. */
export function deviceNames({ devices }: Pick<PlanWeek, 'devices'>, texts: PlanTexts): Map<string, string> {
  const names = devices.map(({ name, category }) => name?.trim() || texts.devices[category]);
  return new Map(
    devices.map(({ id }, place) => {
      const name = names[place] ?? '';
      const among = names.flatMap((other, i) => (other === name ? [i] : []));
      return [id, among.length > 1 ? `${name} ${among.indexOf(place) + 1}` : name];
    }),
  );
}

/** Returns the names of a plan's learners, by id. */
export function learnerNames({ learners }: Pick<PlanWeek, 'learners'>): Map<string, string> {
  return new Map(learners.map(({ id, name }) => [id, name]));
}

/** The names of devices that have none of their own, as the plan will call them. */
export function numberedDeviceNames(
  devices: readonly Omit<PlanWeek['devices'][number], 'name'>[],
  language: TextLanguage,
): Map<string, string> {
  return deviceNames({ devices: devices.map(({ id, category }) => ({ id, name: null, category })) }, PLAN_TEXTS[language]);
}
