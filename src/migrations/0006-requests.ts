import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, tenantTable } from '../platform/database/index.js';

/** Requests, their lines and what happened to each. */
export class Requests1790000000500 implements MigrationInterface {
  readonly name = 'Requests1790000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE requests (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        household_id uuid NOT NULL,
        channel text NOT NULL CHECK (channel IN ('web', 'desk', 'phone', 'api')),
        statement text,
        pickup_site_id uuid,
        submitted_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT requests_household FOREIGN KEY (council_id, household_id) REFERENCES households,
        CONSTRAINT requests_pickup_site FOREIGN KEY (council_id, pickup_site_id) REFERENCES sites
      );
      CREATE INDEX requests_of_household ON requests (council_id, household_id, id);
      ${tenantTable('requests')};

      CREATE TABLE request_lines (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        request_id uuid NOT NULL,
        household_id uuid NOT NULL,
        number integer NOT NULL,
        class text NOT NULL CHECK (class IN ('computer', 'connectivity', 'accessory')),
        learner_ids uuid[] NOT NULL,
        acceptable_categories text[] NOT NULL,
        pickup_site_id uuid,
        state text NOT NULL CHECK (state IN ('draft', 'waiting', 'offered', 'accepted', 'fulfilled', 'suspended', 'refused', 'withdrawn')),
        waiting_since timestamptz,
        suspended_until date,
        reason text,
        appealed_at timestamptz,
        appeal_decided_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT request_lines_request FOREIGN KEY (council_id, request_id) REFERENCES requests,
        CONSTRAINT request_lines_household FOREIGN KEY (council_id, household_id) REFERENCES households,
        CONSTRAINT request_lines_pickup_site FOREIGN KEY (council_id, pickup_site_id) REFERENCES sites
      );
      CREATE INDEX request_lines_of_request ON request_lines (council_id, request_id, number);
      CREATE INDEX request_lines_queue ON request_lines (council_id, class, waiting_since, id) WHERE state = 'waiting';
      CREATE UNIQUE INDEX request_lines_one_open ON request_lines (council_id, household_id, class)
        WHERE state IN ('waiting', 'suspended', 'offered', 'accepted');
      CREATE INDEX request_lines_of_household ON request_lines (council_id, household_id, id);
      CREATE INDEX request_lines_in_state ON request_lines (council_id, state, id);
      ${tenantTable('request_lines', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};
      CREATE POLICY only_drafts_are_deleted ON request_lines AS RESTRICTIVE FOR DELETE TO ${APPLICATION_ROLE} USING (state = 'draft');

      CREATE TABLE request_line_events (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        line_id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        move text NOT NULL,
        from_state text,
        to_state text NOT NULL,
        reason text,
        PRIMARY KEY (council_id, line_id, id),
        CONSTRAINT request_line_events_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines
      );
      ${tenantTable('request_line_events', { grants: 'SELECT, INSERT' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE request_line_events, request_lines, requests`);
  }
}
