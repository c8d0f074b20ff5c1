import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a try of a leased job has begun: a second one, which Redis may bring, waits for the lease to run out. */
export class OutboxRunning1790000000900 implements MigrationInterface {
  readonly name = 'OutboxRunning1790000000900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox ADD COLUMN running boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE outbox DROP COLUMN running');
  }
}
