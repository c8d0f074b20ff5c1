import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** How sending goes by each channel of a council, and what families were told, where it can be erased. */
export class ChannelHealth1790000002480 implements MigrationInterface {
  readonly name = 'ChannelHealth1790000002480';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE channel_health (
        council_id uuid NOT NULL REFERENCES councils,
        channel text NOT NULL CHECK (channel IN ('sms', 'email')),
        is_proven boolean NOT NULL,
        refused_in_a_row integer NOT NULL,
        taken_at timestamptz,
        paused_at timestamptz,
        trial_at timestamptz,
        problem text,
        PRIMARY KEY (council_id, channel),
        CONSTRAINT channel_health_trial CHECK ((paused_at IS NULL) = (trial_at IS NULL))
      );
      ${tenantTable('channel_health', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};

      CREATE TABLE message_texts (
        council_id uuid NOT NULL,
        notice_id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('sms', 'email', 'letter')),
        language text NOT NULL,
        subject text,
        body text NOT NULL,
        kept_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, notice_id),
        CONSTRAINT message_texts_notice FOREIGN KEY (council_id, notice_id) REFERENCES notices
      );
      ${tenantTable('message_texts', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};
      CREATE INDEX notices_paused ON notices (council_id) WHERE state = 'scheduled' AND problem = 'CHANNEL_PAUSED'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX notices_paused;
      DROP TABLE message_texts;
      DROP TABLE channel_health`);
  }
}
