import { Injectable } from '@nestjs/common';
import { MOST_HITS, search, type Tx } from '../../../platform/index.js';
import type { BorrowerCategory } from '../../../shared/vocabulary.js';
import type { Reach } from '../../councils/index.js';
import type { Facts, Household } from '../domain/household.js';
import { storedConnectivity, storedEquipment, storedFacts, storedTimetable } from '../domain/stored-household.js';
import { storedAddress } from '../../../shared/stored-address.js';
import { searchText } from '../domain/search-text.js';
import {
  IN_REACH,
  INSERT,
  LANGUAGE,
  LOCK,
  NAMED,
  OF_IDS,
  PAGE,
  PAGE_OF_SCHOOL,
  SOUGHT_OF_SCHOOL,
  READ,
  SET_FACTS,
  UPDATE,
  WALK,
  WITH_PHONE,
} from './households.sql.js';
import { NIL_ID } from '../../../shared/ids.js';

/** What higher modules decide on: no personal data. */
export interface HouseholdInReach {
  readonly id: string;
  readonly reference: string;
  readonly schoolId: string | null;
  /** In the order in which the family listed them; those who left are not among them. */
  readonly learners: readonly { readonly id: string; readonly level: BorrowerCategory; readonly schoolId: string | null }[];
  readonly version: number;
}

/** What is sought: inside the search text, or as a whole reference, or as the whole tag of a device that the household has. */
export interface HouseholdSearch {
  /** For `LIKE ALL`; null when `q` has no word that is long enough. */
  readonly patterns: readonly string[] | null;
  readonly reference: string | null;
  readonly tag: string;
  /** For `LIKE`, of the digits of a telephone number; none where it is not sought, or not for whoever asks. */
  readonly phones: readonly string[];
}

/** Which households: of a school, as far as the caller sees; with what was sought. */
export interface OfSchool {
  readonly schoolId: string;
  readonly inReach: string | null;
  readonly sought: HouseholdSearch | null;
}

/** A file as its row has it; the lists are made by the statement, the JSON in them was stored. */
type Row = Omit<Household, 'equipment' | 'connectivity' | 'facts'> & {
  readonly equipment: unknown;
  readonly connectivity: unknown;
  readonly facts: unknown;
};

function householdOf(row: Row): Household {
  return {
    ...row,
    contacts: row.contacts.map((contact) => ({ ...contact, address: storedAddress(contact.address) })),
    learners: row.learners.map((learner) => ({ ...learner, timetable: storedTimetable(learner.timetable) })),
    equipment: storedEquipment(row.equipment),
    connectivity: storedConnectivity(row.connectivity),
    facts: storedFacts(row.facts),
  };
}

/** All SQL of household files; reads the devices of inventory. Row-level security holds the council, `reach` the school. */
@Injectable()
export class HouseholdsRepository {
  /** The household, if it is within reach. */
  inReach(tx: Tx, reach: Reach, id: string): Promise<HouseholdInReach | null> {
    return tx.one<HouseholdInReach>(IN_REACH, [id, reach.schoolId]);
  }

  /**
   * The same, locked until the transaction ends: whoever decides upon a household (its requests, its limits, its loans) meets here
   * first. Lock the household before lines, devices and loans.
   */
  async lock(tx: Tx, reach: Reach, id: string): Promise<HouseholdInReach | null> {
    return (await tx.one(LOCK, [id, reach.schoolId])) && this.inReach(tx, reach, id);
  }

  /** The whole file. */
  async read(tx: Tx, reach: Reach, id: string): Promise<Household | null> {
    const row = await tx.one<Row>(READ, [id, reach.schoolId]);
    return row && householdOf(row);
  }

  /** The language in which the family is spoken to (BCP 47); null where nobody of it named one. */
  async languageOf(tx: Tx, id: string): Promise<string | null> {
    return (await tx.one<{ language: string }>(LANGUAGE, [id]))?.language ?? null;
  }

  /** The whole file, locked. */
  async readLocked(tx: Tx, reach: Reach, id: string): Promise<Household | null> {
    return (await tx.one(LOCK, [id, reach.schoolId])) && this.read(tx, reach, id);
  }

  /** In the order of ids, after the given one; one more than `limit`. */
  async page(tx: Tx, after: string | null, limit: number): Promise<Household[]> {
    return (await tx.query<Row>(PAGE, [after ?? NIL_ID, limit + 1])).map(householdOf);
  }

