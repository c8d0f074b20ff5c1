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

/** What higher modules read of a household; it has no personal data. */
export interface HouseholdInReach {
  readonly id: string;
  readonly reference: string;
  readonly schoolId: string | null;
  /** The present learners, in the order in which the family listed them. */
  readonly learners: readonly { readonly id: string; readonly level: BorrowerCategory; readonly schoolId: string | null }[];
  readonly version: number;
}

/** What a search looks for: words in the search text, or a whole reference, or the whole tag of a device that the household has. */
export interface HouseholdSearch {
  /** Patterns for `LIKE ALL`; null when `q` has no word that is long enough. */
  readonly patterns: readonly string[] | null;
  readonly reference: string | null;
  readonly tag: string;
  /** Patterns for `LIKE` of the digits of a telephone number; an empty list when none is searched, or the caller may not. */
  readonly phones: readonly string[];
}

/** Which households of a school are read: those within reach, and that match the search. */
export interface SchoolSearch {
  readonly schoolId: string;
  readonly inReach: string | null;
  readonly sought: HouseholdSearch | null;
}

/** A file as its row has it: the statement makes the lists, and the JSON in them was stored. */
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

/** All SQL of household files; it also reads devices. Row-level security limits rows to the council, and `reach` to the school. */
@Injectable()
export class HouseholdsRepository {
  /** Returns the household, if it is within reach. */
  inReach(tx: Tx, reach: Reach, id: string): Promise<HouseholdInReach | null> {
    return tx.one<HouseholdInReach>(IN_REACH, [id, reach.schoolId]);
  }

  /**
   * Locks the household until the transaction ends, and returns it. Whoever decides about a household (its requests, its limits, its loans)
   * takes this lock first, before those of lines, devices and loans.
   */
  async lock(tx: Tx, reach: Reach, id: string): Promise<HouseholdInReach | null> {
    return (await tx.one(LOCK, [id, reach.schoolId])) && this.inReach(tx, reach, id);
  }

  /** Returns the whole file. */
  async read(tx: Tx, reach: Reach, id: string): Promise<Household | null> {
    const row = await tx.one<Row>(READ, [id, reach.schoolId]);
    return row && householdOf(row);
  }

  /** Returns the language in which to write to the family (BCP 47); null when no contact named one. */
  async languageOf(tx: Tx, id: string): Promise<string | null> {
    return (await tx.one<{ language: string }>(LANGUAGE, [id]))?.language ?? null;
  }

  /** Locks the household, and returns the whole file. */
  async readLocked(tx: Tx, reach: Reach, id: string): Promise<Household | null> {
    return (await tx.one(LOCK, [id, reach.schoolId])) && this.read(tx, reach, id);
  }

  /** Returns households in the order of their ids, after the given one; one more than `limit`. */
  async page(tx: Tx, after: string | null, limit: number): Promise<Household[]> {
    return (await tx.query<Row>(PAGE, [after ?? NIL_ID, limit + 1])).map(householdOf);
  }

  async pageOfSchool(tx: Tx, { schoolId, inReach, sought }: SchoolSearch, after: string | null, limit: number): Promise<Household[]> {
    const values = [after ?? NIL_ID, limit + 1, schoolId, inReach];
    if (!sought) return (await tx.query<Row>(PAGE_OF_SCHOOL, values)).map(householdOf);
    const { patterns, reference, tag, phones } = sought;
    return (await tx.query<Row>(SOUGHT_OF_SCHOOL, [...values, patterns, reference, tag, phones])).map(householdOf);
  }

  /** Searches the whole council; `truncated` when there were too many hits to look at. */
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

  /** Returns the households that a search names exactly. */
  async findExact(tx: Tx, sought: HouseholdSearch): Promise<Household[]> {
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

  /** Writes a new file in one statement; returns false when its reference is taken. */
  async insert(tx: Tx, household: Household): Promise<boolean> {
    const { id, reference, createdAt } = household;
    return (await tx.query(INSERT, [id, reference, ...contentColumns(household), createdAt, ...peopleColumns(household)])).length === 1;
  }

  /**
   * Writes the whole file in place of version `household.version - 1`, in one statement. Contacts and learners who are not listed any more
   * have left.
   */
  async update(tx: Tx, household: Household): Promise<void> {
    const { id, version, updatedAt } = household;
    const written = await tx.query(UPDATE, [id, version - 1, ...contentColumns(household), updatedAt, ...peopleColumns(household)]);
    if (written.length === 0) throw new Error('a household changed although it was locked');
  }

  /** Writes where the facts come from, in place of version `version - 1`. */
  async setFacts(tx: Tx, id: string, version: number, facts: Facts, now: Date): Promise<void> {
    await tx.execute(SET_FACTS, [id, version - 1, facts, now]);
  }
}

/** Returns one id more than `limit`, each once. */
function firstInOrder(ids: readonly string[], limit: number): string[] {
  return [...new Set(ids)].sort().slice(0, limit + 1);
}

/** Lists are sent as JSON text, because the driver would make PostgreSQL arrays of them. */
function contentColumns(household: Household): unknown[] {
  const { schoolId, homeAlone, bursaryLevel, equipment, connectivity, facts } = household;
  return [schoolId, homeAlone, bursaryLevel, JSON.stringify(equipment), connectivity, facts, searchText(household)];
}

function peopleColumns({ contacts, learners }: Household): unknown[] {
  return [JSON.stringify(numbered(contacts)), JSON.stringify(numbered(learners))];
}

function numbered<T extends object>(list: readonly T[]): (T & { position: number })[] {
  return list.map((item, position) => ({ ...item, position }));
}
