import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Offers that nobody could be told of, by their lines: for the review list. */
export class UndeliveredOffers1790000001790 implements MigrationInterface {
  readonly name = 'UndeliveredOffers1790000001790';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX offers_undelivered ON offers (council_id, line_id) WHERE undeliverable_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX offers_undelivered');
  }
}