  async pageOfSchool(tx: Tx, { schoolId, inReach, sought }: OfSchool, after: string | null, limit: number): Promise<Household[]> {
    const values = [after ?? NIL_ID, limit + 1, schoolId, inReach];
    if (!sought) return (await tx.query<Row>(PAGE_OF_SCHOOL, values)).map(householdOf);
    const { patterns, reference, tag, phones } = sought;
    return (await tx.query<Row>(SOUGHT_OF_SCHOOL, [...values, patterns, reference, tag, phones])).map(householdOf);
  }

  /** The same of what was sought in the whole council; truncated when there were too many hits to look at. */
  async search(tx: Tx, sought: HouseholdSearch, after: string | null, limit: number): Promise<{ rows: Household[]; truncated: boolean }> {
    const { rows: hits, truncated } = await this.hits(tx, sought.patterns, after, limit);
    const byPhone = await this.withPhone(tx, sought.phones);
    const later = byPhone.filter((id) => id > (after ?? NIL_ID));
    const ids = firstInOrder([...hits, ...later, ...(await this.named(tx, sought, after))], limit);
    return { rows: await this.ofIds(tx, ids), truncated: truncated || byPhone.length > MOST_HITS };
  }

  private async withPhone(tx: Tx, phones: readonly string[]): Promise<string[]> {
    return phones.length === 0 ? [] : (await tx.query<{ id: string }>(WITH_PHONE, [phones])).map(({ id }) => id);
  }

  /** Those that are named exactly. */
  async exactly(tx: Tx, sought: HouseholdSearch): Promise<Household[]> {
    return this.ofIds(tx, await this.named(tx, sought, null));
  }

  private async named(tx: Tx, { reference, tag }: HouseholdSearch, after: string | null): Promise<string[]> {
    return (await tx.query<{ id: string }>(NAMED, [reference, tag, after ?? NIL_ID])).map(({ id }) => id);
  }

  private async ofIds(tx: Tx, ids: readonly string[]): Promise<Household[]> {
    return ids.length === 0 ? [] : (await tx.query<Row>(OF_IDS, [ids])).map(householdOf);
  }

  private async hits(tx: Tx, patterns: readonly string[] | null, after: string | null, limit: number) {
    if (patterns === null) return { rows: [], truncated: false };
    return search<string>(tx, 'households', patterns, limit, {
      walk: async (rows) => {
        const [walked] = await tx.query<{ lookedAt: number; rows: string[] }>(WALK, [after ?? NIL_ID, rows, limit + 1, patterns]);
        return walked ?? { lookedAt: 0, rows: [] };
      },
      pick: (ids) =>
        Promise.resolve(
          firstInOrder(
            ids.filter((id) => id > (after ?? NIL_ID)),
            limit,
          ),
        ),
    });
  }

  /** Writes a new file in one statement; false when its reference is taken. */
  async insert(tx: Tx, household: Household): Promise<boolean> {
    const { id, reference, createdAt } = household;
    return (await tx.query(INSERT, [id, reference, ...content(household), createdAt, ...people(household)])).length === 1;
  }

  /** Writes the whole file over version `household.version - 1`, in one statement. Whoever is no longer listed has left. */
  async update(tx: Tx, household: Household): Promise<void> {
    const { id, version, updatedAt } = household;
    const written = await tx.query(UPDATE, [id, version - 1, ...content(household), updatedAt, ...people(household)]);
    if (written.length === 0) throw new Error('a household changed although it was locked');
  }

  /** Writes where the facts come from, over version `version - 1`. */
  async setFacts(tx: Tx, id: string, version: number, facts: Facts, now: Date): Promise<void> {
    await tx.execute(SET_FACTS, [id, version - 1, facts, now]);
  }
}

/** One more than `limit`, each once. */
function firstInOrder(ids: readonly string[], limit: number): string[] {
  return [...new Set(ids)].sort().slice(0, limit + 1);
}

/** Lists are sent as JSON text: the driver would make PostgreSQL arrays of them. */
function content(household: Household): unknown[] {
  const { schoolId, homeAlone, bursaryLevel, equipment, connectivity, facts } = household;
  return [schoolId, homeAlone, bursaryLevel, JSON.stringify(equipment), connectivity, facts, searchText(household)];
}

function people({ contacts, learners }: Household): unknown[] {
  return [JSON.stringify(numbered(contacts)), JSON.stringify(numbered(learners))];
}

function numbered<T extends object>(list: readonly T[]): (T & { position: number })[] {
  return list.map((item, position) => ({ ...item, position }));
}
