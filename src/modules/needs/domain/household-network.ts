import { DAYS, type HouseholdWeek } from './household-week.js';
import { UnitFlow } from './unit-flow.js';

/** Arcs of the longest way that moves nobody else: learner, day, its work without a connection, slot, devices, sink. */
const DIRECT = 6;

/** One arc that says what a learner does in a slot. */
interface Doing {
  readonly learner: number;
  readonly group: number;
  readonly arc: number;
}

/**
 * (learner, lesson's slot) → the slot's streams → (devices, slot); (learner, day's work) → (learner, slot) → (devices, slot). Devices that
 * suit the same purposes are one node a slot: which of them serves whom is settled afterwards.
 */
export class HouseholdNetwork {
  private readonly flow: UnitFlow;
  private readonly groups: readonly (readonly number[])[];
  /** By group and slot; 0: none of its devices is at home then, or nobody needs one. */
  private readonly groupNode: readonly Int32Array[];
  private readonly liveNode: readonly number[];
  private readonly workNode: readonly number[];
  /** By slot: who goes to the lesson, how many of each group serve lessons, who works on which group. */
  private readonly attending: Doing[][];
  private readonly serving: Doing[][];
  private readonly working: Doing[][];

  constructor(private readonly week: HouseholdWeek) {
    const { slots, learners } = week;
    this.groups = deviceGroups(week);
    const groups = this.groups.length;
    this.flow = new UnitFlow(
      1 + learners * (2 + 2 * DAYS + slots) + slots * (2 + groups),
      slots * (1 + 2 * groups) + learners * (2 * DAYS + slots * (2 + groups)),
    );
    this.groupNode = this.groups.map(() => new Int32Array(slots));
    this.liveNode = Array.from({ length: learners }, () => this.flow.addNode());
    this.workNode = Array.from({ length: learners }, () => this.flow.addNode());
    const bySlot = () => Array.from({ length: slots }, (): Doing[] => []);
    [this.attending, this.serving, this.working] = [bySlot(), bySlot(), bySlot()];
    for (let slot = 0; slot < slots; slot++) this.addSlot(slot);
    for (let learner = 0; learner < learners; learner++) this.addWork(learner);
  }

  sendLive(learner: number): boolean {
    return this.flow.send(this.liveNode[learner] as number, DIRECT);
  }

  sendWork(learner: number): boolean {
    return this.flow.send(this.workNode[learner] as number, DIRECT);
  }

  /** By learner: the device in each slot, or -1. Whoever had a device in the slot before keeps it where that is possible. */
  devicesInUse(): Int8Array[] {
    const { slots, learners, slotsADay } = this.week;
    const inUse = Array.from({ length: learners }, () => new Int8Array(slots).fill(-1));
    for (let slot = 0; slot < slots; slot++) {
      const before = (learner: number) => (slot % slotsADay === 0 ? -1 : (inUse[learner]?.[slot - 1] ?? -1));
      const free = this.groups.map((devices) => devices.filter((device) => this.week.available[device]?.[slot] === 1));
      const give = (learner: number, group: number) => {
        const devices = free[group] as number[];
        const kept = devices.indexOf(before(learner));
        (inUse[learner] as Int8Array)[slot] = devices.splice(Math.max(kept, 0), 1)[0] as number;
      };
      const keepersFirst = (one: { learner: number; group: number }, other: { learner: number; group: number }) =>
        Number(free[other.group]?.includes(before(other.learner))) - Number(free[one.group]?.includes(before(one.learner)));
      for (const { learner, group } of [...this.workersIn(slot), ...this.attendantsIn(slot, before)].sort(keepersFirst))
        give(learner, group);
    }
    return inUse;
  }

  private workersIn(slot: number): readonly Doing[] {
    return this.working[slot]?.filter(({ arc }) => this.flow.carried(arc) > 0) ?? [];
  }

