import { at } from './integers.js';

/** Holds each list of whole numbers once: a hash table of our own, as a million lists made into texts for a `Map` take seconds. */
export class ListTable {
  readonly lists: Int32Array[] = [];
  /** Places in `lists`, one more than they are; 0 where there is none. At least half of it is empty. */
  private slots = new Int32Array(64);

  /** The place in `lists` of the list that is the same as this one; put there when it is new. */
  placeOf(list: readonly number[]): number {
    let slot = hashOf(list) & (this.slots.length - 1);
    for (;;) {
      const place = at(this.slots, slot) - 1;
      if (place < 0) break;
      if (isSame(this.lists[place] ?? [], list)) return place;
      slot = (slot + 1) & (this.slots.length - 1);
    }
    this.slots[slot] = this.lists.push(Int32Array.from(list));
    if (this.lists.length * 2 > this.slots.length) this.grow();
    return this.lists.length - 1;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2);
    for (const [place, list] of this.lists.entries()) {
      let slot = hashOf(list) & (this.slots.length - 1);
      while (at(this.slots, slot) !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = place + 1;
    }
  }
}

function isSame(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  if (one.length !== other.length) return false;
  for (let place = 0; place < one.length; place++) if (one[place] !== other[place]) return false;
  return true;
}

/** FNV-1a on whole numbers, its high bits mixed into the low ones. */
function hashOf(list: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < list.length; place++) hash = Math.imul(hash ^ (list[place] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}
