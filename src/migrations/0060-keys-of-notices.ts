import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

const LEFT_BY_EVENTS = "'pickup_booked', 'pickup_tomorrow', 'loan_renewed', 'loan_recalled', 'offer_expired'";
const OF_WHAT = "coalesce(n.offer_id, n.loan_id)::text || CASE WHEN n.trigger = 'offer_expired' THEN '' ELSE ':' || n.about END";

/** Notices were kept apart by the event that led to them, and one thing could be told twice: what they are about is their key, for the old ones too. */
export class KeysOfNotices1790000002370 implements MigrationInterface {
  readonly name = 'KeysOfNotices1790000002370';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      unforced(
        ['notices'],
        `WITH named AS (
           SELECT n.council_id, n.id, n.trigger || ':' || ${OF_WHAT} || ':' || n.slot || ':' || n.number AS key, n.planned_at
           FROM notices n WHERE n.key IS NOT NULL AND n.trigger IN (${LEFT_BY_EVENTS})
         ), ranked AS (
           SELECT *, row_number() OVER (PARTITION BY council_id, key ORDER BY planned_at DESC, id DESC) AS place FROM named
         )
         UPDATE notices n SET key = CASE WHEN r.place = 1 THEN r.key END FROM ranked r WHERE n.council_id = r.council_id AND n.id = r.id`,
      ),
    );
    // What was planned before may have to be told before a Sunday or holidays.
    await runner.query(
      unforced(
        ['outbox', 'councils'],
        `INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at)
         SELECT gen_random_uuid(), c.id, k.kind, 'bulk', '{}', now(), now()
         FROM councils c CROSS JOIN unnest(ARRAY['notices.plan_loans', 'notices.plan_offers']) AS k (kind)`,
      ),
    );
  }

  /** The program before this one finds its way with either kind. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(unforced(['outbox'], `DELETE FROM outbox WHERE done_at IS NULL AND kind = 'notices.plan_offers'`));
  }
}
