import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropHistory, history, numbered } from '../platform/database/index.js';

/** What happened to each loan, the items of each device and the incidents of each loan, in the order in which they came. */
export class LoanHistory1790000002120 implements MigrationInterface {
  readonly name = 'LoanHistory1790000002120';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${history('loan_events', 'loan_id')};
      ${numbered('loan_items', 'id')};
      ${numbered('incidents', 'id')};
      DROP INDEX incidents_of_loan;
      CREATE INDEX incidents_of_loan ON incidents (council_id, loan_id, ordinal)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX incidents_of_loan;
      ALTER TABLE incidents DROP COLUMN ordinal;
      CREATE INDEX incidents_of_loan ON incidents (council_id, loan_id, id);
      ALTER TABLE loan_items DROP COLUMN ordinal;
      ${dropHistory('loan_events')}`);
  }
}
