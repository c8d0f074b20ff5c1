import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that version 0.2 of the program began with. */
export class FirstSchema1796000000000 implements MigrationInterface {
  readonly name = 'FirstSchema1796000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const { tables, functions } of await parts()) {
      await runner.query(tables);
      if (functions) await runner.query(functions);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { down } of [...(await parts())].reverse()) await runner.query(down);
  }
}

/**
 * The SQL is loaded by a migration alone, not by each start of the program: making the function that folds texts goes through all of Unicode,
 * which takes most of a second.
 */
async function parts() {
  const { PARTS } = await import('./first-schema/parts.js');
  return PARTS;
}
