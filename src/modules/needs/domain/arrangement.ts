import { devicesByUse } from './household-network.js';
import type { HouseholdWeek } from './household-week.js';

/** One slot in which a learner uses a device. */
export interface SlotUse {
  readonly learner: number;
  readonly slot: number;
  readonly device: number;
}

/** Neighbouring slots in which a learner does one kind of work on one device; `to` is the slot after the last one. */
export interface Block {
  readonly learner: number;
  readonly device: number;
  readonly isLive: boolean;
  readonly from: number;
  readonly to: number;
}

/** The price of each block, the additional price of a block of one slot, and that of a change of device without a pause. */
const BLOCK_PRICE = 4;
const LONE_BLOCK_PRICE = 3;
const CHANGE_PRICE = 1;
/**
 * The most slots that may be looked at to make blocks readable, which takes about a tenth of a second. An ordinary week needs a hundredth of
 * it. A week that was made to be hard keeps the best arrangement that was found until then.
 */
const MOST_EFFORT = 1_000_000;

/** Who uses which device in each slot of a week, and what may be changed about it. */
export class Arrangement {
  /** By learner: the device in each slot, or -1. */
  readonly device: readonly Int8Array[];
  /** By device: the learner in each slot, or -1. */
  private readonly user: readonly Int8Array[];
  readonly devicesInOrder: readonly number[];
  private effort = 0;

  constructor(
    readonly week: HouseholdWeek,
    inUse: readonly Int8Array[],
  ) {
    this.devicesInOrder = devicesByUse(week);
    this.device = inUse.map((slots) => slots.slice());
    this.user = Array.from({ length: week.devices }, () => new Int8Array(week.slots).fill(-1));
    inUse.forEach((slots, learner) => {
      for (let slot = 0; slot < slots.length; slot++) {
        const device = slots[slot] as number;
        if (device >= 0) (this.user[device] as Int8Array)[slot] = learner;
      }
    });
  }

  /** Counts so many slots as looked at, and returns whether more may be. */
  hasEffortFor(slots: number): boolean {
    this.effort += slots;
    return this.effort <= MOST_EFFORT;
  }

  deviceOf(learner: number, slot: number): number {
    return this.device[learner]?.[slot] ?? -1;
  }

  userOf(device: number, slot: number): number {
    return this.user[device]?.[slot] ?? -1;
  }

  isLesson(learner: number, slot: number): boolean {
    return this.week.lesson[learner]?.[slot] === 1;
  }

  put({ learner, slot, device }: SlotUse): void {
    (this.device[learner] as Int8Array)[slot] = device;
    (this.user[device] as Int8Array)[slot] = learner;
  }

  take({ learner, slot, device }: SlotUse): void {
    (this.device[learner] as Int8Array)[slot] = -1;
    (this.user[device] as Int8Array)[slot] = -1;
  }

  /** Returns a learner's slots of work on a day, in the order of slots. */
  workOf(learner: number, day: number): SlotUse[] {
    const { slotsADay } = this.week;
    const uses: SlotUse[] = [];
    for (let slot = day * slotsADay; slot < (day + 1) * slotsADay; slot++) {
      const device = this.deviceOf(learner, slot);
      if (device >= 0 && !this.isLesson(learner, slot)) uses.push({ learner, slot, device });
    }
    return uses;
  }

  /** Whether a learner is idle in this slot and could work in it on a device that is free; the limits of the day are not checked. */
  isFreeForWork(learner: number, slot: number, device: number): boolean {
    const { suitsWork, available } = this.week;
    return (
      suitsWork[learner]?.[device] === true &&
      available[device]?.[slot] === 1 &&
      this.userOf(device, slot) < 0 &&
      this.deviceOf(learner, slot) < 0 &&
      !this.isLesson(learner, slot)
    );
  }

  /** Whether a slot may be used so: for a lesson that the learner has then, or for work within the limits of the day. */
  fits(use: SlotUse, isLive: boolean): boolean {
    return isLive ? this.fitsLesson(use) : this.isFreeForWork(use.learner, use.slot, use.device) && this.hasRoom(use);
  }

  /** Returns the price of a learner's day: the lower it is, the easier the day is to follow. */
  priceOf(learner: number, day: number): number {
    return this.blocksOf(learner, day).reduce(
      (price, { from, to, device }) =>
        price +
        BLOCK_PRICE +
        (to - from === 1 ? LONE_BLOCK_PRICE : 0) +
        (from % this.week.slotsADay > 0 && ![-1, device].includes(this.deviceOf(learner, from - 1)) ? CHANGE_PRICE : 0),
      0,
    );
  }

  /** Returns a learner's blocks of a day, in order. */
  blocksOf(learner: number, day: number): Block[] {
    const { slotsADay } = this.week;
    const blocks: Block[] = [];
    const end = (day + 1) * slotsADay;
    for (let slot = day * slotsADay; slot < end;) {
      const device = this.deviceOf(learner, slot);
      const isLive = this.isLesson(learner, slot);
      const from = slot++;
      while (slot < end && this.deviceOf(learner, slot) === device && this.isLesson(learner, slot) === isLive) slot++;
      if (device >= 0) blocks.push({ learner, device, isLive, from, to: slot });
    }
    return blocks;
  }

  private fitsLesson({ learner, slot, device }: SlotUse): boolean {
    const { suitsLive, available, online, streams } = this.week;
    if (!suitsLive[device] || available[device]?.[slot] !== 1 || online[slot] !== 1 || !this.isLesson(learner, slot)) return false;
    if (this.userOf(device, slot) >= 0 || this.deviceOf(learner, slot) >= 0) return false;
    const running = this.device.filter((_, other) => this.isLesson(other, slot) && this.deviceOf(other, slot) >= 0).length;
    return running < streams;
  }

  private hasRoom({ learner, slot }: SlotUse): boolean {
    const { slotsADay, work, offline, online } = this.week;
    const day = Math.floor(slot / slotsADay);
    const uses = this.workOf(learner, day);
    if (uses.length >= (work[learner]?.[day] ?? 0)) return false;
    return online[slot] === 1 || uses.filter((use) => online[use.slot] !== 1).length < (offline[learner]?.[day] ?? 0);
  }
}
