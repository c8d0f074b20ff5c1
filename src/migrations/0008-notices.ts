import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Messages to families: what is to be sent, what was, and why not. */
export class Notices1790000000700 implements MigrationInterface {
  readonly name = 'Notices1790000000700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notices (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        household_id uuid NOT NULL,
        contact_id uuid,
        loan_id uuid NOT NULL,
        trigger text NOT NULL,
        due_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('sent', 'dropped')),
        reason text,
        settled_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT notices_household FOREIGN KEY (council_id, household_id) REFERENCES households,
        CONSTRAINT notices_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans
      );
      CREATE INDEX notices_of_household ON notices (council_id, household_id, id);
      ${tenantTable('notices')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE notices`);
  }
}
