import type { Fault } from '../../../shared/denial.js';
import type { PlanInput, WeekRange } from './plan-input.js';
import { minutesOf } from './time-of-day.js';

const fault = (pointer: string, code: string, message: string): Fault => ({ pointer, code, message });

/** Returns contradictions between the parts of a well-formed input; their shapes were checked before. */
export function planFaults(input: PlanInput): Fault[] {
  const { learners, equipment, connectivity } = input;
  const day = dayFaults(input);
  const ranges = (list: readonly WeekRange[] | null, at: string) => (day.length > 0 ? [] : rangeFaults(list ?? [], at, input));
  return [
    ...day,
    ...repeatedIds(learners, '/learners'),
    ...learners.flatMap(({ live }, i) => ranges(live, `/learners/${i}/live`)),
    ...repeatedIds(equipment, '/equipment'),
    ...equipment.flatMap(({ available }, i) => ranges(available, `/equipment/${i}/available`)),
    ...ranges(connectivity.available, '/connectivity/available'),
  ];
}

function dayFaults({ day: { from, to }, slotMinutes }: PlanInput): Fault[] {
  const length = minutesOf(to) - minutesOf(from);
  if (length <= 0) return [fault('/day/to', 'ENDS_BEFORE_IT_STARTS', 'must be later than from')];
  return length % slotMinutes === 0 ? [] : [fault('/day/to', 'OFF_THE_SLOTS', `must lie a multiple of ${slotMinutes} minutes after from`)];
}

function rangeFaults(list: readonly WeekRange[], at: string, { day, slotMinutes }: PlanInput): Fault[] {
  const time = (text: string, pointer: string): Fault[] => {
    const minutes = minutesOf(text);
    if (minutes < minutesOf(day.from) || minutes > minutesOf(day.to)) {
      return [fault(pointer, 'OUTSIDE_THE_DAY', `must lie between ${day.from} and ${day.to}`)];
    }
    const off = (minutes - minutesOf(day.from)) % slotMinutes !== 0;
    return off ? [fault(pointer, 'OFF_THE_SLOTS', `must lie a multiple of ${slotMinutes} minutes after ${day.from}`)] : [];
  };
  return list.flatMap(({ from, to }, i) => [
    ...time(from, `${at}/${i}/from`),
    ...time(to, `${at}/${i}/to`),
    ...(minutesOf(to) <= minutesOf(from) ? [fault(`${at}/${i}/to`, 'ENDS_BEFORE_IT_STARTS', 'must be later than from')] : []),
  ]);
}

function repeatedIds(list: readonly { readonly id: string }[], at: string): Fault[] {
  const ids = list.map(({ id }) => id);
  return ids.flatMap((id, i) => (ids.indexOf(id) < i ? [fault(`${at}/${i}/id`, 'REPEATED', 'stands in the list twice')] : []));
}
