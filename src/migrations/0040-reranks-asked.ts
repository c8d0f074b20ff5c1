import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a new ranking under the same policy was asked for: of many only the last needs to be done. */
export class ReranksAsked1790000001840 implements MigrationInterface {
  readonly name = 'ReranksAsked1790000001840';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rankings ADD COLUMN reranks_asked integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rankings DROP COLUMN reranks_asked');
  }
}
