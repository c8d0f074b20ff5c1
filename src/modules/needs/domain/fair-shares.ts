import { HouseholdNetwork } from './household-network.js';
import type { HouseholdWeek } from './household-week.js';

/** Who gets what in each slot of the week: the exact part of the sharing plan, whose blocks are not yet looked at. */
export interface Shares {
  /** By learner: slots served. */
  readonly live: readonly number[];
  readonly work: readonly number[];
  /** One way to serve them. By learner: the device in each slot of the week, or -1. */
  readonly devicesInUse: () => readonly Int8Array[];
}

/** Slots that are demanded of each learner. */
export interface Demand {
  readonly live: readonly number[];
  readonly work: readonly number[];
}

export function demandOf({ lesson, work }: HouseholdWeek): Demand {
  const sum = (numbers: Iterable<number>) => Array.from(numbers).reduce((total, each) => total + each, 0);
  return { live: lesson.map(sum), work: work.map(sum) };
}

/**
 * Serves as many live slots as possible, spread so that the learners' ratios are leximin; then, with each learner's number of them
 * fixed, the work in the same way (engines.md 1, objectives 1 to 3).
 *
 * What can be served forms a polymatroid: raising the learner with the lowest ratio that an augmenting path can still raise gives the
 * exact leximin, and a learner who could not be raised once never can be later.
 */
export function fairShares(week: HouseholdWeek, demand: Demand): Shares {
  const network = new HouseholdNetwork(week);
  return {
    live: raised(demand.live, (learner) => network.sendLive(learner)),
    work: raised(demand.work, (learner) => network.sendWork(learner)),
    devicesInUse: () => network.devicesInUse(),
  };
}

function raised(demand: readonly number[], raise: (learner: number) => boolean): number[] {
  const served = demand.map(() => 0);
  const able = demand.map((slots) => slots > 0);
  for (;;) {
    const learner = lowest(demand, served, able);
    if (learner < 0) return served;
    if (raise(learner)) {
      served[learner] = (served[learner] as number) + 1;
      able[learner] = served[learner] !== demand[learner];
    } else {
      able[learner] = false;
    }
  }
}

/** The one with the lowest ratio; of equal ones the one whose next ratio is higher, so whose demand is smaller; then the first. -1: nobody is left. */
function lowest(demand: readonly number[], served: readonly number[], able: readonly boolean[]): number {
  let best = -1;
  for (let learner = 0; learner < demand.length; learner++) {
    if (!able[learner]) continue;
    if (best < 0) {
      best = learner;
      continue;
    }
    const [mine, its] = [demand[learner] as number, demand[best] as number];
    const difference = (served[learner] as number) * its - (served[best] as number) * mine;
    if (difference < 0 || (difference === 0 && mine < its)) best = learner;
  }
  return best;
}
