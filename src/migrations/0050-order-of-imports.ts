import type { MigrationInterface, QueryRunner } from 'typeorm';
import { numbered } from '../platform/database/index.js';

/** Which import came first. */
export class OrderOfImports1790000002130 implements MigrationInterface {
  readonly name = 'OrderOfImports1790000002130';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${numbered('imports', 'id')};
      CREATE UNIQUE INDEX imports_in_order ON imports (council_id, ordinal)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX imports_in_order;
      ALTER TABLE imports DROP COLUMN ordinal`);
  }
}
