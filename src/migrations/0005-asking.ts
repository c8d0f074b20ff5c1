import type { MigrationInterface, QueryRunner } from 'typeorm';
import { described, tenantTable } from '../platform/database/index.js';

/** Families ask by themselves, one question after the other: what a contact has answered is kept until it is sent. */
export class Asking1796000000400 implements MigrationInterface {
  readonly name = 'Asking1796000000400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE unsent_requests (
        council_id uuid NOT NULL,
        contact_id uuid NOT NULL,
        -- No foreign key: saving an answer would lock the file after the contact, and whoever changes a file locks it first.
        household_id uuid NOT NULL,
        request_id uuid NOT NULL,
        answers jsonb NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, contact_id),
        CONSTRAINT unsent_requests_contact FOREIGN KEY (council_id, contact_id) REFERENCES contacts ON DELETE CASCADE
      );
      ${described('unsent_requests', {
        of: 'requests',
        about:
          'What a contact has answered on the way to a request; one for each, deleted when it is sent, or when nobody goes on with it.',
        columns: {
          request_id: 'The id that the request will have: what is sent twice is one request.',
          changed_at: 'When something was answered last.',
        },
      })};
      CREATE INDEX unsent_requests_age ON unsent_requests (changed_at);
      ${tenantTable('unsent_requests', { grants: 'SELECT, INSERT, UPDATE, DELETE', system: 'SELECT (changed_at), DELETE' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE unsent_requests');
  }
}
