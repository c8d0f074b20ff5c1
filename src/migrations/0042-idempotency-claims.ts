import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SYSTEM_ROLE } from '../platform/database/index.js';
import { unforced } from '../platform/database/index.js';

/**
 * Each taking of an idempotency key is a claim with a lease by the database's clock, and what its request made is written under it. Keys of
 * files knew a length, no content: those that are kept are replayed without a look at the file, as they were.
 */
export class IdempotencyClaims1790000002050 implements MigrationInterface {
  readonly name = 'IdempotencyClaims1790000002050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE idempotency_keys
        ADD claim uuid NOT NULL DEFAULT gen_random_uuid(),
        ADD leased_until timestamptz NOT NULL DEFAULT now() + interval '1 minute',
        ADD made_at timestamptz,
        ADD made_kind text,
        ADD made_id text,
        ALTER body_hash DROP NOT NULL,
        ADD CONSTRAINT idempotency_keys_made CHECK (num_nonnulls(made_at, made_kind, made_id) IN (0, 3))`);
    await runner.query(`ALTER TABLE idempotency_keys ALTER claim DROP DEFAULT, ALTER leased_until DROP DEFAULT`);
    await runner.query(
      unforced(['idempotency_keys'], `UPDATE idempotency_keys SET body_hash = NULL WHERE operation = 'POST /api/v1/imports'`),
    );
    await runner.query(`CREATE UNIQUE INDEX idempotency_keys_claim ON idempotency_keys (claim)`);
    await runner.query(`GRANT UPDATE (leased_until) ON idempotency_keys TO ${SYSTEM_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // What the code before this could not answer from, it must not find.
    await runner.query(unforced(['idempotency_keys'], `DELETE FROM idempotency_keys WHERE body_hash IS NULL`));
    await runner.query(`REVOKE UPDATE (leased_until) ON idempotency_keys FROM ${SYSTEM_ROLE}`);
    await runner.query(`
      ALTER TABLE idempotency_keys
        DROP claim, DROP leased_until, DROP made_at, DROP made_kind, DROP made_id, ALTER body_hash SET NOT NULL`);
  }
}
