import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SYSTEM_ROLE, tenantTable, unforced } from '../platform/database/index.js';

/**
 * Notices of every kind, by policies: one row is one message to one person about one thing. Reminders that were sent before stay as they
 * were recorded; those that waited as jobs are planned anew.
 */
export class NoticeSchedule1790000001700 implements MigrationInterface {
  readonly name = 'NoticeSchedule1790000001700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notice_policies (
        council_id uuid PRIMARY KEY REFERENCES councils,
        policy jsonb NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL
      );
      ${tenantTable('notice_policies')};

      DROP INDEX notices_of_household;
      ALTER TABLE notices
        DROP CONSTRAINT notices_state_check,
        ALTER COLUMN loan_id DROP NOT NULL,
        ALTER COLUMN settled_at DROP NOT NULL,
        ADD COLUMN line_id uuid,
        ADD COLUMN offer_id uuid,
        ADD COLUMN incident_id uuid,
        ADD COLUMN slot text,
        ADD COLUMN number integer NOT NULL DEFAULT 1,
        ADD COLUMN about text,
        ADD COLUMN key text,
        ADD COLUMN planned_at timestamptz,
        ADD COLUMN channel text CHECK (channel IN ('sms', 'email', 'letter')),
        ADD COLUMN tried text[] NOT NULL DEFAULT '{}',
        ADD COLUMN attempts integer NOT NULL DEFAULT 0,
        ADD COLUMN problem text,
        ADD COLUMN handed_over_at timestamptz,
        ADD COLUMN provider_id text,
        ADD COLUMN combined_into uuid,
        ADD COLUMN message_day date,
        ADD COLUMN resend_of uuid,
        ADD COLUMN created_at timestamptz;
      ${unforced(
        ['notices', 'outbox', 'councils'],
        `UPDATE notices SET planned_at = due_at, created_at = settled_at, channel = CASE WHEN state = 'sent' THEN 'email' END,
           trigger = CASE WHEN trigger IN ('loan_due_soon', 'loan_due_today') THEN 'loan_due' ELSE trigger END;
         DELETE FROM outbox WHERE done_at IS NULL AND (kind IN ('reminder.due', 'reminder.delivery') OR kind LIKE '%>reminders');
         INSERT INTO outbox (id, council_id, kind, ids, due_at, created_at)
         SELECT gen_random_uuid(), id, 'notices.plan_loans', '{}', now(), now() FROM councils`,
      )};
      ALTER TABLE notices
        ALTER COLUMN planned_at SET NOT NULL,
        ALTER COLUMN created_at SET NOT NULL,
        ADD CONSTRAINT notices_state CHECK (state IN ('scheduled', 'sending', 'to_print', 'sent', 'printed', 'delivered', 'failed', 'dropped'));
      ${unforced(
        ['notices', 'request_lines', 'offers', 'incidents'],
        `ALTER TABLE notices
          ADD CONSTRAINT notices_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines,
          ADD CONSTRAINT notices_offer FOREIGN KEY (council_id, offer_id) REFERENCES offers,
          ADD CONSTRAINT notices_incident FOREIGN KEY (council_id, incident_id) REFERENCES incidents`,
      )};
      CREATE INDEX notices_due ON notices (council_id, due_at, id) WHERE state = 'scheduled';
      CREATE INDEX notices_scheduled_of_household ON notices (council_id, household_id, due_at) WHERE state = 'scheduled';
      CREATE INDEX notices_of_household ON notices (council_id, household_id, id);
      CREATE INDEX notices_of_loan ON notices (council_id, loan_id, planned_at) WHERE loan_id IS NOT NULL;
      CREATE INDEX notices_of_offer ON notices (council_id, offer_id) WHERE offer_id IS NOT NULL;
      CREATE INDEX notices_in_state ON notices (council_id, state, id);
      CREATE INDEX notices_of_trigger ON notices (council_id, trigger, id);
      CREATE INDEX notices_combined ON notices (council_id, combined_into) WHERE combined_into IS NOT NULL;
      CREATE UNIQUE INDEX notices_planned_once ON notices (council_id, key) WHERE key IS NOT NULL;
      CREATE UNIQUE INDEX notices_one_message_a_day ON notices (council_id, contact_id, message_day) WHERE message_day IS NOT NULL;
      -- What the platform may know of every council: whether something is due there.
      CREATE POLICY platform ON notices FOR SELECT TO ${SYSTEM_ROLE} USING (true);
      GRANT SELECT (council_id, state, due_at) ON notices TO ${SYSTEM_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY platform ON notices;
      REVOKE SELECT (council_id, state, due_at) ON notices FROM ${SYSTEM_ROLE};
      DROP INDEX notices_due, notices_scheduled_of_household, notices_of_household, notices_of_loan, notices_of_offer, notices_in_state,
        notices_of_trigger, notices_combined, notices_planned_once, notices_one_message_a_day;
      ${unforced(
        ['notices', 'outbox'],
        `DELETE FROM notices WHERE loan_id IS NULL OR settled_at IS NULL OR state NOT IN ('sent', 'dropped');
         DELETE FROM outbox WHERE done_at IS NULL AND (kind LIKE 'notice%' OR kind LIKE '%>notices')`,
      )};
      ALTER TABLE notices
        DROP CONSTRAINT notices_state, DROP CONSTRAINT notices_line, DROP CONSTRAINT notices_offer, DROP CONSTRAINT notices_incident,
        DROP COLUMN line_id, DROP COLUMN offer_id, DROP COLUMN incident_id, DROP COLUMN slot, DROP COLUMN number, DROP COLUMN about,
        DROP COLUMN key, DROP COLUMN planned_at, DROP COLUMN channel, DROP COLUMN tried, DROP COLUMN attempts, DROP COLUMN problem,
        DROP COLUMN handed_over_at, DROP COLUMN provider_id, DROP COLUMN combined_into, DROP COLUMN message_day, DROP COLUMN resend_of,
        DROP COLUMN created_at,
        ADD CONSTRAINT notices_state_check CHECK (state IN ('sent', 'dropped')),
        ALTER COLUMN loan_id SET NOT NULL,
        ALTER COLUMN settled_at SET NOT NULL;
      CREATE INDEX notices_of_household ON notices (council_id, household_id, id);
      DROP TABLE notice_policies`);
  }
}