  /** Who is in a lesson, each with one of the groups that serve lessons: those who had a device of it before first. */
  private attendantsIn(slot: number, before: (learner: number) => number): { learner: number; group: number }[] {
    const places = (this.serving[slot] ?? []).flatMap(({ group, arc }) => Array.from({ length: this.flow.carried(arc) }, () => group));
    const waiting: number[] = [];
    const seated: { learner: number; group: number }[] = [];
    for (const { learner, arc } of this.attending[slot] ?? []) {
      if (this.flow.carried(arc) === 0) continue;
      const kept = places.findIndex((group) => this.groups[group]?.includes(before(learner)));
      if (kept < 0) waiting.push(learner);
      else seated.push({ learner, group: places.splice(kept, 1)[0] as number });
    }
    return [...seated, ...waiting.map((learner, place) => ({ learner, group: places[place] as number }))];
  }

  /** One slot: its devices, and its lessons with their streams. Where nobody has anything to do there is nothing to share. */
  private addSlot(slot: number): void {
    const { slotsADay, available, online, streams, lesson, work, suitsLive } = this.week;
    const learners = online[slot] === 1 ? lesson.flatMap((marks, learner) => (marks[slot] === 1 ? [learner] : [])) : [];
    const day = Math.floor(slot / slotsADay);
    if (learners.length === 0 && work.every((days) => days[day] === 0)) return;
    this.groups.forEach((devices, group) => {
      const there = devices.filter((device) => available[device]?.[slot] === 1).length;
      if (there === 0) return;
      const node = this.flow.addNode();
      (this.groupNode[group] as Int32Array)[slot] = node;
      this.flow.addArc(node, UnitFlow.SINK, there);
    });
    if (learners.length === 0) return;
    const arriving = this.flow.addNode();
    const leaving = this.flow.addNode();
    this.flow.addArc(arriving, leaving, Math.min(streams, learners.length));
    for (const learner of learners) {
      this.attending[slot]?.push({ learner, group: -1, arc: this.flow.addArc(this.liveNode[learner] as number, arriving, 1) });
    }
    this.groups.forEach(([device = -1], group) => {
      const node = this.nodeOf(group, slot);
      if (node === 0 || !suitsLive[device]) return;
      this.serving[slot]?.push({ learner: -1, group, arc: this.flow.addArc(leaving, node, learners.length) });
    });
  }

  /** One learner's work: any slot of its own day in which the learner has no lesson. */
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
        if (lesson[learner]?.[slot] === 1 || !fitting.some((group) => this.nodeOf(group, slot) > 0)) continue;
        const node = this.flow.addNode();
        this.flow.addArc(online[slot] === 1 ? dayNode : offlineNode, node, 1);
        for (const group of fitting) {
          const to = this.nodeOf(group, slot);
          if (to > 0) this.working[slot]?.push({ learner, group, arc: this.flow.addArc(node, to, 1) });
        }
      }
    }
  }

  private nodeOf(group: number, slot: number): number {
    return this.groupNode[group]?.[slot] ?? 0;
  }
}

/** Devices that suit the same purposes, together; the groups that serve the fewest first. */
function deviceGroups(week: HouseholdWeek): number[][] {
  const groups = new Map<string, number[]>();
  for (const device of devicesByUse(week)) {
    const purposes = [week.suitsLive[device], ...week.suitsWork.map((fits) => fits[device])].map(Number).join('');
    groups.set(purposes, [...(groups.get(purposes) ?? []), device]);
  }
  return [...groups.values()];
}

/** Devices that serve the fewest purposes first, so that what only a laptop can do finds the laptop free. */
export function devicesByUse({ devices, suitsLive, suitsWork }: HouseholdWeek): number[] {
  const uses = (device: number) => suitsWork.filter((fits) => fits[device]).length + (suitsLive[device] ? 1 : 0);
  return Array.from({ length: devices }, (_, device) => device).sort((one, other) => uses(one) - uses(other) || one - other);
}
