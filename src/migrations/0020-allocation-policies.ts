import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** What councils have settled about who gets their stock. */
export class AllocationPolicies1790000001615 implements MigrationInterface {
  readonly name = 'AllocationPolicies1790000001615';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE allocation_policies (
        council_id uuid PRIMARY KEY REFERENCES councils,
        reserves jsonb NOT NULL,
        maximum_waiting_days integer,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL
      );
      ${tenantTable('allocation_policies')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE allocation_policies');
  }
}
