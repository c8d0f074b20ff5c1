import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { householdIsOfSchool, householdsOfSchool } from '../../households/index.js';
import { Conditions } from '../../requests/index.js';

// Reads contacts beside the tables of this module.

export type MarkReason = 'bounced' | 'undelivered' | 'stopped';

/** Says that nothing is sent any more to a number or an address. It holds for the number that the person had then; a new one is used again. */
export interface ContactMark {
  readonly id: string;
  readonly channel: 'sms' | 'email';
  readonly reason: MarkReason;
  readonly householdId: string | null;
  readonly contactId: string | null;
  readonly noticeId: string | null;
  readonly clearedAt: Date | null;
  readonly createdAt: Date;
}

type NewMark = Pick<ContactMark, 'channel' | 'reason' | 'householdId' | 'contactId' | 'noticeId'>;

/** The hash that stands for a number or an address in one council; `council` and `address` are columns or parameters. */
export const ADDRESS_HASH = (council: string, address: string) =>
  `encode(sha256(convert_to(${council}::text || ' ' || lower(${address}), 'UTF8')), 'hex')`;

/** The reason `stopped` replaces another one: a person who answered STOP gets no message even when the number works again. */
const insert = (hash: string) => `
  INSERT INTO contact_marks AS m (council_id, id, channel, address_hash, reason, household_id, contact_id, notice_id, created_at)
  SELECT current_council(), $1, $2, ${hash}, $4, $5, $6, $7, $8
  ON CONFLICT (council_id, channel, address_hash) WHERE cleared_at IS NULL
  DO UPDATE SET reason = EXCLUDED.reason WHERE EXCLUDED.reason = 'stopped' AND m.reason <> 'stopped'`;
const INSERT = insert(ADDRESS_HASH('current_council()', '$3'));
const INSERT_HASHED = insert('$3');
const HOLDER = `
  SELECT p.id AS "contactId", p.household_id AS "householdId" FROM contacts p
  WHERE p.council_id = current_council() AND p.phone = $1 ORDER BY p.household_id, p.position LIMIT 1`;
const MARK = `
  m.id, m.channel, m.reason, m.household_id AS "householdId", m.contact_id AS "contactId", m.notice_id AS "noticeId", m.cleared_at AS "clearedAt",
  m.created_at AS "createdAt"`;
const ONE = `SELECT ${MARK} FROM contact_marks m WHERE m.council_id = current_council() AND m.id = $1 AND ${householdIsOfSchool('m.household_id', '$2')}`;
const LOCKED = `${ONE} FOR UPDATE OF m`;
const CLEAR = `UPDATE contact_marks m SET cleared_at = coalesce(m.cleared_at, $2) WHERE m.council_id = current_council() AND m.id = $1 RETURNING ${MARK}`;

/** The SQL of marks on numbers and addresses. */
@Injectable()
export class ContactMarksRepository {
  async mark(tx: Tx, address: string, { channel, reason, householdId, contactId, noticeId }: NewMark, now: Date): Promise<void> {
    await tx.execute(INSERT, [newId(), channel, address, reason, householdId, contactId, noticeId, now]);
  }

  /** Marks an address of which only the hash is known. */
  async markHashed(tx: Tx, hash: string, { channel, reason, householdId, contactId, noticeId }: NewMark, now: Date): Promise<void> {
    await tx.execute(INSERT_HASHED, [newId(), channel, hash, reason, householdId, contactId, noticeId, now]);
  }

  /** Returns a contact who has this number. */
  holderOf(tx: Tx, phone: string): Promise<{ contactId: string; householdId: string } | null> {
    return tx.one<{ contactId: string; householdId: string }>(HOLDER, [phone]);
  }

  /** Returns the marks that hold, in the order of their ids, one more than `limit`. */
  list(tx: Tx, schoolId: string | null, householdId: string | undefined, after: string | null, limit: number): Promise<ContactMark[]> {
    const where = new Conditions('m.council_id = current_council() AND m.cleared_at IS NULL')
      .and('m.id > ?', after)
      .and('m.household_id = ?', householdId)
      .and(`m.household_id = ANY (${householdsOfSchool('?')})`, schoolId, schoolId);
    return tx.query<ContactMark>(
      `SELECT ${MARK} FROM contact_marks m WHERE ${where.text} ORDER BY m.id LIMIT ${where.bind('?', limit + 1)}`,
      where.values,
    );
  }

  find(tx: Tx, schoolId: string | null, id: string): Promise<ContactMark | null> {
    return tx.one<ContactMark>(ONE, [id, schoolId]);
  }

  lock(tx: Tx, schoolId: string | null, id: string): Promise<ContactMark | null> {
    return tx.one<ContactMark>(LOCKED, [id, schoolId]);
  }

  clear(tx: Tx, id: string, now: Date): Promise<ContactMark> {
    return tx.row<ContactMark>(CLEAR, [id, now]);
  }
}
