import type { MigrationInterface, QueryRunner } from 'typeorm';
import { numbered } from '../platform/database/index.js';

/** Which receipt of a message, and which batch of letters, came first. */
export class OrderOfReceipts1790000002125 implements MigrationInterface {
  readonly name = 'OrderOfReceipts1790000002125';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${numbered('sms_receipts', 'received_at, arrived, id')};
      ${numbered('print_batches', 'id')};
      CREATE UNIQUE INDEX print_batches_in_order ON print_batches (council_id, ordinal)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX print_batches_in_order;
      ALTER TABLE print_batches DROP COLUMN ordinal;
      ALTER TABLE sms_receipts DROP COLUMN ordinal`);
  }
}
