import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A need is stored under its household's lock: when its inputs were read decides nothing any more. */
export class NeedsLock1790000002250 implements MigrationInterface {
  readonly name = 'NeedsLock1790000002250';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE household_needs DROP COLUMN read_at');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE household_needs ADD COLUMN read_at timestamptz NOT NULL DEFAULT now();
      ALTER TABLE household_needs ALTER COLUMN read_at DROP DEFAULT`);
  }
}
