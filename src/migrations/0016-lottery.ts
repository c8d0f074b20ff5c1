import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Cycles of the lottery, and the key that tickets came from before the first was opened. */
export class Lottery1790000001450 implements MigrationInterface {
  readonly name = 'Lottery1790000001450';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lottery_cycles (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        number integer NOT NULL,
        state text NOT NULL CHECK (state IN ('announced', 'opened', 'closed')),
        seed bytea NOT NULL CHECK (length(seed) = 32),
        public_value_name text NOT NULL,
        public_value text CHECK ((public_value IS NULL) = (state = 'announced')),
        reason text CHECK (number = 1 OR reason IS NOT NULL),
        opened_at timestamptz,
        closed_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT lottery_cycles_number UNIQUE (council_id, number)
      );
      CREATE UNIQUE INDEX lottery_cycles_one_running ON lottery_cycles (council_id) WHERE state <> 'closed';
      ${tenantTable('lottery_cycles')};

      ALTER TABLE rankings ADD COLUMN first_key bytea;
      ALTER TABLE rankings NO FORCE ROW LEVEL SECURITY;
      UPDATE rankings SET first_key = ticket_key;
      ALTER TABLE rankings FORCE ROW LEVEL SECURITY;
      ALTER TABLE rankings ALTER COLUMN first_key SET NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE rankings DROP COLUMN first_key;
      DROP TABLE lottery_cycles`);
  }
}
