import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

/** The contact to whom a code was printed. */
export interface CodeOwner {
  readonly councilId: string;
  readonly contactId: string;
  readonly householdId: string;
  /** The helper who signs in in the place of the contact; without one it is the contact. */
  readonly helperId?: string | null;
}

export interface NewFamilySession extends Omit<CodeOwner, 'councilId' | 'helperId'> {
  readonly helperId: string | null;
  readonly id: string;
  readonly tokenHash: string;
  readonly ownPhone: boolean;
  readonly openedAt: Date;
  readonly expiresAt: Date;
}

/** A session that has not ended. */
export interface FamilySession {
  readonly id: string;
  readonly contactId: string;
  readonly ownPhone: boolean;
  readonly openedAt: Date;
  /** When it was last used, to the minute. */
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** Whose sessions are meant; without a contact those of the whole household. */
export interface SessionOwner {
  readonly householdId: string;
  readonly contactId: string | null;
}

const OF_CODE = `
  SELECT council_id AS "councilId", contact_id AS "contactId", household_id AS "householdId", NULL::uuid AS "helperId"
  FROM contact_of_access_code($1, $2)
  UNION ALL
  SELECT h.council_id, h.contact_id, h.household_id, h.id FROM helpers h JOIN councils c ON c.id = h.council_id
  WHERE h.code_hash = $1 AND h.expires_at > $2 AND h.ended_at IS NULL AND c.open_to_families`;
/** Opens nothing when the code was replaced or revoked, or the council closed, since it was looked up. */
const OPEN = `
  INSERT INTO family_sessions (council_id, id, contact_id, household_id, token_hash, own_phone, opened_at, seen_at, expires_at)
  SELECT a.council_id, $3, a.contact_id, a.household_id, $4, $5, $6, $6, $7
  FROM access_codes a JOIN councils c ON c.id = a.council_id
  WHERE a.council_id = current_council() AND a.contact_id = $1 AND a.code_hash = $2 AND a.expires_at > $6 AND c.open_to_families`;
/** The same for a helper, whose session ends with the help. */
const OPEN_AS_HELPER = `
  INSERT INTO family_sessions (council_id, id, contact_id, household_id, token_hash, own_phone, opened_at, seen_at, expires_at, helper_id)
  SELECT h.council_id, $3, h.contact_id, h.household_id, $4, $5, $6, $6, least($7, h.expires_at), h.id
  FROM helpers h JOIN councils c ON c.id = h.council_id
  WHERE h.council_id = current_council() AND h.id = $1 AND h.code_hash = $2 AND h.expires_at > $6 AND h.ended_at IS NULL AND c.open_to_families
  FOR UPDATE OF h`;
const START = `
  SELECT opened_at AS "openedAt", own_phone AS "ownPhone" FROM family_sessions
  WHERE council_id = current_council() AND id = $1 AND ended_at IS NULL AND expires_at > $2`;
const SEEN = `
  UPDATE family_sessions s SET seen_at = $2,
    expires_at = least($3, (SELECT h.expires_at FROM helpers h WHERE h.council_id = s.council_id AND h.id = s.helper_id))
  WHERE s.council_id = current_council() AND s.id = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.seen_at < $2`;
const END = `
  UPDATE family_sessions SET ended_at = $4
  WHERE council_id = current_council() AND id = $1 AND household_id = $2 AND ($3::uuid IS NULL OR contact_id = $3)
    AND ended_at IS NULL AND expires_at > $4`;
const LIST = `
  SELECT id, contact_id AS "contactId", own_phone AS "ownPhone", opened_at AS "openedAt", seen_at AS "seenAt", expires_at AS "expiresAt"
  FROM family_sessions
  WHERE council_id = current_council() AND household_id = $1 AND ($2::uuid IS NULL OR contact_id = $2) AND id > $3
    AND ended_at IS NULL AND expires_at > $4
  ORDER BY id LIMIT $5`;
const FORGET_SESSIONS = "DELETE FROM family_sessions WHERE expires_at < now() - interval '1 day'";
const FORGET_CODES = "DELETE FROM access_codes WHERE expires_at < now() - interval '1 day'";

/** All SQL of families' sessions, and of finding whose a printed code is. */
@Injectable()
export class FamilySessionsRepository {
  /** Whose code it is, in whichever council that is open to families. Needs a system transaction. */
  ownerOf(tx: Tx, codeHash: string, now: Date): Promise<CodeOwner | null> {
    return tx.one<CodeOwner>(OF_CODE, [codeHash, now]);
  }

  /** Returns false when the code does not hold any more. */
  async open(tx: Tx, codeHash: string, session: NewFamilySession): Promise<boolean> {
    const { id, contactId, tokenHash, ownPhone, openedAt, expiresAt } = session;
    const [opening, opens] = session.helperId === null ? [OPEN, contactId] : [OPEN_AS_HELPER, session.helperId];
    return (await tx.execute(opening, [opens, codeHash, id, tokenHash, ownPhone, openedAt, expiresAt])) === 1;
  }

  /** How a session that still lives began. */
  start(tx: Tx, id: string, now: Date): Promise<Pick<FamilySession, 'openedAt' | 'ownPhone'> | null> {
    return tx.one<Pick<FamilySession, 'openedAt' | 'ownPhone'>>(START, [id, now]);
  }

  async seen(tx: Tx, id: string, now: Date, expiresAt: Date): Promise<void> {
    await tx.execute(SEEN, [id, now, expiresAt]);
  }

  /** Returns false when there is no such session that lives. */
  async end(tx: Tx, { householdId, contactId }: SessionOwner, id: string, now: Date): Promise<boolean> {
    return (await tx.execute(END, [id, householdId, contactId, now])) === 1;
  }

  /** The sessions that live, in the order of their ids, one more than `limit`. */
  list(tx: Tx, { householdId, contactId }: SessionOwner, after: string, limit: number, now: Date): Promise<FamilySession[]> {
    return tx.query<FamilySession>(LIST, [householdId, contactId, after, now, limit + 1]);
  }

  async forgetOld(tx: Tx): Promise<void> {
    await tx.execute(FORGET_SESSIONS);
    await tx.execute(FORGET_CODES);
  }
}
