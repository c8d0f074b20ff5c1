import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came back within some days is found without reading every loan. */
export class ReturnedItems1790000002470 implements MigrationInterface {
  readonly name = 'ReturnedItems1790000002470';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX loan_items_returned ON loan_items (council_id, returned_at, loan_id) WHERE returned_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX loan_items_returned');
  }
}
