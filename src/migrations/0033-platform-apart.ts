import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, SYSTEM_ROLE } from '../platform/database/index.js';

/** The platform reaches no table of families: each council looks for what is due in it, and forgets its own receipts. */
export class PlatformApart1790000001760 implements MigrationInterface {
  readonly name = 'PlatformApart1790000001760';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY platform ON notices;
      REVOKE SELECT (council_id, state, due_at) ON notices FROM ${SYSTEM_ROLE};
      DROP POLICY platform ON sms_receipts;
      REVOKE SELECT, DELETE ON sms_receipts FROM ${SYSTEM_ROLE};
      GRANT DELETE ON sms_receipts TO ${APPLICATION_ROLE};
      DROP INDEX sms_receipts_age;
      CREATE INDEX sms_receipts_age ON sms_receipts (council_id, received_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX sms_receipts_age;
      CREATE INDEX sms_receipts_age ON sms_receipts (received_at);
      REVOKE DELETE ON sms_receipts FROM ${APPLICATION_ROLE};
      CREATE POLICY platform ON sms_receipts TO ${SYSTEM_ROLE} USING (true) WITH CHECK (true);
      GRANT SELECT, DELETE ON sms_receipts TO ${SYSTEM_ROLE};
      CREATE POLICY platform ON notices FOR SELECT TO ${SYSTEM_ROLE} USING (true);
      GRANT SELECT (council_id, state, due_at) ON notices TO ${SYSTEM_ROLE}`);
  }
}
