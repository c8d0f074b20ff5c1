import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents are listed in the order in which they were reported. */
export class OrderOfIncidents1790000002135 implements MigrationInterface {
  readonly name = 'OrderOfIncidents1790000002135';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE UNIQUE INDEX incidents_in_order ON incidents (council_id, ordinal)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX incidents_in_order');
  }
}
