import { DAYS, type HouseholdWeek } from './household-week.js';
import { UnitFlow } from './unit-flow.js';

/** The number of arcs of the longest path that moves nobody else: learner, day, its work without a connection, slot, devices, sink. */
const DIRECT_PATH_ARCS = 6;

/**
 * The flow network of a household's week. Its paths are: (learner, slot of a lesson) → streams of the slot → (devices, slot), and (learner,
 * work of a day) → (learner, slot) → (devices, slot). Devices that are suited to the same purposes are one node in each slot; which of them
 * serves whom is decided afterwards.
 */
export class HouseholdNetwork {
  private readonly flow: UnitFlow;
  private readonly groups: readonly (readonly number[])[];
  /** By group and slot: how many devices of the group are at home. */
  private readonly there: readonly Uint8Array[];
  /** By group and slot: the node; 0 when there is no device, or nobody needs one. */
  private readonly groupNode: readonly Int32Array[];
  private readonly liveNode: readonly number[];
  private readonly workNode: readonly number[];
  /**
   * The arcs that show who does what, each as its number plus one, so that 0 means none: arcs to a lesson, by learner and slot; arcs from
   * lessons to devices, by group and slot; arcs to work, by learner, group and slot.
   */
  private readonly attending: readonly Int32Array[];
  private readonly serving: readonly Int32Array[];
  private readonly working: readonly (readonly Int32Array[])[];

  constructor(private readonly week: HouseholdWeek) {
    const { slots, learners } = week;
    this.groups = deviceGroups(week);
    const groups = this.groups.length;
    this.flow = new UnitFlow(
      1 + learners * (2 + 2 * DAYS + slots) + slots * (2 + groups),
      slots * (1 + 2 * groups) + learners * (2 * DAYS + slots * (2 + groups)),
    );
    const bySlot = () => new Int32Array(slots);
    this.there = this.groups.map((devices) => countOf(devices, week));
    this.groupNode = this.groups.map(bySlot);
    this.serving = this.groups.map(bySlot);
    this.attending = week.lesson.map(bySlot);
    this.working = week.lesson.map(() => this.groups.map(bySlot));
    this.liveNode = week.lesson.map(() => this.flow.addNode());
    this.workNode = week.lesson.map(() => this.flow.addNode());
    for (let slot = 0; slot < slots; slot++) this.addSlot(slot);
    for (let learner = 0; learner < learners; learner++) this.addWork(learner);
  }

  sendLive(learner: number): boolean {
    return this.flow.send(this.liveNode[learner] as number, DIRECT_PATH_ARCS);
  }

  sendWork(learner: number): boolean {
    return this.flow.send(this.workNode[learner] as number, DIRECT_PATH_ARCS);
  }

  /** Returns by learner the device in each slot, or -1. A learner keeps the device of the slot before where that is possible. */
  devicesInUse(): Int8Array[] {
    const { slots, slotsADay, available, devices } = this.week;
    const inUse = this.week.lesson.map(() => new Int8Array(slots).fill(-1));
    const takenIn = new Int32Array(devices).fill(-1);
    for (let slot = 0; slot < slots; slot++) {
      const before = (learner: number) => (slot % slotsADay === 0 ? -1 : (inUse[learner]?.[slot - 1] as number));
      const isFree = (device: number) => available[device]?.[slot] === 1 && takenIn[device] !== slot;
      const give = (learner: number, device: number) => {
        (inUse[learner] as Int8Array)[slot] = device;
        takenIn[device] = slot;
      };
      const others: DeviceUser[] = [];
      for (const user of [...this.workersIn(slot), ...this.attendantsIn(slot, before)]) {
        const kept = before(user.learner);
        if (kept >= 0 && this.groups[user.group]?.includes(kept) && isFree(kept)) give(user.learner, kept);
        else others.push(user);
      }
      for (const { learner, group } of others) give(learner, this.groups[group]?.find(isFree) as number);
    }
    return inUse;
  }

  private workersIn(slot: number): DeviceUser[] {
    const users: DeviceUser[] = [];
    for (let learner = 0; learner < this.working.length; learner++) {
      for (let group = 0; group < this.groups.length; group++) {
        if (this.carried(this.working[learner]?.[group] as Int32Array, slot) > 0) users.push({ learner, group });
      }
    }
    return users;
  }

  /**
   * Returns the learners who are in a lesson, each with one of the groups that serve lessons. Those who had a device of the group before
   * choose first.
   */
  private attendantsIn(slot: number, before: (learner: number) => number): DeviceUser[] {
    const seated: DeviceUser[] = [];
    const waiting: number[] = [];
    let places: number[] | undefined;
    for (let learner = 0; learner < this.attending.length; learner++) {
      if (this.carried(this.attending[learner] as Int32Array, slot) === 0) continue;
      places ??= this.placesIn(slot);
      const kept = places.findIndex((group) => this.groups[group]?.includes(before(learner)));
      if (kept < 0) waiting.push(learner);
      else seated.push({ learner, group: places.splice(kept, 1)[0] as number });
    }
    return [...seated, ...waiting.map((learner, place) => ({ learner, group: places?.[place] as number }))];
  }

