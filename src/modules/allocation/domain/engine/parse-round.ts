import type { Fault } from '../../../../shared/denial.js';
import { ok, refused, type Result } from '../../../../shared/result.js';
import { HashTable } from './hash-table.js';
import { ListTable } from './list-table.js';
import type { Round } from './round.js';

/** Reading stops after this many faults, because nobody can use more, and they take memory. */
const MOST_FAULTS = 1000;
/** The most devices of one pool. */
const MOST_DEVICES = 2_147_483_647;
/** The key of a lottery in hexadecimal: whole bytes, at least one. */
const SEED = /^(?:[0-9a-fA-F]{2})+$/;

/** Takes the place of a value that is not an object, so that it causes one fault and not four. */
const NOTHING = { seed: '00', pools: [], lines: [] };
const FIELDS = {
  round: ['seed', 'pools', 'lines'],
  pool: ['id', 'category', 'siteId', 'capacity'],
  line: ['id', 'householdId', 'score', 'pools'],
} as const;

/** Reads a JSON value (`RoundInput`) and returns the round or its faults. The API and the command line both use it. */
export function parseRound(json: unknown): Result<Round, Fault[]> {
  const reader = new RoundReader();
  const round = reader.round(json);
  return reader.faults.length === 0 ? ok(round) : refused(reader.faults);
}

/** The list and the index of a value that is being read. It becomes a JSON pointer only when there is a fault. */
type ListPosition = readonly [list: string, index: number] | null;

class RoundReader {
  readonly faults: Fault[] = [];
  private readonly poolPlaces = new Map<string, number>();
  private readonly capacities: number[] = [];
  /** When there is no list of pools, the pools that lines name are not checked: each would be one more fault with the same cause. */
  private arePoolsListed = false;
  /** For each pool, the last line that named it; it shows whether a line names a pool twice. */
  private readonly namedBy: number[] = [];
  /** The indexes of the pools of the line that is being read. */
  private readonly named: number[] = [];

  /** The round, as far as the value can be read. It is usable only when there are no faults. */
  round(json: unknown): Round {
    const { seed, pools, lines } = this.members(json, null, FIELDS.round) ?? NOTHING;
    if (this.isText(seed, null, 'seed') && !SEED.test(seed)) {
      this.fault(null, 'seed', 'INVALID', 'must be whole bytes in hex, two digits each, at least one');
    }
    this.arePoolsListed = Array.isArray(pools);
    this.forEach(pools, 'pools', (pool, place) => this.pool(pool, place));
    return {
      key: Uint8Array.from(Buffer.from(typeof seed === 'string' ? seed : '', 'hex')),
      pools: { ids: [...this.poolPlaces.keys()], capacities: this.capacities },
      ...this.lines(lines),
    };
  }

  private pool(pool: unknown, place: ListPosition): void {
    const members = this.members(pool, place, FIELDS.pool);
    if (members === null) return;
    const { id, category, siteId, capacity } = members;
    this.isText(category, place, 'category');
    this.isText(siteId, place, 'siteId');
    if (this.isWhole(capacity, place, 'capacity') && (capacity < 0 || capacity > MOST_DEVICES)) {
      this.fault(place, 'capacity', 'OUT_OF_RANGE', `must be from 0 to ${MOST_DEVICES}`);
    }
    if (!this.isText(id, place, 'id')) return;
    if (this.poolPlaces.has(id)) {
      this.fault(place, 'id', 'DUPLICATE', 'is the id of an earlier pool');
      return;
    }
    this.poolPlaces.set(id, this.poolPlaces.size);
    this.capacities.push(Number(capacity));
    this.namedBy.push(-1);
  }

