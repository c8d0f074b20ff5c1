import type { MigrationInterface, QueryRunner } from 'typeorm';
import { numbered } from '../../platform/index.js';

/** Which line the database took in first: a number that is short enough for a set of very many lines to be kept in little space. */
export class LineOrdinals1790000002560 implements MigrationInterface {
  readonly name = 'LineOrdinals1790000002560';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(numbered('request_lines', 'id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE request_lines DROP COLUMN ordinal');
  }
}
