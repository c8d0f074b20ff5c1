import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom the stock of a site is for. */
export class ServedSchools1790000001610 implements MigrationInterface {
  readonly name = 'ServedSchools1790000001610';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sites ADD COLUMN served_school_ids uuid[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sites DROP COLUMN served_school_ids');
  }
}
