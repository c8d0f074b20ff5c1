import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** How councils order their queues: versions that are only ever added. */
export class PriorityPolicies1790000001300 implements MigrationInterface {
  readonly name = 'PriorityPolicies1790000001300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Version 1 is the shipped scale, which every council begins with: it stands in the code.
      CREATE TABLE priority_policies (
        council_id uuid NOT NULL REFERENCES councils,
        version integer NOT NULL CHECK (version > 1),
        holds_from date NOT NULL,
        scale jsonb NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, version)
      );
      ${tenantTable('priority_policies', { grants: 'SELECT, INSERT' })};

      -- Of the social position (indice de position sociale); a council brings it when its scale has bands of it.
      ALTER TABLE schools ADD COLUMN social_index double precision`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE schools DROP COLUMN social_index;
      DROP TABLE priority_policies`);
  }
}