  /** Returns the groups that serve lessons, each as many times as it does. */
  private placesIn(slot: number): number[] {
    return this.serving.flatMap((arcs, group) => Array.from({ length: this.carried(arcs, slot) }, () => group));
  }

  private carried(arcs: Int32Array, slot: number): number {
    const arc = arcs[slot] as number;
    return arc === 0 ? 0 : this.flow.carried(arc - 1);
  }

  /** Adds one slot: its devices, and its lessons with their streams. A slot in which nobody has anything to do is left out. */
  private addSlot(slot: number): void {
    const { slotsADay, online, streams, lesson, work, suitsLive } = this.week;
    const learners = online[slot] === 1 ? lesson.filter((marks) => marks[slot] === 1).length : 0;
    const day = Math.floor(slot / slotsADay);
    if (learners === 0 && work.every((days) => days[day] === 0)) return;
    for (let group = 0; group < this.groups.length; group++) {
      const there = this.there[group]?.[slot] as number;
      if (there === 0) continue;
      const node = this.flow.addNode();
      (this.groupNode[group] as Int32Array)[slot] = node;
      this.flow.addArc(node, UnitFlow.SINK, there);
    }
    if (learners === 0) return;
    const arriving = this.flow.addNode();
    const leaving = this.flow.addNode();
    this.flow.addArc(arriving, leaving, Math.min(streams, learners));
    for (let learner = 0; learner < lesson.length; learner++) {
      if (lesson[learner]?.[slot] !== 1) continue;
      (this.attending[learner] as Int32Array)[slot] = this.flow.addArc(this.liveNode[learner] as number, arriving, 1) + 1;
    }
    for (let group = 0; group < this.groups.length; group++) {
      const node = this.groupNode[group]?.[slot] as number;
      if (node === 0 || !suitsLive[this.groups[group]?.[0] ?? -1]) continue;
      (this.serving[group] as Int32Array)[slot] = this.flow.addArc(leaving, node, learners) + 1;
    }
  }

  /** Adds one learner's work, which may be done in any slot of its day in which the learner has no lesson. */
  private addWork(learner: number): void {
    const { slotsADay, lesson, work, offline, online, suitsWork } = this.week;
    const fitting = this.groups.flatMap(([device = -1], group) => (suitsWork[learner]?.[device] ? [group] : []));
    if (fitting.length === 0) return;
    for (let day = 0; day < DAYS; day++) {
      const demanded = work[learner]?.[day] ?? 0;
      if (demanded === 0) continue;
      const dayNode = this.flow.addNode();
      const offlineNode = this.flow.addNode();
      this.flow.addArc(this.workNode[learner] as number, dayNode, demanded);
      this.flow.addArc(dayNode, offlineNode, offline[learner]?.[day] ?? 0);
      for (let slot = day * slotsADay; slot < (day + 1) * slotsADay; slot++) {
        if (lesson[learner]?.[slot] === 1) continue;
        let node = 0;
        for (const group of fitting) {
          const to = this.groupNode[group]?.[slot] as number;
          if (to === 0) continue;
          if (node === 0) {
            node = this.flow.addNode();
            this.flow.addArc(online[slot] === 1 ? dayNode : offlineNode, node, 1);
          }
          (this.working[learner]?.[group] as Int32Array)[slot] = this.flow.addArc(node, to, 1) + 1;
        }
      }
    }
  }
}

interface DeviceUser {
  readonly learner: number;
  readonly group: number;
}

function countOf(devices: readonly number[], { slots, available }: HouseholdWeek): Uint8Array {
  const count = new Uint8Array(slots);
  for (const device of devices) {
    const there = available[device] as Uint8Array;
    for (let slot = 0; slot < slots; slot++) count[slot] = (count[slot] as number) + (there[slot] as number);
  }
  return count;
}

/** Returns groups of devices that are suited to the same purposes; the groups with the fewest purposes come first. */
function deviceGroups(week: HouseholdWeek): number[][] {
  const groups = new Map<string, number[]>();
  for (const device of devicesByUse(week)) {
    const purposes = [week.suitsLive[device], ...week.suitsWork.map((fits) => fits[device])].map(Number).join('');
    groups.set(purposes, [...(groups.get(purposes) ?? []), device]);
  }
  return [...groups.values()];
}

/** Returns devices in order, those with the fewest purposes first, so that work that only a laptop can do finds the laptop free. */
export function devicesByUse({ devices, suitsLive, suitsWork }: HouseholdWeek): number[] {
  const uses = (device: number) => suitsWork.filter((fits) => fits[device]).length + (suitsLive[device] ? 1 : 0);
  return Array.from({ length: devices }, (_, device) => device).sort((one, other) => uses(one) - uses(other) || one - other);
}
