import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { NIL_ID } from '../../../shared/ids.js';
import type { AgreementFacts, AskedAgreement } from '../domain/agreement.rules.js';
import type { CaseDevice, CaseHousehold, CaseItem } from '../record/loan-case.js';
import { AGREEMENT_FACTS, HOUSEHOLD_LEARNERS } from '../record/loans.sql.js';

// Reads households, learners, devices and request_lines beside the tables of this module.

/** An open loan with what the check of its agreement reads: of its items, only those that are out. */
export interface LoanToSign extends AgreementFacts {
  readonly id: string;
  readonly household: CaseHousehold;
  readonly items: readonly (Pick<CaseItem, 'lineLearnerIds'> & { readonly device: Pick<CaseDevice, 'category'> })[];
}

export interface LoanAskedAgreement extends AskedAgreement {
  readonly id: string;
}

const TAKE_TURN = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';

const OPEN = `
  SELECT l.id, l.state, ${AGREEMENT_FACTS},
         jsonb_build_object('schoolId', h.school_id, 'learners', ${HOUSEHOLD_LEARNERS}) AS household,
         coalesce((
           SELECT jsonb_agg(jsonb_build_object(
                    'lineLearnerIds', coalesce(r.learner_ids, '{}'), 'device', jsonb_build_object('category', d.category)) ORDER BY i.number)
           FROM loan_items i
           JOIN devices d ON d.council_id = i.council_id AND d.id = i.device_id
           LEFT JOIN request_lines r ON r.council_id = i.council_id AND r.id = i.request_line_id
           WHERE i.council_id = l.council_id AND i.loan_id = l.id AND i.state = 'on_loan'), '[]') AS items
  FROM loans l JOIN households h ON h.council_id = l.council_id AND h.id = l.household_id
  WHERE l.council_id = current_council() AND l.state = 'open'`;
const NEXT = `${OPEN} AND l.id > $1 ORDER BY l.id LIMIT $2`;
const THESE = `${OPEN} AND l.id = ANY ($1::uuid[]) ORDER BY l.id`;

/** Only locks: a statement reads other tables as they were when it started, so the loans are read by the next one. */
const LOCK = `SELECT FROM loans l WHERE l.council_id = current_council() AND l.id = ANY ($1::uuid[]) ORDER BY l.id FOR UPDATE`;

const WRITE = `
  UPDATE loans l
  SET agreement_unsigned_since = a."agreementUnsignedSince", agreement_terms_asked = a."agreementTermsAsked", version = l.version + 1, updated_at = $2
  FROM jsonb_to_recordset($1::jsonb) AS a (id uuid, "agreementUnsignedSince" timestamptz, "agreementTermsAsked" text[])
  WHERE l.council_id = current_council() AND l.id = a.id`;

/** The SQL that checks the agreements of open loans. */
@Injectable()
export class AgreementsRepository {
  /** Waits until no other batch of the council runs, so that for every loan the later of two policies counts. */
  async takeTurn(tx: Tx): Promise<void> {
    await tx.query(TAKE_TURN, [`${tx.councilId}/agreements`]);
  }

  /** Returns the next open loans in the order of their ids. */
  next(tx: Tx, after: string | null, limit: number): Promise<LoanToSign[]> {
    return tx.query<LoanToSign>(NEXT, [after ?? NIL_ID, limit]);
  }

  /** Locks those of the loans that are open, and returns them as they are then. */
  async lock(tx: Tx, ids: readonly string[]): Promise<LoanToSign[]> {
    await tx.execute(LOCK, [ids]);
    return tx.query<LoanToSign>(THESE, [ids]);
  }

  async write(tx: Tx, asked: readonly LoanAskedAgreement[], now: Date): Promise<void> {
    if (asked.length === 0) return;
    await tx.execute(WRITE, [JSON.stringify(asked), now]);
  }
}
