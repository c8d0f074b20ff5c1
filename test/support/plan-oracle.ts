import type { PlanInput, WeekRange } from '../../src/modules/needs/domain/plan-input.js';

// The sharing plan by exhaustive search: every way to use every slot, without a flow or a graph. It is only for small households.

/** The slots that each learner gets. */
export interface ServedSlots {
  readonly live: readonly number[];
  readonly work: readonly number[];
}

interface State {
  readonly live: readonly number[];
  /** The number of slots by learner and day; the key is `learner/weekday`. */
  readonly work: ReadonlyMap<string, number>;
  readonly offline: ReadonlyMap<string, number>;
}

export function exhaustiveShares(input: PlanInput): ServedSlots {
  const { learners, day, slotMinutes } = input;
  let states = new Map<string, State>([['', { live: learners.map(() => 0), work: new Map(), offline: new Map() }]]);
  for (let weekday = 1; weekday <= 7; weekday++) {
    for (let from = minutes(day.from); from < minutes(day.to); from += slotMinutes) {
      const next = new Map<string, State>();
      for (const state of states.values()) {
        for (const after of waysToUse(input, weekday, from, state)) next.set(keyOf(after), after);
      }
      states = next;
    }
  }
  const demanded = demandedSlots(input);
  const results = [...states.values()].map(({ live, work }): ServedSlots => ({
    live,
    work: learners.map((_, i) => [...work].filter(([key]) => key.startsWith(`${i}/`)).reduce((sum, [, slots]) => sum + slots, 0)),
  }));
  return results.reduce((best, each) => (isBetter(each, best, demanded) ? each : best));
}

/** Every way to use one slot: each learner is idle, in a lesson or at work, each on a different device. */
function waysToUse(input: PlanInput, weekday: number, from: number, before: State): State[] {
  const { learners, equipment, connectivity, suitability, offlineWorkShare, slotMinutes } = input;
  const isIn = (ranges: readonly WeekRange[] | null) =>
    ranges === null || ranges.some((range) => range.weekday === weekday && minutes(range.from) <= from && from < minutes(range.to));
  const online = connectivity.kind !== 'none' && isIn(connectivity.available);
  const mostStreams = connectivity.simultaneousLive ?? (connectivity.kind === 'mobile' ? 1 : Infinity);
  const there = equipment.filter(({ available }) => isIn(available));

  const ways: State[] = [];
  const choose = (i: number, free: readonly (typeof there)[number][], streams: number, state: State): void => {
    const learner = learners[i];
    if (!learner) {
      ways.push(state);
      return;
    }
    choose(i + 1, free, streams, state);
    const hasLesson = learner.live.length > 0 && isIn(learner.live);
    const key = `${i}/${weekday}`;
    const slots = workSlots(learner.work, weekday, slotMinutes);
    for (const device of free) {
      const rest = free.filter((other) => other !== device);
      if (hasLesson) {
        if (!online || streams === 0 || !suitability.live.includes(device.category)) continue;
        choose(i + 1, rest, streams - 1, { ...state, live: state.live.map((count, j) => (j === i ? count + 1 : count)) });
      } else if (suitability.work[learner.level].includes(device.category)) {
        const done = state.work.get(key) ?? 0;
        const doneOffline = state.offline.get(key) ?? 0;
        if (done === slots || (!online && doneOffline + 1 > slots * offlineWorkShare + 1e-9)) continue;
        const offline = online ? state.offline : new Map(state.offline).set(key, doneOffline + 1);
        choose(i + 1, rest, streams, { ...state, work: new Map(state.work).set(key, done + 1), offline });
      }
    }
  };
  choose(0, there, mostStreams, before);
  return ways;
}

function isBetter(one: ServedSlots, other: ServedSlots, demanded: ServedSlots): boolean {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  return (
    compare(
      [sum(one.live), ...fairness(one.live, demanded.live), ...fairness(one.work, demanded.work)],
      [sum(other.live), ...fairness(other.live, demanded.live), ...fairness(other.work, demanded.work)],
    ) > 0
  );
}

/** The sorted ratios as multiples of 1/720720 (which is divisible by 1 to 16), then the list itself. */
function fairness(served: readonly number[], demanded: readonly number[]): number[] {
  const ratios = served.flatMap((slots, i) => (demanded[i] === 0 ? [] : [(slots * 720720) / demanded[i]!]));
  return [...ratios.sort((one, other) => one - other), ...served];
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return one[i]! - other[i]!;
  return 0;
}

export function demandedSlots({ learners, day, slotMinutes }: PlanInput): ServedSlots {
  const live = learners.map((learner) => {
    let slots = 0;
    for (let weekday = 1; weekday <= 7; weekday++) {
      for (let from = minutes(day.from); from < minutes(day.to); from += slotMinutes) {
        const inLesson = learner.live.some((range) => range.weekday === weekday && minutes(range.from) <= from && from < minutes(range.to));
        if (inLesson) slots++;
      }
    }
    return slots;
  });
  const work = learners.map((learner) => [1, 2, 3, 4, 5, 6, 7].reduce((sum, d) => sum + workSlots(learner.work, d, slotMinutes), 0));
  return { live, work };
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function workSlots(work: PlanInput['learners'][number]['work'], weekday: number, slotMinutes: number): number {
  return Math.ceil(work.filter((each) => each.weekday === weekday).reduce((sum, each) => sum + each.minutes, 0) / slotMinutes);
}

const keyOf = ({ live, work, offline }: State): string => `${live.join()}|${[...work].sort().join(';')}|${[...offline].sort().join(';')}`;
