import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { householdsOfSchool } from '../../households/index.js';
import { ADDRESS_HASH } from '../receipts/contact-marks.repository.js';
import { type Digest, MOST_COUNTED, MOST_LISTED } from '../domain/digest.rules.js';

// Reads outbox, councils, users, households, contacts, learners, request_lines, offers and loans beside the tables of this module.

/** Somebody who gets the digest, and what it is about. */
export interface DigestRecipient {
  readonly email: string;
  /** Null when the digest is about the whole council. */
  readonly schoolId: string | null;
  readonly councilName: string;
}

/** It looks once for each council, by an index of the outbox. */
const COUNCILS_WITHOUT = `
  SELECT c.id FROM councils c
  WHERE NOT EXISTS (
    SELECT FROM outbox o
    WHERE o.council_id = c.id AND o.kind = $1 AND o.key IS NOT NULL AND o.done_at IS NULL AND o.dead_at IS NULL) ORDER BY c.id`;

const WANTS_DIGEST = `u.council_id = current_council() AND u.active AND u.digest AND u.role IN ('council_manager', 'school_administrator')`;
const RECIPIENTS = `SELECT u.id FROM users u WHERE ${WANTS_DIGEST} ORDER BY u.id`;
const RECIPIENT = `
  SELECT u.email, u.school_id AS "schoolId", c.name AS "councilName" FROM users u JOIN councils c ON c.id = u.council_id WHERE ${WANTS_DIGEST} AND u.id = $1`;

/** The number of rows, counted no further than `MOST_COUNTED`, and the first references of them. */
const COUNTED_REFERENCES = (rows: string) => `(
  SELECT jsonb_build_object('count', count(*), 'references', coalesce(to_jsonb((array_agg(w.reference ORDER BY w.place, w.id))[1:${MOST_LISTED}]), '[]'))
  FROM (${rows} LIMIT ${MOST_COUNTED + 1}) w)`;

/** A condition that keeps the households of one school; an empty text when the digest is about the whole council. */
type SchoolCondition = (household: string) => string;

const lateLoans = (ofSchool: SchoolCondition) => `
  SELECT l.reference, l.overdue_from AS place, l.id FROM loans l
  WHERE l.council_id = current_council() AND l.state = 'open' AND l.overdue_from <= $2 ${ofSchool('l.household_id')} ORDER BY l.overdue_from, l.id`;
const REFERENCE = (household: string) =>
  `(SELECT h.reference FROM households h WHERE h.council_id = current_council() AND h.id = ${household})`;
const endingOffers = (ofSchool: SchoolCondition) => `
  SELECT ${REFERENCE('o.household_id')} AS reference, o.expires_at AS place, o.id FROM offers o
  WHERE o.council_id = current_council() AND o.state = 'open' AND o.expires_at > $1 AND o.expires_at <= $1 + interval '2 days'
    ${ofSchool('o.household_id')}
  ORDER BY o.expires_at, o.id`;
const unsignedAgreements = (ofSchool: SchoolCondition) => `
  SELECT l.reference, l.id AS place, l.id FROM loans l
  WHERE l.council_id = current_council() AND l.agreement_unsigned_since IS NOT NULL ${ofSchool('l.household_id')} ORDER BY l.id`;
/** A failure is listed for a week only: a family that can never be reached would otherwise be in every digest. */
const stuckNotices = (ofSchool: SchoolCondition) => `
  SELECT ${REFERENCE('s.household_id')} AS reference, s.place, s.id FROM (
    SELECT n.id, n.household_id, n.handed_over_at AS place FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'sending' AND n.attempts > 0 ${ofSchool('n.household_id')}
    UNION ALL
    SELECT n.id, n.household_id, n.settled_at FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'failed' AND n.settled_at > $1 - interval '7 days' ${ofSchool('n.household_id')}
      AND NOT EXISTS (SELECT FROM notices again WHERE again.council_id = current_council() AND again.resend_of = n.id)
  ) s ORDER BY s.place, s.id`;
