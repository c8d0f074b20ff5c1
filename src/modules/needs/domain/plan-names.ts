import type { PlanTexts } from './plan-texts.js';
import type { PlanWeek } from './plan-week.js';

/** What a plan calls its devices, by id: their own name, or else their category, numbered where a household has several. */
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

/** What a plan calls its learners, by id. */
export function learnerNames({ learners }: Pick<PlanWeek, 'learners'>): Map<string, string> {
  return new Map(learners.map(({ id, name }) => [id, name]));
}
