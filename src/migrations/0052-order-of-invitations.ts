import type { MigrationInterface, QueryRunner } from 'typeorm';
import { numbered } from '../platform/database/index.js';

/** Which invitation of a person was the last. */
export class OrderOfInvitations1790000002140 implements MigrationInterface {
  readonly name = 'OrderOfInvitations1790000002140';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(numbered('invitations', 'created_at, id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE invitations DROP COLUMN ordinal');
  }
}