/** These are listed for a week too. A family that has another number or address by now can be reached again. */
const deadAddresses = (ofSchool: SchoolCondition) => `
  SELECT ${REFERENCE('m.household_id')} AS reference, m.created_at AS place, m.id FROM contact_marks m
  WHERE m.council_id = current_council() AND m.cleared_at IS NULL AND m.reason IN ('bounced', 'undelivered') AND m.created_at > $1 - interval '7 days'
    AND EXISTS (
      SELECT FROM contacts p WHERE p.council_id = m.council_id AND p.household_id = m.household_id
        AND m.address_hash = ${ADDRESS_HASH('m.council_id', "CASE m.channel WHEN 'sms' THEN p.phone ELSE p.email END")})
    ${ofSchool('m.household_id')}
  ORDER BY m.created_at, m.id`;
/** Waiting lines for which no device of an acceptable category is left to lend. */
const unserved = (ofSchool: SchoolCondition) => `
  SELECT jsonb_build_object('count', count(DISTINCT r.id), 'categories', coalesce(jsonb_agg(DISTINCT wanted.category), '[]'))
  FROM (
    SELECT r.id, r.acceptable_categories FROM request_lines r
    WHERE r.council_id = current_council() AND r.state = 'waiting' AND NOT r.acceptable_categories && $3::text[] ${ofSchool('r.household_id')}
    LIMIT ${MOST_COUNTED + 1}
  ) r CROSS JOIN LATERAL unnest(r.acceptable_categories) AS wanted (category)`;
const letters = (ofSchool: SchoolCondition) => `
  SELECT count(*) FROM (
    SELECT DISTINCT coalesce(n.combined_into, n.id) FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'to_print' ${ofSchool('n.household_id')} LIMIT ${MOST_COUNTED + 1}) letters`;

const PAUSED_CHANNELS = `
  SELECT jsonb_build_object('count', count(*), 'references', coalesce(jsonb_agg(CASE channel WHEN 'sms' THEN 'SMS' ELSE 'e-mail' END ORDER BY channel), '[]'))
  FROM channel_health WHERE council_id = current_council() AND paused_at IS NOT NULL`;

/** $1 is the present, $2 the day, $3 the categories of which something is left to lend. */
const digest = (ofSchool: SchoolCondition) => `
  SELECT ${COUNTED_REFERENCES(lateLoans(ofSchool))} AS "lateLoans", ${COUNTED_REFERENCES(endingOffers(ofSchool))} AS "endingOffers",
    ${COUNTED_REFERENCES(unsignedAgreements(ofSchool))} AS "unsignedAgreements", (${PAUSED_CHANNELS}) AS "pausedChannels",
    ${COUNTED_REFERENCES(stuckNotices(ofSchool))} AS "stuckNotices", ${COUNTED_REFERENCES(deadAddresses(ofSchool))} AS "deadAddresses",
    (${unserved(ofSchool)}) AS unserved, (${letters(ofSchool)})::integer AS letters`;
const DIGEST_OF_COUNCIL = digest(() => '');
/** The families of the school ($4) are found once, and every part of the statement begins with them. */
const DIGEST_OF_SCHOOL = `
  WITH school AS MATERIALIZED (SELECT ${householdsOfSchool('$4')} AS families)
  ${digest((household) => `AND ${household} = ANY ((SELECT families FROM school)::uuid[])`)}`;

/** Reads what waits in a council or a school, and who gets the digest about it. */
@Injectable()
export class DigestRepository {
  /** Returns the councils that have no job of this kind in the outbox. It needs a transaction of the whole platform. */
  async councilsWithout(tx: Tx, kind: string): Promise<string[]> {
    return (await tx.query<{ id: string }>(COUNCILS_WITHOUT, [kind])).map(({ id }) => id);
  }

  async recipients(tx: Tx): Promise<string[]> {
    return (await tx.query<{ id: string }>(RECIPIENTS)).map(({ id }) => id);
  }

  /** Null when this person is not to get the digest any more. */
  recipient(tx: Tx, userId: string): Promise<DigestRecipient | null> {
    return tx.one<DigestRecipient>(RECIPIENT, [userId]);
  }

  digest(tx: Tx, schoolId: string | null, inStock: readonly DeviceCategory[], now: Date, today: Day): Promise<Digest> {
    const values = [now, today, inStock];
    return schoolId === null ? tx.row<Digest>(DIGEST_OF_COUNCIL, values) : tx.row<Digest>(DIGEST_OF_SCHOOL, [...values, schoolId]);
  }
}
