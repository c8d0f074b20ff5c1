import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order of lines that a person should look at: who has waited longest comes first. */
export class ReviewOrder1790000001635 implements MigrationInterface {
  readonly name = 'ReviewOrder1790000001635';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Stored, since under row-level security an index on an expression serves no condition.
      ALTER TABLE request_lines ADD COLUMN waits_from timestamp
        GENERATED ALWAYS AS ((waiting_since AT TIME ZONE 'UTC') + suspended_days * interval '1 day') STORED;
      CREATE INDEX request_lines_longest_waits ON request_lines (council_id, waits_from, id)
        WHERE state IN ('waiting', 'offered', 'accepted');
      CREATE INDEX request_lines_pending_appeals ON request_lines (council_id, waits_from, id)
        WHERE state = 'refused' AND appealed_at IS NOT NULL AND appeal_decided_at IS NULL;
      CREATE INDEX request_lines_suspended_without_end ON request_lines (council_id, waits_from, id)
        WHERE state = 'suspended' AND suspended_until IS NULL AND reason IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX request_lines_suspended_without_end, request_lines_pending_appeals, request_lines_longest_waits;
      ALTER TABLE request_lines DROP COLUMN waits_from`);
  }
}
