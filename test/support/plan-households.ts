import { fc } from '@fast-check/jest';
import { type PlanInput, type WeekRange, withDefaults } from '../../src/modules/needs/domain/plan-input.js';
import type { PlanBlock, SharingPlan } from '../../src/modules/needs/domain/sharing-plan.js';
import { BORROWER_CATEGORIES } from '../../src/shared/vocabulary.js';

// Households that fast-check generates, and the rules that every plan must keep.

interface HouseholdSize {
  readonly learners: number;
  readonly devices: number;
  readonly weekdays: number;
  /** The number of hours of a day, from 08:00 on. */
  readonly hours: number;
  readonly slotMinutes: 30 | 60;
  readonly alwaysOnline: boolean;
}

const ORDINARY: HouseholdSize = { learners: 5, devices: 4, weekdays: 5, hours: 12, slotMinutes: 30, alwaysOnline: false };
/** Small enough to try every plan. */
export const SMALL: Partial<HouseholdSize> = { learners: 3, devices: 2, weekdays: 2, hours: 3, slotMinutes: 60 };

export function aHousehold(wanted: Partial<HouseholdSize> = {}): fc.Arbitrary<PlanInput> {
  const size = { ...ORDINARY, ...wanted };
  const step = size.slotMinutes;
  const time = (slot: number) => {
    const minutes = 480 + slot * step;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  };
  const slots = (size.hours * 60) / step;
  const range: fc.Arbitrary<WeekRange> = fc
    .tuple(fc.integer({ min: 1, max: size.weekdays }), fc.nat({ max: slots - 1 }), fc.nat({ max: slots - 1 }))
    .map(([weekday, one, other]) => ({ weekday, from: time(Math.min(one, other)), to: time(Math.max(one, other) + 1) }));
  const available = fc.option(fc.array(range, { maxLength: 2 * size.weekdays }), { nil: null });
  const learner = fc.record({
    level: fc.constantFrom(...BORROWER_CATEGORIES),
    live: fc.array(range, { maxLength: size.weekdays }),
    work: fc.uniqueArray(fc.record({ weekday: fc.integer({ min: 1, max: size.weekdays }), minutes: fc.nat({ max: (slots + 2) * step }) }), {
      maxLength: size.weekdays,
      selector: ({ weekday }) => weekday,
    }),
  });
  const device = fc.record({ category: fc.constantFrom('laptop', 'tablet', 'smartphone', 'printer'), available });
  const connectivity = fc.record({
    kind: fc.constantFrom('fixed', 'mobile', 'none'),
    simultaneousLive: fc.constantFrom(null, 1, 2),
    available,
  });
  return fc
    .record({
      learners: fc.array(learner, { maxLength: size.learners }),
      equipment: fc.array(device, { maxLength: size.devices }),
      connectivity,
      offlineWorkShare: fc.constantFrom(0, 0.29, 0.5, 1),
    })
    .map(({ learners, equipment, connectivity, offlineWorkShare }) =>
      withDefaults({
        day: { from: '08:00', to: time(slots) },
        slotMinutes: size.slotMinutes,
        learners: learners.map((each, i) => ({
          ...each,
          id: `learner ${i}`,
          // With other lengths of slots, work that is not a multiple of the length would be rounded differently.
          work: each.work.map(({ weekday, minutes }) => ({
            weekday,
            minutes: size.alwaysOnline ? Math.ceil(minutes / step) * step : minutes,
          })),
        })),
        equipment: equipment.map((each, i) => ({ ...each, id: `device ${i}` })),
        connectivity: size.alwaysOnline ? { ...connectivity, kind: 'fixed', available: null } : connectivity,
        offlineWorkShare,
      }),
    );
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const covers = (ranges: readonly WeekRange[] | null, weekday: number, at: number) =>
  ranges === null || ranges.some((each) => each.weekday === weekday && minutesOf(each.from) <= at && at < minutesOf(each.to));

/**
 * What is wrong with a plan, in words. The list is empty when the plan keeps every rule of engines.md 1 and its figures agree with its
 * blocks.
 */
export function brokenRules(input: PlanInput, { blocks, learners }: SharingPlan): string[] {
  const { connectivity, suitability, slotMinutes } = input;
  const uses = blocks.flatMap((block) => {
    const slots: (PlanBlock & { at: number })[] = [];
    for (let at = minutesOf(block.from); at < minutesOf(block.to); at += slotMinutes) slots.push({ ...block, at });
    return slots;
  });
  const faults: string[] = [];
  const count = (keys: string[]) => keys.filter((key, i) => keys.indexOf(key) !== i);
  for (const key of count(uses.map(({ learner, weekday, at }) => `${learner} ${weekday} ${at}`))) faults.push(`on two devices: ${key}`);
  for (const key of count(uses.map(({ device, weekday, at }) => `${device} ${weekday} ${at}`))) faults.push(`serves two: ${key}`);

  const offline = new Map<string, number>();
  const streams = new Map<string, number>();
  const ofDay = new Map<string, number>();
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1).get(key)!;
  for (const { learner: learnerId, device: deviceId, kind, weekday, at } of uses) {
    const learner = input.learners.find(({ id }) => id === learnerId)!;
    const device = input.equipment.find(({ id }) => id === deviceId)!;
    const online = connectivity.kind !== 'none' && covers(connectivity.available, weekday, at);
    const inLesson = learner.live.length > 0 && covers(learner.live, weekday, at);
    const where = `${learnerId} on ${deviceId}, ${weekday} ${at}`;
    if (!covers(device.available, weekday, at)) faults.push(`the device is away: ${where}`);
    if (inLesson !== (kind === 'live')) faults.push(`lesson or work at the wrong time: ${where}`);
    if (kind === 'live') {
      const most = connectivity.simultaneousLive ?? (connectivity.kind === 'mobile' ? 1 : Infinity);
      if (!online || !suitability.live.includes(device.category)) faults.push(`no lesson is possible: ${where}`);
      if (add(streams, `${weekday} ${at}`) > most) faults.push(`too many lessons at once: ${where}`);
    } else {
      const demanded = Math.ceil((learner.work.find((each) => each.weekday === weekday)?.minutes ?? 0) / slotMinutes);
      if (!suitability.work[learner.level].includes(device.category)) faults.push(`no work is possible: ${where}`);
      if (add(ofDay, `${learnerId} ${weekday}`) > demanded) faults.push(`more work than demanded: ${where}`);
      if (!online && add(offline, `${learnerId} ${weekday}`) > demanded * input.offlineWorkShare + 1e-9)
        faults.push(`too much offline: ${where}`);
    }
  }
  for (const { id, liveMinutes, workMinutes } of learners) {
    const minutes = (kind: string) => uses.filter((use) => use.learner === id && use.kind === kind).length * slotMinutes;
    if (minutes('live') !== liveMinutes.served || minutes('work') !== workMinutes.served)
      faults.push(`figures of ${id} are not its blocks'`);
  }
  return faults;
}
