import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable, unforced } from '../platform/database/index.js';

/** Letters that wait are taken into batches, which staff print and post. A letter is named by the notice that the others are combined into. */
export class PrintBatches1790000001750 implements MigrationInterface {
  readonly name = 'PrintBatches1790000001750';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE print_batches (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        school_id uuid,
        site_id uuid,
        letters integer NOT NULL CHECK (letters > 0),
        created_at timestamptz NOT NULL,
        file_made_at timestamptz,
        printed_at timestamptz,
        PRIMARY KEY (council_id, id),
        CONSTRAINT print_batches_school FOREIGN KEY (council_id, school_id) REFERENCES schools,
        CONSTRAINT print_batches_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
        CONSTRAINT print_batches_printed_from_a_file CHECK (printed_at IS NULL OR file_made_at IS NOT NULL)
      );
      ${tenantTable('print_batches')};

      ALTER TABLE notices ADD COLUMN print_batch_id uuid;
      ${unforced(
        ['notices', 'print_batches'],
        `ALTER TABLE notices ADD CONSTRAINT notices_print_batch FOREIGN KEY (council_id, print_batch_id) REFERENCES print_batches`,
      )};
      CREATE INDEX notices_to_print ON notices (council_id, coalesce(combined_into, id)) WHERE state = 'to_print';
      CREATE INDEX notices_of_print_batch ON notices (council_id, print_batch_id, coalesce(combined_into, id)) WHERE print_batch_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX notices_to_print, notices_of_print_batch;
      ALTER TABLE notices DROP COLUMN print_batch_id;
      DROP TABLE print_batches`);
  }
}
