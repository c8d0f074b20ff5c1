import type { MigrationInterface, QueryRunner } from 'typeorm';
import { foldedTextFunction } from '../platform/database/folded-text.sql.js';

/** A text as it is compared, derived by the database itself. */
export class FoldedText1790000002400 implements MigrationInterface {
  readonly name = 'FoldedText1790000002400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(foldedTextFunction('folded_text'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION folded_text(text)');
  }
}
