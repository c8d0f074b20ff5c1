import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Messages that are shown instead of leaving, in development; in production nothing writes here. The platform across councils reads none of them. */
export class ShownMessages1790000001810 implements MigrationInterface {
  readonly name = 'ShownMessages1790000001810';

  async up(runner: QueryRunner): Promise<void> {
    // Numbered as they came: a command that does what is due at an instant to come writes its messages with times to come.
    await runner.query(`
      CREATE TABLE shown_messages (
        council_id uuid NOT NULL,
        channel text NOT NULL CONSTRAINT shown_messages_channel CHECK (channel IN ('email', 'sms')),
        id text NOT NULL,
        number integer NOT NULL GENERATED ALWAYS AS IDENTITY,
        recipient text NOT NULL,
        language text NOT NULL,
        subject text,
        body text NOT NULL,
        left_at timestamptz NOT NULL,
        times integer NOT NULL DEFAULT 1,
        PRIMARY KEY (council_id, channel, id)
      );
      CREATE UNIQUE INDEX shown_messages_number ON shown_messages (council_id, number);
      ${tenantTable('shown_messages', { grants: 'SELECT, INSERT, UPDATE, DELETE' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE shown_messages');
  }
}
