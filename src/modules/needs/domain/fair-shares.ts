import { HouseholdNetwork } from './household-network.js';
import type { HouseholdWeek } from './household-week.js';

/** What each learner gets in the week. This is the exact part of the sharing plan; its blocks are made readable afterwards. */
export interface FairShares {
  /** The slots that each learner gets. */
  readonly live: readonly number[];
  readonly work: readonly number[];
  /** One way to serve these slots: by learner, the device in each slot of the week, or -1. */
  readonly devicesInUse: () => readonly Int8Array[];
}

/** The slots that each learner needs. */
export interface SlotDemand {
  readonly live: readonly number[];
  readonly work: readonly number[];
}

export function demandOf({ lesson, work }: HouseholdWeek): SlotDemand {
  const sum = (numbers: Iterable<number>) => Array.from(numbers).reduce((total, each) => total + each, 0);
  return { live: lesson.map(sum), work: work.map(sum) };
}

/**
 * Serves as many slots of lessons as possible, spread so that the learners' ratios are leximin. Then each learner's number of them is fixed,
 * and the other work is served in the same way (engines.md 1, objectives 1 to 3). What can be served forms a polymatroid. So raising the
 * learner with the lowest ratio whom an augmenting path can still raise gives the exact leximin, and a learner who could not be raised once
 * never can be later.
 */
export function fairShares(week: HouseholdWeek, demand: SlotDemand): FairShares {
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

/**
 * Returns the learner with the lowest ratio; of equal ones the one with the smaller demand, whose next ratio is higher; then the first.
 * Returns -1 when nobody is left.
 */
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
