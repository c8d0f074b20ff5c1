import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** How SMS leave, what gateways say of them, and which addresses nothing is to be sent to any more. */
export class SmsGateway1790000001730 implements MigrationInterface {
  readonly name = 'SmsGateway1790000001730';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_gateways (
        council_id uuid PRIMARY KEY REFERENCES councils,
        sealed text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL
      );
      ${tenantTable('sms_gateways')};

      CREATE TABLE contact_marks (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('sms', 'email')),
        address_hash text NOT NULL,
        reason text NOT NULL CHECK (reason IN ('bounced', 'undelivered', 'stopped')),
        household_id uuid,
        contact_id uuid,
        notice_id uuid,
        cleared_at timestamptz,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT contact_marks_household FOREIGN KEY (council_id, household_id) REFERENCES households
      );
      CREATE UNIQUE INDEX contact_marks_one ON contact_marks (council_id, channel, address_hash) WHERE cleared_at IS NULL;
      CREATE INDEX contact_marks_of_household ON contact_marks (council_id, household_id, id);
      ${tenantTable('contact_marks')};

      CREATE TABLE sms_receipts (
        council_id uuid NOT NULL REFERENCES councils,
        id text NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id)
      );
      CREATE INDEX sms_receipts_age ON sms_receipts (received_at);
      ${tenantTable('sms_receipts', { grants: 'SELECT, INSERT', system: 'SELECT, DELETE' })};

      CREATE INDEX notices_of_provider ON notices (council_id, provider_id) WHERE provider_id IS NOT NULL;
      CREATE INDEX contacts_of_phone ON contacts (council_id, phone) WHERE phone IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX contacts_of_phone, notices_of_provider;
      DROP TABLE sms_receipts, contact_marks, sms_gateways`);
  }
}
