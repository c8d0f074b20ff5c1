import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ways in which lists and counts of notices look them up. */
export class NoticeList1790000001720 implements MigrationInterface {
  readonly name = 'NoticeList1790000001720';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX notices_settled ON notices (council_id, settled_at) WHERE settled_at IS NOT NULL;
      CREATE INDEX notices_put_off ON notices (council_id, due_at) WHERE state = 'scheduled' AND due_at > planned_at;
      CREATE INDEX notices_sent_again ON notices (council_id, resend_of) WHERE resend_of IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX notices_settled, notices_put_off, notices_sent_again');
  }
}
