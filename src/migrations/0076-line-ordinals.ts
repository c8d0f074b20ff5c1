import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Numbers the lines as the database takes them in: a set of very many of them can be kept in little space. */
export class LineOrdinals1790000002560 implements MigrationInterface {
  readonly name = 'LineOrdinals1790000002560';

  async up(runner: QueryRunner): Promise<void> {
    // Numbered while the table is written anew, in any order: to update each row would set off its triggers.
    await runner.query('ALTER TABLE request_lines ADD COLUMN ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE request_lines DROP COLUMN ordinal');
  }
}
