import { at } from './integers.js';

/**
 * Gives each different thing a number, from 0 on, in the order in which the things are first seen. It works for things of any type: the
 * caller supplies the hash of a thing and says whether it equals an earlier one. (With a million texts, a `Set` spends two thirds of its
 * time on growing and on garbage collection.)
 */
export class HashTable {
  private size = 0;
  /** Pairs of a hash and the number of the thing that has it, plus one; 0 marks an empty slot. At least half of the slots are empty. */
  private slots = new Int32Array(128);

  /** The number of the thing with this hash for which `isSameAs` is true, or the next new number if there is none. */
  placeOf(hash: number, isSameAs: (place: number) => boolean): number {
    for (let slot = this.slotOf(hash); ; slot = this.after(slot)) {
      const place = at(this.slots, slot + 1) - 1;
      if (place < 0) return this.keep(slot, hash);
      if (at(this.slots, slot) === hash && isSameAs(place)) return place;
    }
  }

  private keep(slot: number, hash: number): number {
    this.slots[slot] = hash;
    this.slots[slot + 1] = ++this.size;
    if (this.size * 4 > this.slots.length) this.grow();
    return this.size - 1;
  }

  private grow(): void {
    const { slots } = this;
    this.slots = new Int32Array(2 * slots.length);
    for (let old = 0; old < slots.length; old += 2) {
      if (at(slots, old + 1) === 0) continue;
      let slot = this.slotOf(at(slots, old));
      while (at(this.slots, slot + 1) !== 0) slot = this.after(slot);
      this.slots[slot] = at(slots, old);
      this.slots[slot + 1] = at(slots, old + 1);
    }
  }

  /** The high bits of a hash are mixed into the low ones. */
  private slotOf(hash: number): number {
    return ((hash ^ (hash >>> 15)) << 1) & (this.slots.length - 1);
  }

  private after(slot: number): number {
    return (slot + 2) & (this.slots.length - 1);
  }
}
