import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';

/** A council (collectivité): the tenant. */
export interface Council {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** The name of a zone in the IANA time zone database. */
  readonly timeZone: string;
  /** A language tag (BCP 47): the language of the texts that the council itself reads. */
  readonly locale: string;
  /** The languages in which families are written to, first choice first. */
  readonly languages: readonly string[];
  /** Whether the scale of points is public. */
  readonly publicPriorityScale: boolean;
  /** Whether a returned device is proposed at once to the best waiting line, without a round over all lines. */
  readonly proposeAtOnce: boolean;
  /** How many learners can have live lessons at the same time over a lent router or SIM card. */
  readonly lentConnectionStreams: number;
  /** Whether families sign in. */
  readonly openToFamilies: boolean;
  /** In E.164: which number families call where a site has none of its own. */
  readonly phone: string | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The council's closed days. `version` is null while the council has no list. */
export interface ClosedDays {
  readonly days: readonly Day[];
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

/** The facts about a council on which decisions about dates and languages depend. */
export interface CouncilFacts {
  readonly timeZone: string;
  readonly locale: string;
  readonly languages: readonly string[];
  readonly publicPriorityScale: boolean;
  readonly proposeAtOnce: boolean;
  readonly closedDays: ReadonlySet<Day>;
}

const COUNCIL = `
  SELECT id, code, name, time_zone AS "timeZone", locale, languages, public_priority_scale AS "publicPriorityScale",
    propose_at_once AS "proposeAtOnce", lent_connection_streams AS "lentConnectionStreams", open_to_families AS "openToFamilies",
    phone, version, created_at AS "createdAt", updated_at AS "updatedAt"
  FROM councils WHERE id = current_council()`;
const LOCK_COUNCIL = `${COUNCIL} FOR UPDATE`;
/** Locks the council's row instead of the rows of its settings, since settings that were never written have no row to lock. */
const LOCK_SETTINGS_SHARED = 'SELECT FROM councils WHERE id = current_council() FOR SHARE';
const LOCK_SETTINGS = 'SELECT FROM councils WHERE id = current_council() FOR NO KEY UPDATE';
const INSERT_COUNCIL = `
  INSERT INTO councils (id, code, name, time_zone, locale, languages, created_at, updated_at) VALUES (current_council(), $1, $2, $3, $4, $5, $6, $6)`;
const UPDATE_COUNCIL = `
  UPDATE councils SET name = $1, time_zone = $2, locale = $3, languages = $4, public_priority_scale = $5, propose_at_once = $6, lent_connection_streams = $7,
    open_to_families = $8, phone = $9, version = $10, updated_at = $11
  WHERE id = current_council()`;
const ANY_COUNCIL = 'SELECT EXISTS (SELECT FROM councils) AS "isAny"';
const COUNCIL_IDS = 'SELECT id FROM councils ORDER BY id';
/** Two rows are enough to know whether there is only one. */
const FIRST_COUNCIL_IDS = 'SELECT id FROM councils LIMIT 2';
/** Few councils have a part of the name; a postal code is looked for only where one was typed. */
const AT_DOOR = `
  SELECT c.code, c.name FROM councils c
  WHERE c.open_to_families AND (position($1 IN folded_text(c.name)) > 0
    OR ($2::text IS NOT NULL AND EXISTS (SELECT FROM sites s WHERE s.council_id = c.id AND s.address ->> 'postalCode' = $2)))
  ORDER BY c.name, c.id LIMIT $3`;
const OPEN_COUNCILS = 'SELECT id FROM councils WHERE open_to_families LIMIT 2';
const COUNCILS_OF_CODE = 'SELECT id, code FROM councils WHERE lower(code) = lower($1) ORDER BY code = $1 DESC LIMIT 2';

const CLOSED_DAYS = `SELECT days::text[] AS days, version, updated_at AS "updatedAt" FROM closed_day_lists WHERE council_id = current_council()`;
const LOCK_CLOSED_DAYS = `${CLOSED_DAYS} FOR UPDATE`;
const INSERT_CLOSED_DAYS = `
  INSERT INTO closed_day_lists (council_id, days, version, updated_at) VALUES (current_council(), $1, 1, $2) ON CONFLICT (council_id) DO NOTHING`;
const REPLACE_CLOSED_DAYS =
  'UPDATE closed_day_lists SET days = $1, version = version + 1, updated_at = $2 WHERE council_id = current_council()';

const FACTS = `
  SELECT c.time_zone AS "timeZone", c.locale, c.languages, c.public_priority_scale AS "publicPriorityScale", c.propose_at_once AS "proposeAtOnce",
    coalesce(l.days::text[], '{}') AS "closedDays"
  FROM councils c LEFT JOIN closed_day_lists l ON l.council_id = c.id WHERE c.id = current_council()`;

const UNKNOWN_SCHOOLS = `
  SELECT asked.id FROM unnest($1::uuid[]) AS asked (id)
  WHERE NOT EXISTS (SELECT FROM schools s WHERE s.council_id = current_council() AND s.id = asked.id)`;
const UNKNOWN_SITES = `
  SELECT asked.id FROM unnest($1::uuid[]) AS asked (id)
  WHERE NOT EXISTS (SELECT FROM sites s WHERE s.council_id = current_council() AND s.id = asked.id)`;
const UNKNOWN_FUNDS = `
  SELECT asked.id FROM unnest($1::uuid[]) AS asked (id)
  WHERE NOT EXISTS (SELECT FROM funds f WHERE f.council_id = current_council() AND f.id = asked.id)`;

/** The SQL of councils, and of what all other modules ask about them. Schools, sites and funds are plain resources with entities. */
@Injectable()
export class CouncilsRepository {
  find(tx: Tx): Promise<Council | null> {
    return tx.one<Council>(COUNCIL);
  }

