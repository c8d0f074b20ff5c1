import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person's words can be erased, while it stays known that a line was set aside. */
export class ErasableExclusions1790000001780 implements MigrationInterface {
  readonly name = 'ErasableExclusions1790000001780';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE round_exclusions ALTER COLUMN reason DROP NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE round_exclusions NO FORCE ROW LEVEL SECURITY;
      UPDATE round_exclusions SET reason = '' WHERE reason IS NULL;
      ALTER TABLE round_exclusions FORCE ROW LEVEL SECURITY;
      ALTER TABLE round_exclusions ALTER COLUMN reason SET NOT NULL`);
  }
}
