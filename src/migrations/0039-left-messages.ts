import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is to be known of a message once it has left: the number that it went to, a receipt that came first, why it is in no batch after all. */
export class LeftMessages1790000001820 implements MigrationInterface {
  readonly name = 'LeftMessages1790000001820';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE notices ADD COLUMN address_hash text, ADD COLUMN left_out text;
      ALTER TABLE sms_receipts ADD COLUMN message_id text, ADD COLUMN arrived boolean;
      CREATE INDEX sms_receipts_early ON sms_receipts (council_id, message_id) WHERE message_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX sms_receipts_early;
      ALTER TABLE sms_receipts DROP COLUMN message_id, DROP COLUMN arrived;
      ALTER TABLE notices DROP COLUMN address_hash, DROP COLUMN left_out`);
  }
}