  private lines(lines: unknown): Pick<Round, 'lines' | 'lists'> {
    const size = Array.isArray(lines) ? lines.length : 0;
    const columns = { ids: [] as string[], householdIds: [] as string[], scores: new Float64Array(size), lists: new Int32Array(size) };
    const met = new HashTable();
    const table = new ListTable();
    this.forEach(lines, 'lines', (line, place) => {
      const members = this.members(line, place, FIELDS.line);
      if (members === null) return;
      const { id, householdId, score, pools } = members;
      if (this.isText(id, place, 'id')) {
        const first = met.placeOf(hashOf(id), (earlier) => columns.ids[earlier] === id);
        if (first === columns.ids.length) columns.ids.push(id);
        else this.fault(place, 'id', 'DUPLICATE', 'is the id of an earlier line');
      }
      if (this.isText(householdId, place, 'householdId')) columns.householdIds.push(householdId);
      if (this.isWhole(score, place, 'score')) columns.scores[place[1]] = score;
      columns.lists[place[1]] = table.placeOf(this.named, this.readPools(pools, place));
    });
    return { lines: columns, lists: table.lists };
  }

  /** Writes the indexes of a line's pools into `named` and returns how many they are. */
  private readPools(pools: unknown, place: readonly [list: string, index: number]): number {
    let count = 0;
    if (!Array.isArray(pools)) {
      this.missingOr(pools, place, 'pools', 'must be a list');
      return count;
    }
    for (let index = 0; index < pools.length && this.faults.length < MOST_FAULTS; index++) {
      const id: unknown = pools[index];
      const pool = this.poolPlaces.get(id as string);
      if (typeof id !== 'string') this.fault(place, `pools/${index}`, 'WRONG_TYPE', 'must be text');
      else if (pool === undefined) {
        if (this.arePoolsListed) this.fault(place, `pools/${index}`, 'UNKNOWN_REFERENCE', 'names no pool of this round');
      } else if (this.namedBy[pool] === place[1]) {
        this.fault(place, `pools/${index}`, 'DUPLICATE', 'names a pool that stands earlier in this list');
      } else {
        this.namedBy[pool] = place[1];
        this.named[count++] = pool;
      }
    }
    return count;
  }

  /** The members of an object; null when the value is not an object. Unknown members are faults. */
  private members(value: unknown, place: ListPosition, known: readonly string[]): Readonly<Record<string, unknown>> | null {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      this.fault(place, '', 'WRONG_TYPE', 'must be a JSON object');
      return null;
    }
    for (const name in value)
      if (!known.includes(name)) this.fault(place, name.replaceAll('~', '~0').replaceAll('/', '~1'), 'UNKNOWN_FIELD', 'is not known here');
    return value as Readonly<Record<string, unknown>>;
  }

  private forEach(list: unknown, name: string, read: (item: unknown, place: readonly [list: string, index: number]) => void): void {
    if (!Array.isArray(list)) this.missingOr(list, null, name, 'must be a list');
    else for (let index = 0; index < list.length && this.faults.length < MOST_FAULTS; index++) read(list[index], [name, index]);
  }

  private isText(value: unknown, place: ListPosition, name: string): value is string {
    if (typeof value === 'string' && value !== '') return true;
    if (value === '') this.fault(place, name, 'TOO_SHORT', 'must not be empty');
    else this.missingOr(value, place, name, 'must be text');
    return false;
  }

  /** Whether the value is a whole number that JavaScript represents exactly; if it is not, that is a fault. */
  private isWhole(value: unknown, place: ListPosition, name: string): value is number {
    if (Number.isSafeInteger(value)) return true;
    this.missingOr(value, place, name, 'must be a whole number');
    return false;
  }

  private missingOr(value: unknown, place: ListPosition, name: string, message: string): void {
    if (value === undefined) this.fault(place, name, 'REQUIRED', 'must be given');
    else this.fault(place, name, 'WRONG_TYPE', message);
  }

  private fault(place: ListPosition, name: string, code: string, message: string): void {
    if (this.faults.length === MOST_FAULTS) return;
    const pointer = [...(place ?? []), ...(name === '' ? [] : [name])].map((part) => `/${part}`).join('');
    this.faults.push({ pointer, code, message });
  }
}

/** The FNV-1a hash of the code units of a text. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let unit = 0; unit < text.length; unit++) hash = Math.imul(hash ^ text.charCodeAt(unit), 0x01000193);
  return hash | 0;
}