  lock(tx: Tx): Promise<Council | null> {
    return tx.one<Council>(LOCK_COUNCIL);
  }

  async insert(tx: Tx, { code, name, timeZone, locale }: Pick<Council, 'code' | 'name' | 'timeZone' | 'locale'>, now: Date): Promise<void> {
    await tx.execute(INSERT_COUNCIL, [code, name, timeZone, locale, [locale], now]);
  }

  async save(tx: Tx, council: Council): Promise<void> {
    const { name, timeZone, locale, languages, publicPriorityScale, proposeAtOnce, lentConnectionStreams, openToFamilies, phone } = council;
    const settings = [name, timeZone, locale, languages, publicPriorityScale, proposeAtOnce, lentConnectionStreams, openToFamilies, phone];
    await tx.execute(UPDATE_COUNCIL, [...settings, council.version, council.updatedAt]);
  }

  /** Whether any council exists. Needs the platform's own transaction. */
  async isAny(tx: Tx): Promise<boolean> {
    return (await tx.one<{ isAny: boolean }>(ANY_COUNCIL))?.isAny === true;
  }

  /**
   * The councils that are open to families whose name has this folded text in it, or that have a site with this postal code. Needs the
   * platform's own transaction.
   */
  atDoor(tx: Tx, name: string, postalCode: string | null, limit: number): Promise<{ readonly code: string; readonly name: string }[]> {
    return tx.query<{ code: string; name: string }>(AT_DOOR, [name, postalCode, limit]);
  }

  /** The ids of councils that are open to families: two at most, as more make no difference. Needs the platform's own transaction. */
  async openIds(tx: Tx): Promise<string[]> {
    return (await tx.query<{ id: string }>(OPEN_COUNCILS)).map(({ id }) => id);
  }

  /**
   * The id of the council with this code. If no code is equal, case is ignored, provided that only one council then fits. Needs the
   * platform's own transaction.
   */
  async idOf(tx: Tx, code: string): Promise<string | null> {
    const [first, second] = await tx.query<{ id: string; code: string }>(COUNCILS_OF_CODE, [code.trim()]);
    return first && (first.code === code.trim() || !second) ? first.id : null;
  }

  /** The ids of all councils. Needs the platform's own transaction. */
  async ids(tx: Tx): Promise<string[]> {
    return (await tx.query<{ id: string }>(COUNCIL_IDS)).map(({ id }) => id);
  }

  /** The id of the council if there is only one, else null. Needs the platform's own transaction. */
  async onlyId(tx: Tx): Promise<string | null> {
    const [first, ...others] = await tx.query<{ id: string }>(FIRST_COUNCIL_IDS);
    return first !== undefined && others.length === 0 ? first.id : null;
  }

  /** Until the transaction ends, nobody can change the time zone, the closed days and the loan policy, or write them for the first time. */
  async lockSettingsShared(tx: Tx): Promise<void> {
    await tx.execute(LOCK_SETTINGS_SHARED);
  }

  /** Must be called before any of these is changed. It waits for transactions that called `lockSettingsShared`, and makes later ones wait. */
  async lockSettings(tx: Tx): Promise<void> {
    await tx.execute(LOCK_SETTINGS);
  }

  async closedDays(tx: Tx): Promise<ClosedDays> {
    return (await tx.one<ClosedDays>(CLOSED_DAYS)) ?? { days: [], version: null, updatedAt: null };
  }

  async lockClosedDays(tx: Tx): Promise<ClosedDays> {
    return (await tx.one<ClosedDays>(LOCK_CLOSED_DAYS)) ?? { days: [], version: null, updatedAt: null };
  }

  /** Inserts the council's first list. Returns false when somebody else was quicker. */
  async insertClosedDays(tx: Tx, days: readonly Day[], now: Date): Promise<boolean> {
    return (await tx.execute(INSERT_CLOSED_DAYS, [days, now])) === 1;
  }

  async replaceClosedDays(tx: Tx, days: readonly Day[], now: Date): Promise<void> {
    await tx.execute(REPLACE_CLOSED_DAYS, [days, now]);
  }

  async facts(tx: Tx): Promise<CouncilFacts> {
    const row = await tx.one<Omit<CouncilFacts, 'closedDays'> & { closedDays: Day[] }>(FACTS);
    if (!row) throw new Error('a transaction of a council that does not exist');
    return { ...row, closedDays: new Set(row.closedDays) };
  }

  /** Those of the ids that are not of a school of the council. */
  unknownSchools(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.unknown(tx, UNKNOWN_SCHOOLS, ids);
  }

  /** Those of the ids that are not of a site of the council. */
  unknownSites(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.unknown(tx, UNKNOWN_SITES, ids);
  }

  /** Those of the ids that are not of a fund of the council. */
  unknownFunds(tx: Tx, ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.unknown(tx, UNKNOWN_FUNDS, ids);
  }

  /** Returns the ids in the caller's spelling, while PostgreSQL compares them in small letters. */
  private async unknown(tx: Tx, statement: string, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const unknown = new Set((await tx.query<{ id: string }>(statement, [ids])).map(({ id }) => id));
    return new Set(ids.filter((id) => unknown.has(id.toLowerCase())));
  }
}
