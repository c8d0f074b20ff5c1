import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../../platform/index.js';

/** Letters that staff print together. */
export class PrintBatches1790000001750 implements MigrationInterface {
  readonly name = 'PrintBatches1790000001750';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE print_batches (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        school_id uuid,
        letters integer NOT NULL,
        dropped integer NOT NULL,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT print_batches_school FOREIGN KEY (council_id, school_id) REFERENCES schools
      );
      ${tenantTable('print_batches', { grants: 'SELECT, INSERT' })};
      ALTER TABLE notices ADD COLUMN print_batch_id uuid,
        ADD CONSTRAINT notices_print_batch FOREIGN KEY (council_id, print_batch_id) REFERENCES print_batches;
      CREATE INDEX notices_of_print_batch ON notices (council_id, print_batch_id) WHERE print_batch_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notices DROP COLUMN print_batch_id; DROP TABLE print_batches');
  }
}
