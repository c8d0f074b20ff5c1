import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Which waiting lines a person passed over, by a placement or an override. */
export class PassedOver1790000001620 implements MigrationInterface {
  readonly name = 'PassedOver1790000001620';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No foreign keys: they would lock every line that is passed over, and whoever moves one of them would wait. No such line is ever
      -- deleted. The person's words are with the decision's audit event, where they can be erased.
      CREATE TABLE passed_over_lines (
        council_id uuid NOT NULL,
        line_id uuid NOT NULL,
        decision_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('placement', 'override')),
        at timestamptz NOT NULL,
        actor text NOT NULL,
        category text NOT NULL,
        site_id uuid NOT NULL,
        fund_id uuid,
        PRIMARY KEY (council_id, line_id, decision_id)
      );
      ${tenantTable('passed_over_lines', { grants: 'SELECT, INSERT' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE passed_over_lines');
  }
}
