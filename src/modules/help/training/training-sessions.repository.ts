import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { NIL_ID } from '../../../shared/ids.js';
import type { Reach } from '../../councils/index.js';
import { Conditions } from '../../requests/index.js';
import type { SessionValues } from '../domain/training.rules.js';

// Reads sites beside the tables of this module.

/** A workshop at a site in which families learn to use what they were lent. */
export interface TrainingSession extends SessionValues {
  readonly id: string;
  readonly siteId: string;
  readonly title: string;
  /** A language tag (BCP 47). */
  readonly language: string;
  readonly booked: number;
  readonly cancelledAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type NewSession = Pick<TrainingSession, 'id' | 'siteId' | 'title' | 'language' | 'startsAt' | 'endsAt' | 'places'>;

export interface SessionFilter {
  readonly siteId?: string;
  /** Those that begin at this instant or later. */
  readonly from?: Date;
  /** Those that begin before this instant. */
  readonly to?: Date;
  /** The only site within the caller's reach; null means all. */
  readonly reach: string | null;
  /** Null: those that do not take place are listed too. */
  readonly held: true | null;
}

/** The next workshop of a council, as anybody reads it at the door. */
export interface NextSession extends Pick<TrainingSession, 'title' | 'language' | 'startsAt' | 'endsAt' | 'places' | 'booked'> {
  readonly siteName: string;
  readonly timeZone: string;
}

const SESSION = `
  s.id, s.site_id AS "siteId", s.title, s.language, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.places, s.booked,
  s.cancelled_at AS "cancelledAt", s.version, s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;
const ONE = `SELECT ${SESSION} FROM training_sessions s WHERE s.council_id = current_council() AND s.id = $1 AND ($2::uuid IS NULL OR s.site_id = $2)`;
const LOCK = `${ONE} FOR NO KEY UPDATE`;
const INSERT = `
  INSERT INTO training_sessions AS s (council_id, id, site_id, title, language, starts_at, ends_at, places, created_at, updated_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING ${SESSION}`;
const SAVE = `
  UPDATE training_sessions SET title = $2, language = $3, starts_at = $4, ends_at = $5, places = $6, cancelled_at = $7, version = $8, updated_at = $9
  WHERE council_id = current_council() AND id = $1`;
const SITE_IN_REACH = `
  SELECT FROM sites WHERE council_id = current_council() AND id = $1 AND ($2::uuid IS NULL OR school_id = $2) AND ($3::uuid IS NULL OR id = $3)`;
const NEXT = `
  SELECT s.title, s.language, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.places, s.booked, p.name AS "siteName", c.time_zone AS "timeZone"
  FROM training_sessions s JOIN sites p ON p.council_id = s.council_id AND p.id = s.site_id JOIN councils c ON c.id = s.council_id
  WHERE s.council_id = current_council() AND s.starts_at > $1 AND s.cancelled_at IS NULL
  ORDER BY s.starts_at, s.id LIMIT 1`;

/** The SQL of workshops. The database itself counts the places that are taken. */
@Injectable()
export class TrainingSessionsRepository {
  /** In the order in which they begin, each with whether the household has a place. Returns one more than `limit` when more follow. */
  list(
    tx: Tx,
    { siteId, from, to, reach, held }: SessionFilter,
    householdId: string | null,
    after: readonly [string, string] | null,
    limit: number,
  ): Promise<(TrainingSession & { readonly hasPlace: boolean })[]> {
    const where = new Conditions('s.council_id = current_council()', [householdId ?? NIL_ID])
      .and('s.site_id = ?', siteId)
      .and('s.site_id = ?', reach)
      .and('s.starts_at >= ?', from)
      .and('s.starts_at < ?', to)
      .and('(s.cancelled_at IS NULL) = ?', held)
      .and('(s.starts_at, s.id) > (?, ?)', ...(after ?? [null]));
    const text = `
      SELECT ${SESSION}, EXISTS (
        SELECT FROM training_bookings b WHERE b.council_id = s.council_id AND b.session_id = s.id AND b.household_id = $1) AS "hasPlace"
      FROM training_sessions s WHERE ${where.text} ORDER BY s.starts_at, s.id LIMIT ${where.bind('?', limit + 1)}`;
    return tx.query(text, where.values);
  }

  /** The workshop, if it is at the only site within reach; null means all sites. */
  find(tx: Tx, siteInReach: string | null, id: string): Promise<TrainingSession | null> {
    return tx.one<TrainingSession>(ONE, [id, siteInReach]);
  }

  /** The same, locked until the transaction ends. */
  lock(tx: Tx, siteInReach: string | null, id: string): Promise<TrainingSession | null> {
    return tx.one<TrainingSession>(LOCK, [id, siteInReach]);
  }

  insert(tx: Tx, { id, siteId, title, language, startsAt, endsAt, places }: NewSession, now: Date): Promise<TrainingSession> {
    return tx.row<TrainingSession>(INSERT, [id, siteId, title, language, startsAt, endsAt, places, now]);
  }

  async save(tx: Tx, { id, title, language, startsAt, endsAt, places, cancelledAt, version, updatedAt }: TrainingSession): Promise<void> {
    await tx.execute(SAVE, [id, title, language, startsAt, endsAt, places, cancelledAt, version, updatedAt]);
  }

  async isSiteInReach(tx: Tx, { schoolId, siteId }: Reach, id: string): Promise<boolean> {
    return (await tx.one(SITE_IN_REACH, [id, schoolId, siteId])) !== null;
  }

  /** The next that takes place; null when none is planned. */
  next(tx: Tx, now: Date): Promise<NextSession | null> {
    return tx.one<NextSession>(NEXT, [now]);
  }
}
