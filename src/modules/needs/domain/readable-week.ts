import { Arrangement, type Block, type SlotUse } from './arrangement.js';
import type { FairShares } from './fair-shares.js';
import { DAYS, type HouseholdWeek } from './household-week.js';

// Objective 4 (engines.md 1): the share of each learner is fixed, and this chooses where in the week it lies, so that blocks are long and
// there are few changes of device. It is a rule of thumb that was judged by eye; the shares never change.

/** How many times the whole week is searched for blocks of one slot. */
const PASSES = 4;

/** Returns the shares as blocks that a family can follow. */
export function readableWeek(week: HouseholdWeek, { devicesInUse }: FairShares): Block[] {
  const plan = new Arrangement(week, devicesInUse());
  for (let day = 0; day < DAYS; day++) packDay(plan, day);
  for (let pass = 0; pass < PASSES && joinLoneBlocks(plan); pass++);
  return allBlocks(plan);
}

function allBlocks(plan: Arrangement): Block[] {
  return plan.device.flatMap((_, learner) => Array.from({ length: DAYS }, (_, day) => plan.blocksOf(learner, day)).flat());
}

/** Arranges a day's work again in the longest runs, in several orders of learners; the day stays as it was when none is better. */
function packDay(plan: Arrangement, day: number): void {
  const learners = plan.device.map((_, learner) => learner);
  const before = learners.map((learner) => plan.workOf(learner, day));
  const count = (learner: number) => before[learner]?.length ?? 0;
  const price = () => learners.reduce((total, learner) => total + plan.priceOf(learner, day), 0);
  const fitting = (learner: number) => plan.week.suitsWork[learner]?.filter(Boolean).length ?? 0;
  // Learners whom the fewest devices serve come first, since the others can make way.
  const mostConstrained = learners.filter((learner) => count(learner) > 0).sort((one, other) => fitting(one) - fitting(other));
  if (mostConstrained.length === 0) return;
  const longest = [...mostConstrained].sort((one, other) => count(other) - count(one));

  let best = { price: price(), uses: before };
  for (const order of [mostConstrained, longest, [...longest].reverse()]) {
    if (
      mostConstrained.every((learner) => isOneBlock(best.uses[learner] ?? [])) ||
      !plan.hasEffortFor(learners.length * plan.week.slotsADay)
    )
      return;
    const clear = () => learners.forEach((learner) => plan.workOf(learner, day).forEach((use) => plan.take(use)));
    clear();
    if (order.every((learner) => packLearner(plan, learner, day, count(learner))) && price() < best.price) {
      best = { price: price(), uses: learners.map((learner) => plan.workOf(learner, day)) };
    }
    clear();
    best.uses.flat().forEach((use) => plan.put(use));
  }
}

function isOneBlock(uses: readonly SlotUse[]): boolean {
  return uses.every(({ slot, device }, i) => i === 0 || (slot === (uses[i - 1]?.slot ?? 0) + 1 && device === uses[i - 1]?.device));
}

function packLearner(plan: Arrangement, learner: number, day: number, count: number): boolean {
  let left = count;
  while (left > 0) {
    const run = plan.hasEffortFor(plan.week.devices * plan.week.slotsADay) ? longestRun(plan, learner, day, left) : [];
    if (run.length === 0) return false;
    run.forEach((use) => plan.put(use));
    left -= run.length;
  }
  return true;
}

/**
 * Returns the longest run of free slots on one device, `most` at most. Of equal runs it is one next to other use of the device by this
 * learner, then the earliest.
 */
function longestRun(plan: Arrangement, learner: number, day: number, most: number): SlotUse[] {
  const { slotsADay, online, offline } = plan.week;
  const end = (day + 1) * slotsADay;
  const allowance = (offline[learner]?.[day] ?? 0) - plan.workOf(learner, day).filter(({ slot }) => online[slot] !== 1).length;
  let best = { device: -1, from: 0, length: 0, touches: false };
  for (const device of plan.devicesInOrder) {
    for (let from = day * slotsADay; from < end;) {
      let length = 0;
      let withoutConnection = 0;
      while (length < most && from + length < end && plan.isFreeForWork(learner, from + length, device)) {
        if (online[from + length] !== 1 && ++withoutConnection > allowance) break;
        length++;
      }
      const touches = from % slotsADay > 0 && plan.deviceOf(learner, from - 1) === device;
      if (length > best.length || (length > 0 && length === best.length && touches && !best.touches)) {
        best = { device, from, length, touches };
      }
      // A run that begins inside another one ends with it and is shorter, unless the other ended for want of a connection.
      from += withoutConnection > allowance ? 1 : Math.max(length, 1);
    }
  }
  const { device, from, length } = best;
  return Array.from({ length }, (_, i) => ({ learner, slot: from + i, device }));
}

