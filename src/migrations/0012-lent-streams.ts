import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many live lessons at once go over a router or SIM that a council lends. */
export class LentStreams1790000001050 implements MigrationInterface {
  readonly name = 'LentStreams1790000001050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE councils ADD COLUMN lent_connection_streams integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE councils DROP COLUMN lent_connection_streams');
  }
}
