import type { MigrationInterface, QueryRunner } from 'typeorm';
import { numbered } from '../platform/database/index.js';
import { unforced } from '../platform/database/index.js';

const JOBS_BY = (last: string) => `
  DROP INDEX outbox_due, outbox_of_council, outbox_dead;
  CREATE INDEX outbox_due ON outbox (lane, due_at, ${last}) WHERE done_at IS NULL AND dead_at IS NULL;
  CREATE INDEX outbox_of_council ON outbox (council_id, lane, due_at, ${last}) WHERE done_at IS NULL AND dead_at IS NULL;
  CREATE INDEX outbox_dead ON outbox (lane, council_id, due_at, ${last}) WHERE dead_at IS NOT NULL`;

/** Audit events and jobs have the order in which the database took them in; a link of a chain says which place its event had. */
export class OrderOfEvents1790000002100 implements MigrationInterface {
  readonly name = 'OrderOfEvents1790000002100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${numbered('outbox', 'created_at, id')};
      ${JOBS_BY('ordinal')};
      -- What is sealed keeps the order in which it was sealed.
      ${unforced(['audit_chain'], numbered('audit_events', '(SELECT c.position FROM audit_chain c WHERE c.council_id = audit_events.council_id AND c.event_id = audit_events.id), id'))};
      ALTER TABLE audit_chain ADD COLUMN ordinal bigint;
      DROP INDEX audit_events_at, audit_events_subject, audit_events_actor, audit_events_action;
      CREATE UNIQUE INDEX audit_events_in_order ON audit_events (council_id, ordinal);
      CREATE INDEX audit_events_subject ON audit_events (council_id, subject, ordinal);
      CREATE INDEX audit_events_actor ON audit_events (council_id, actor, ordinal);
      CREATE INDEX audit_events_action ON audit_events (council_id, action, ordinal);
      CREATE INDEX audit_events_at ON audit_events (council_id, at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE audit_chain DROP COLUMN ordinal;
      DROP INDEX audit_events_in_order, audit_events_subject, audit_events_actor, audit_events_action, audit_events_at;
      ALTER TABLE audit_events DROP COLUMN ordinal;
      CREATE INDEX audit_events_at ON audit_events (council_id, at, id);
      CREATE INDEX audit_events_subject ON audit_events (council_id, subject, at, id);
      CREATE INDEX audit_events_actor ON audit_events (council_id, actor, at, id);
      CREATE INDEX audit_events_action ON audit_events (council_id, action, at, id);
      ${JOBS_BY('id')};
      ALTER TABLE outbox DROP COLUMN ordinal`);
  }
}
