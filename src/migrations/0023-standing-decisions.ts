import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** What managers decided once for all proposals that are made at once. */
export class StandingDecisions1790000001630 implements MigrationInterface {
  readonly name = 'StandingDecisions1790000001630';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE standing_decisions (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        name text NOT NULL,
        class text CHECK (class IN ('computer', 'connectivity', 'accessory')),
        site_id uuid,
        reason text NOT NULL,
        holds_from date NOT NULL,
        holds_until date,
        decided_by text NOT NULL,
        decided_at timestamptz NOT NULL,
        revoked_by text,
        revoked_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        PRIMARY KEY (council_id, id),
        CONSTRAINT standing_decisions_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
        CONSTRAINT standing_decisions_days CHECK (holds_from <= holds_until),
        CONSTRAINT standing_decisions_revoked CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
      );
      CREATE INDEX standing_decisions_unrevoked ON standing_decisions (council_id, holds_from) WHERE revoked_at IS NULL;
      ${tenantTable('standing_decisions')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE standing_decisions');
  }
}
