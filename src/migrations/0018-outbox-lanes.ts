import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As the handlers declare them by now; what is not named is ordinary work. */
const LANES = `(VALUES
  ('invitation.mail', 'urgent'), ('offer.ends', 'urgent'),
  ('reminder.delivery', 'messages'),
  ('import.run', 'bulk'), ('inventory.index_model', 'bulk'), ('priority.rerank', 'bulk'), ('needs.recompute_next', 'bulk'),
  ('council.streams_changed>needs', 'bulk')) AS known (kind, lane)`;

/** Each job queues in a lane, and is found there in order, by the platform and by its council. */
export class OutboxLanes1790000001600 implements MigrationInterface {
  readonly name = 'OutboxLanes1790000001600';

  async up(runner: QueryRunner): Promise<void> {
    // The default is for the processes of the former version, which write jobs until they are replaced.
    await runner.query(`
      ALTER TABLE outbox
        ADD COLUMN lane text NOT NULL DEFAULT 'work' CONSTRAINT outbox_lane CHECK (lane IN ('urgent', 'work', 'messages', 'bulk'));
      -- An owner who is no superuser would see no council's job.
      ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY;
      UPDATE outbox SET lane = known.lane FROM ${LANES} WHERE outbox.kind = known.kind;
      ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
      DROP INDEX outbox_due, outbox_dead;
      CREATE INDEX outbox_due ON outbox (lane, due_at, id) WHERE done_at IS NULL AND dead_at IS NULL;
      CREATE INDEX outbox_of_council ON outbox (council_id, lane, due_at, id) WHERE done_at IS NULL AND dead_at IS NULL;
      CREATE INDEX outbox_dead ON outbox (lane, council_id, due_at, id) WHERE dead_at IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX outbox_due, outbox_of_council, outbox_dead;
      ALTER TABLE outbox DROP COLUMN lane;
      CREATE INDEX outbox_due ON outbox (due_at, id) WHERE done_at IS NULL AND dead_at IS NULL;
      CREATE INDEX outbox_dead ON outbox (council_id, dead_at) WHERE dead_at IS NOT NULL`);
  }
}
