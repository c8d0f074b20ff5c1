import { at } from './integers.js';
import { HashTable } from './hash-table.js';

/**
 * Stores each different list of whole numbers once, all in one array. To make a million lists into texts for a `Map` would take seconds.
 */
export class ListTable {
  private readonly table = new HashTable();
  private numbers = new Int32Array(1024);
  /** The index in `numbers` at which each list begins, and at the end the index behind the last list. */
  private readonly starts = [0];

  /** The lists, in the order of their numbers. */
  get lists(): Int32Array[] {
    return Array.from({ length: this.starts.length - 1 }, (_, place) => this.numbers.slice(this.starts[place], this.starts[place + 1]));
  }

  /** The number of the list that equals the first `length` entries of this one. A list that is new is added. */
  placeOf(list: ArrayLike<number>, length = list.length): number {
    const place = this.table.placeOf(hashOf(list, length), (other) => this.isAt(other, list, length));
    if (place === this.starts.length - 1) this.keep(list, length);
    return place;
  }

  private isAt(place: number, list: ArrayLike<number>, length: number): boolean {
    const start = this.starts[place] as number;
    if ((this.starts[place + 1] as number) - start !== length) return false;
    for (let index = 0; index < length; index++) if (at(this.numbers, start + index) !== list[index]) return false;
    return true;
  }

  private keep(list: ArrayLike<number>, length: number): void {
    const start = this.starts.at(-1) as number;
    while (start + length > this.numbers.length) {
      const { numbers } = this;
      this.numbers = new Int32Array(2 * numbers.length);
      this.numbers.set(numbers);
    }
    for (let index = 0; index < length; index++) this.numbers[start + index] = list[index] as number;
    this.starts.push(start + length);
  }
}

/** The FNV-1a hash of whole numbers. */
function hashOf(list: ArrayLike<number>, length: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < length; index++) hash = Math.imul(hash ^ (list[index] as number), 0x01000193);
  return hash | 0;
}
