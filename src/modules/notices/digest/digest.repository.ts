import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { ADDRESS_HASH } from '../contact-marks.repository.js';
import { type Digest, MOST_COUNTED, MOST_LISTED } from '../domain/digest.rules.js';

// Reads outbox, councils, users, households, contacts, learners, request_lines, offers and loans beside the tables of this module.

/** Who is told, in which council. */
export interface DigestReader {
  readonly email: string;
  /** Null: the whole council. */
  readonly schoolId: string | null;
  readonly councilName: string;
}

/** Of each council one look into its index. */
const COUNCILS_WITHOUT = `
  SELECT c.id FROM councils c
  WHERE NOT EXISTS (
    SELECT FROM outbox o
    WHERE o.council_id = c.id AND o.kind = $1 AND o.key IS NOT NULL AND o.done_at IS NULL AND o.dead_at IS NULL) ORDER BY c.id`;

const WANTS = `u.council_id = current_council() AND u.active AND u.digest AND u.role IN ('council_manager', 'school_administrator')`;
const READERS = `SELECT u.id FROM users u WHERE ${WANTS} ORDER BY u.id`;
const READER = `
  SELECT u.email, u.school_id AS "schoolId", c.name AS "councilName" FROM users u JOIN councils c ON c.id = u.council_id WHERE ${WANTS} AND u.id = $1`;

/** Whether the household is of the school $3, or nothing where there is none to ask for. */
const OF_SCHOOL = (household: string) => `($3::uuid IS NULL OR EXISTS (
    SELECT FROM households y WHERE y.council_id = current_council() AND y.id = ${household} AND (y.school_id = $3 OR EXISTS (
      SELECT FROM learners k WHERE k.council_id = current_council() AND k.household_id = y.id AND k.school_id = $3 AND k.left_at IS NULL))))`;
/** How many rows there are, as far as anybody counts, and the first references of them. */
const WAITING = (rows: string) => `(
  SELECT jsonb_build_object('count', count(*), 'references', coalesce(to_jsonb((array_agg(w.reference ORDER BY w.place, w.id))[1:${MOST_LISTED}]), '[]'))
  FROM (${rows} LIMIT ${MOST_COUNTED + 1}) w)`;

const LATE_LOANS = `
  SELECT l.reference, l.overdue_from AS place, l.id FROM loans l
  WHERE l.council_id = current_council() AND l.state = 'open' AND l.overdue_from <= $2 AND ${OF_SCHOOL('l.household_id')} ORDER BY l.overdue_from, l.id`;
const ENDING_OFFERS = `
  SELECT h.reference, o.expires_at AS place, o.id FROM offers o JOIN households h ON h.council_id = o.council_id AND h.id = o.household_id
  WHERE o.council_id = current_council() AND o.state = 'open' AND o.expires_at > $1 AND o.expires_at <= $1 + interval '2 days'
    AND ${OF_SCHOOL('o.household_id')}
  ORDER BY o.expires_at, o.id`;
const UNSIGNED_AGREEMENTS = `
  SELECT l.reference, l.id AS place, l.id FROM loans l
  WHERE l.council_id = current_council() AND l.agreement_unsigned_since IS NOT NULL AND ${OF_SCHOOL('l.household_id')} ORDER BY l.id`;
/** A failure is told of for a week: who never can be reached would else be in every digest for ever. */
const STUCK = `
  SELECT h.reference, s.place, s.id FROM (
    SELECT n.id, n.household_id, n.handed_over_at AS place FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'sending' AND n.attempts > 0
    UNION ALL
    SELECT n.id, n.household_id, n.settled_at FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'failed' AND n.settled_at > $1 - interval '7 days'
      AND NOT EXISTS (SELECT FROM notices again WHERE again.council_id = current_council() AND again.resend_of = n.id)
  ) s JOIN households h ON h.council_id = current_council() AND h.id = s.household_id
  WHERE ${OF_SCHOOL('s.household_id')} ORDER BY s.place, s.id`;
