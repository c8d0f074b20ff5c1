import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order of `ReviewOrder1790000001635` inside one class: where few lines of a class wait, those of the others need not be read. */
export class ReviewOrderOfClass1790000001660 implements MigrationInterface {
  readonly name = 'ReviewOrderOfClass1790000001660';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX request_lines_longest_waits_of_class ON request_lines (council_id, class, waits_from, id)
        WHERE state IN ('waiting', 'offered', 'accepted')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX request_lines_longest_waits_of_class');
  }
}
