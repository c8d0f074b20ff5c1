import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** What councils write in the place of the shipped texts. */
export class NoticeTemplates1790000001740 implements MigrationInterface {
  readonly name = 'NoticeTemplates1790000001740';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notice_templates (
        council_id uuid NOT NULL REFERENCES councils,
        trigger text NOT NULL,
        channel text NOT NULL CHECK (channel IN ('sms', 'email', 'letter')),
        language text NOT NULL,
        subject text,
        body text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, trigger, channel, language)
      );
      ${tenantTable('notice_templates')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE notice_templates');
  }
}