/** Told of for a week too; who has another number or address by now is reached again. */
const DEAD_ADDRESSES = `
  SELECT h.reference, m.created_at AS place, m.id FROM contact_marks m JOIN households h ON h.council_id = m.council_id AND h.id = m.household_id
  WHERE m.council_id = current_council() AND m.cleared_at IS NULL AND m.reason IN ('bounced', 'undelivered') AND m.created_at > $1 - interval '7 days'
    AND EXISTS (
      SELECT FROM contacts p WHERE p.council_id = m.council_id AND p.household_id = m.household_id
        AND m.address_hash = ${ADDRESS_HASH('m.council_id', "CASE m.channel WHEN 'sms' THEN p.phone ELSE p.email END")})
    AND ${OF_SCHOOL('m.household_id')}
  ORDER BY m.created_at, m.id`;
/** Lines of whose categories there is nothing to give. */
const UNSERVED = `
  SELECT jsonb_build_object('count', count(DISTINCT r.id), 'categories', coalesce(jsonb_agg(DISTINCT wanted.category), '[]'))
  FROM (
    SELECT r.id, r.acceptable_categories FROM request_lines r
    WHERE r.council_id = current_council() AND r.state = 'waiting' AND NOT r.acceptable_categories && $4::text[] AND ${OF_SCHOOL('r.household_id')}
    LIMIT ${MOST_COUNTED + 1}
  ) r CROSS JOIN LATERAL unnest(r.acceptable_categories) AS wanted (category)`;
const LETTERS = `
  SELECT count(*) FROM (
    SELECT DISTINCT coalesce(n.combined_into, n.id) FROM notices n
    WHERE n.council_id = current_council() AND n.state = 'to_print' AND ${OF_SCHOOL('n.household_id')} LIMIT ${MOST_COUNTED + 1}) letters`;

const PAUSED_CHANNELS = `
  SELECT jsonb_build_object('count', count(*), 'references', coalesce(jsonb_agg(CASE channel WHEN 'sms' THEN 'SMS' ELSE 'e-mail' END ORDER BY channel), '[]'))
  FROM channel_health WHERE council_id = current_council() AND paused_at IS NOT NULL`;

/** $1 is the present, $2 the day, $3 the school or null, $4 the categories of which there is something to give. */
const DIGEST = `
  SELECT ${WAITING(LATE_LOANS)} AS "lateLoans", ${WAITING(ENDING_OFFERS)} AS "endingOffers", ${WAITING(UNSIGNED_AGREEMENTS)} AS "unsignedAgreements",
    (${PAUSED_CHANNELS}) AS "pausedChannels", ${WAITING(STUCK)} AS "stuckNotices", ${WAITING(DEAD_ADDRESSES)} AS "deadAddresses",
    (${UNSERVED}) AS unserved, (${LETTERS})::integer AS letters`;

type Row<T> = T & Record<string, unknown>;

/** What waits in a council or a school, and who is told of it. */
@Injectable()
export class DigestRepository {
  /** Councils that have no job of this kind to come. Needs the platform's own transaction. */
  async councilsWithout(tx: Tx, kind: string): Promise<string[]> {
    return (await tx.query<{ id: string }>(COUNCILS_WITHOUT, [kind])).map(({ id }) => id);
  }

  async readers(tx: Tx): Promise<string[]> {
    return (await tx.query<{ id: string }>(READERS)).map(({ id }) => id);
  }

  /** Null when they are not to be told any more. */
  reader(tx: Tx, userId: string): Promise<DigestReader | null> {
    return tx.one<Row<DigestReader>>(READER, [userId]);
  }

  async digest(tx: Tx, schoolId: string | null, inStock: readonly DeviceCategory[], now: Date, today: Day): Promise<Digest> {
    return (await tx.one<Row<Digest>>(DIGEST, [now, today, schoolId, inStock])) as Digest;
  }
}
