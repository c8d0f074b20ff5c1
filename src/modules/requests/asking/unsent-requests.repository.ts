import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Family } from '../../councils/index.js';
import { type AskingAnswers, storedAskingAnswers } from './asking.js';

/** What a contact has answered, and the id of the request that it will be. */
export interface UnsentRequest {
  readonly requestId: string;
  readonly answers: AskingAnswers;
}

interface Row {
  readonly requestId: string;
  readonly answers: unknown;
}

const COLUMNS = 'request_id AS "requestId", answers';
/** What a contact answered in another file is not of this one. */
const OF_CONTACT = 'council_id = current_council() AND contact_id = $1 AND household_id = $2';

const READ = `SELECT ${COLUMNS} FROM unsent_requests WHERE ${OF_CONTACT}`;
const LOCK = `${READ} FOR UPDATE`;
const BEGIN = `
  INSERT INTO unsent_requests AS u (council_id, contact_id, household_id, request_id, answers, changed_at)
  VALUES (current_council(), $1, $2, $3, $4, $5)
  ON CONFLICT (council_id, contact_id) DO UPDATE
    SET household_id = excluded.household_id, request_id = excluded.request_id, answers = excluded.answers, changed_at = excluded.changed_at
    WHERE u.household_id <> excluded.household_id`;
const SAVE = `UPDATE unsent_requests SET answers = $3, changed_at = $4 WHERE ${OF_CONTACT}`;
const REMOVE = `DELETE FROM unsent_requests WHERE ${OF_CONTACT}`;
const FORGET = "DELETE FROM unsent_requests WHERE changed_at < $1::timestamptz - interval '90 days'";

/** All SQL of what families have answered and not sent. */
@Injectable()
export class UnsentRequestsRepository {
  async find(tx: Tx, { contactId, householdId }: Family): Promise<UnsentRequest | null> {
    return unsentOf(await tx.one<Row>(READ, [contactId, householdId]));
  }

  async lock(tx: Tx, { contactId, householdId }: Family): Promise<UnsentRequest | null> {
    return unsentOf(await tx.one<Row>(LOCK, [contactId, householdId]));
  }

  /** Writes the first answers, where the contact has none yet. */
  async begin(tx: Tx, { contactId, householdId }: Family, { requestId, answers }: UnsentRequest, now: Date): Promise<void> {
    await tx.execute(BEGIN, [contactId, householdId, requestId, answers, now]);
  }

  async save(tx: Tx, { contactId, householdId }: Family, answers: AskingAnswers, now: Date): Promise<void> {
    await tx.execute(SAVE, [contactId, householdId, answers, now]);
  }

  async remove(tx: Tx, { contactId, householdId }: Family): Promise<void> {
    await tx.execute(REMOVE, [contactId, householdId]);
  }

  /** Of all councils. Needs the platform's own transaction. */
  async forgetOld(tx: Tx, now: Date): Promise<void> {
    await tx.execute(FORGET, [now]);
  }
}

const unsentOf = (row: Row | null): UnsentRequest | null => row && { ...row, answers: storedAskingAnswers(row.answers) };
