import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With which key an invitation was spent, hashed: who sends the same again is answered as the first time. */
export class InvitationSpent1790000002055 implements MigrationInterface {
  readonly name = 'InvitationSpent1790000002055';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE invitations ADD COLUMN spent_with text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE invitations DROP COLUMN spent_with');
  }
}
