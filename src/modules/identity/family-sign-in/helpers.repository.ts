import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { SessionOwner } from './family-sessions.repository.js';

// Reads households, contacts and councils beside the tables of this module.

/** Somebody who may see what a contact sees. */
export interface Helper {
  readonly id: string;
  readonly contactId: string;
  readonly name: string;
  readonly allowedAt: Date;
  readonly expiresAt: Date;
}

export interface NewHelper extends Helper {
  readonly householdId: string;
  readonly codeHash: string;
}

/** The file of a contact, as a code names it, and the council's time zone. */
export interface HelpedFile {
  readonly reference: string;
  readonly timeZone: string;
}

const COLUMNS = 'id, contact_id AS "contactId", name, allowed_at AS "allowedAt", expires_at AS "expiresAt"';
/** Those that hold, of a household, or of one contact of it. */
const OF_OWNER = `council_id = current_council() AND household_id = $1 AND ($2::uuid IS NULL OR contact_id = $2) AND ended_at IS NULL`;
const FILE = `
  SELECT h.reference, c.time_zone AS "timeZone"
  FROM contacts k JOIN households h ON h.council_id = k.council_id AND h.id = k.household_id JOIN councils c ON c.id = k.council_id
  WHERE k.council_id = current_council() AND k.id = $1 AND k.household_id = $2`;
const INSERT = `
  INSERT INTO helpers (council_id, id, household_id, contact_id, name, code_hash, allowed_at, expires_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7)`;
const LIST = `SELECT ${COLUMNS} FROM helpers WHERE ${OF_OWNER} AND id > $3 AND expires_at > $4 ORDER BY id LIMIT $5`;
const FIND = `SELECT ${COLUMNS} FROM helpers WHERE ${OF_OWNER} AND id = $3 AND expires_at > $4`;
const END = `UPDATE helpers SET ended_at = $4 WHERE ${OF_OWNER} AND id = $3 AND expires_at > $4`;
const END_SESSIONS = `
  UPDATE family_sessions SET ended_at = $2 WHERE council_id = current_council() AND helper_id = $1 AND ended_at IS NULL AND expires_at > $2`;

/** The SQL of those whom a family lets see its file. */
@Injectable()
export class HelpersRepository {
  /** Null when the household has no such contact. */
  fileOf(tx: Tx, householdId: string, contactId: string): Promise<HelpedFile | null> {
    return tx.one<HelpedFile>(FILE, [contactId, householdId]);
  }

  async insert(tx: Tx, { id, householdId, contactId, name, codeHash, allowedAt, expiresAt }: NewHelper): Promise<void> {
    await tx.execute(INSERT, [id, householdId, contactId, name, codeHash, allowedAt, expiresAt]);
  }

  /** In the order of their ids, one more than `limit`. */
  list(tx: Tx, { householdId, contactId }: SessionOwner, after: string, limit: number, now: Date): Promise<Helper[]> {
    return tx.query<Helper>(LIST, [householdId, contactId, after, now, limit + 1]);
  }

  find(tx: Tx, { householdId, contactId }: SessionOwner, id: string, now: Date): Promise<Helper | null> {
    return tx.one<Helper>(FIND, [householdId, contactId, id, now]);
  }

  /** Ends the help and every session of it; returns false when there is none that holds. */
  async end(tx: Tx, { householdId, contactId }: SessionOwner, id: string, now: Date): Promise<boolean> {
    if ((await tx.execute(END, [householdId, contactId, id, now])) !== 1) return false;
    await tx.execute(END_SESSIONS, [id, now]);
    return true;
  }
}
