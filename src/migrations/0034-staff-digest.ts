import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether somebody wants to be told each morning what waits. */
export class StaffDigest1790000001770 implements MigrationInterface {
  readonly name = 'StaffDigest1790000001770';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users ADD COLUMN digest boolean NOT NULL DEFAULT true');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN digest');
  }
}