/** Joins blocks of one slot to other blocks of their learner, or others to them, on any day; returns whether something got better. */
function joinLoneBlocks(plan: Arrangement): boolean {
  let improved = false;
  for (let learner = 0; learner < plan.device.length; learner++) {
    const blocks = Array.from({ length: DAYS }, (_, day) => plan.blocksOf(learner, day)).flat();
    for (const lone of blocks.filter(({ from, to }) => to - from === 1)) {
      if (plan.deviceOf(learner, lone.from) !== lone.device || !plan.hasEffortFor(blocks.length)) continue;
      improved = candidates(plan, lone, blocks).some(([use, target]) => exchange(plan, use, target)) || improved;
    }
  }
  return improved;
}

type SlotTarget = Omit<SlotUse, 'learner'>;

/**
 * Returns what could be moved where: the single slot next to a block of its kind or onto its neighbour's device, or the end of a long block
 * next to the single slot.
 */
function candidates(plan: Arrangement, lone: Block, blocks: readonly Block[]): [SlotUse, SlotTarget][] {
  const { learner, device, from: slot } = lone;
  const use = { learner, slot, device };
  const alike = blocks.filter((block) => block !== lone && block.isLive === lone.isLive);
  const neighbours = [slot - 1, slot + 1].map((near) => plan.deviceOf(learner, near)).filter((other) => other >= 0 && other !== device);
  return [
    ...neighbours.map((other): [SlotUse, SlotTarget] => [use, { slot, device: other }]),
    ...alike.flatMap((block) => slotsBeside(plan, block).map((target): [SlotUse, SlotTarget] => [use, target])),
    ...alike
      .filter(({ from, to }) => to - from > 2)
      .flatMap(({ from, to, device: its }) =>
        [from, to - 1].flatMap((end) =>
          slotsBeside(plan, lone).map((target): [SlotUse, SlotTarget] => [{ learner, slot: end, device: its }, target]),
        ),
      ),
  ];
}

/** Returns the slots before and after a block, on its device and day. */
function slotsBeside({ week: { slotsADay } }: Arrangement, { from, to, device }: Block): SlotTarget[] {
  return [...(from % slotsADay > 0 ? [{ slot: from - 1, device }] : []), ...(to % slotsADay > 0 ? [{ slot: to, device }] : [])];
}

/**
 * Moves the use of a slot elsewhere; whoever is there takes its place. It does so only if the limits and everybody's shares allow it and the
 * days become easier to follow; returns whether it did.
 */
function exchange(plan: Arrangement, use: SlotUse, { slot, device }: SlotTarget): boolean {
  // It looks at two days of two learners, twice each.
  if (plan.deviceOf(use.learner, use.slot) !== use.device || !plan.hasEffortFor(8 * plan.week.slotsADay)) return false;
  const other = plan.userOf(device, slot);
  if (other === use.learner) return false;
  const moved = { learner: use.learner, slot, device };
  const standing = other < 0 ? null : { learner: other, slot, device };
  const yielding = other < 0 ? null : { learner: other, slot: use.slot, device: use.device };
  const price = () => priceAround(plan, [use, moved, ...(standing && yielding ? [standing, yielding] : [])]);

  const before = price();
  plan.take(use);
  if (standing) plan.take(standing);
  const isLive = plan.isLesson(use.learner, use.slot);
  if (plan.fits(moved, isLive)) {
    plan.put(moved);
    const otherIsLive = plan.isLesson(other, slot);
    if (!yielding || plan.fits(yielding, otherIsLive)) {
      if (yielding) plan.put(yielding);
      if (price() < before) return true;
      if (yielding) plan.take(yielding);
    }
    plan.take(moved);
  }
  if (standing) plan.put(standing);
  plan.put(use);
  return false;
}

function priceAround(plan: Arrangement, uses: readonly SlotUse[]): number {
  const days = new Set(uses.map(({ learner, slot }) => learner * DAYS + Math.floor(slot / plan.week.slotsADay)));
  return [...days].reduce((total, key) => total + plan.priceOf(Math.floor(key / DAYS), key % DAYS), 0);
}
