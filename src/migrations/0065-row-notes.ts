import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an import says of a row besides what is wrong with it. */
export class RowNotes1790000002420 implements MigrationInterface {
  readonly name = 'RowNotes1790000002420';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_rows ADD COLUMN notes jsonb;
      ALTER TABLE imports ADD COLUMN noted integer NOT NULL DEFAULT 0;
      CREATE INDEX import_rows_noted ON import_rows (council_id, import_id, line) WHERE notes IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_rows DROP COLUMN notes; ALTER TABLE imports DROP COLUMN noted');
  }
}
