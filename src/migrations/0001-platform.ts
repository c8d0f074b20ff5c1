import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, SYSTEM_ROLE } from '../platform/database/index.js';
import { SEARCH_GROUND } from '../platform/database/search.js';
import { tenantTable } from '../platform/database/index.js';

const role = (name: string, attributes: string) => `
  DO $$ BEGIN
    CREATE ROLE ${name} NOLOGIN NOINHERIT NOBYPASSRLS NOSUPERUSER ${attributes};
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;

/** Roles, the council of a transaction, outbox, audit trail, idempotency keys. */
export class Platform1790000000000 implements MigrationInterface {
  readonly name = 'Platform1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    // Roles belong to the whole server: another database of it may have made them already.
    await runner.query(role(APPLICATION_ROLE, ''));
    await runner.query(role(SYSTEM_ROLE, ''));
    await runner.query(`GRANT ${SYSTEM_ROLE} TO ${APPLICATION_ROLE}`);
    await runner.query(`GRANT ${APPLICATION_ROLE} TO CURRENT_USER`);
    await runner.query(`GRANT USAGE ON SCHEMA public TO ${APPLICATION_ROLE}, ${SYSTEM_ROLE}`);
    await runner.query(SEARCH_GROUND);

    // Without a council it raises: a forgotten setting is an error, never an empty answer.
    await runner.query(`
      CREATE FUNCTION current_council() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
      AS $$ SELECT current_setting('app.council_id')::uuid $$`);

    await runner.query(`
      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        council_id uuid NOT NULL,
        kind text NOT NULL,
        ids jsonb NOT NULL,
        key text,
        due_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        leased_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        last_error text,
        done_at timestamptz,
        dead_at timestamptz
      );
      CREATE INDEX outbox_due ON outbox (due_at, id) WHERE done_at IS NULL AND dead_at IS NULL;
      CREATE INDEX outbox_dead ON outbox (council_id, dead_at) WHERE dead_at IS NOT NULL;
      CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
      CREATE UNIQUE INDEX outbox_key ON outbox (council_id, kind, key) WHERE key IS NOT NULL;
      ${tenantTable('outbox', { system: 'SELECT, UPDATE, DELETE' })}`);

    await runner.query(`
      CREATE TABLE audit_events (
        id uuid NOT NULL,
        council_id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        subject uuid NOT NULL,
        fields text[] NOT NULL,
        reason_hash text,
        mac text NOT NULL,
        PRIMARY KEY (council_id, id)
      );
      CREATE INDEX audit_events_at ON audit_events (council_id, at, id);
      CREATE INDEX audit_events_subject ON audit_events (council_id, subject, at, id);
      CREATE INDEX audit_events_actor ON audit_events (council_id, actor, at, id);
      CREATE INDEX audit_events_action ON audit_events (council_id, action, at, id);
      ${tenantTable('audit_events', { grants: 'SELECT, INSERT', system: 'SELECT' })};

      CREATE TABLE audit_reasons (
        council_id uuid NOT NULL,
        event_id uuid NOT NULL,
        salt text NOT NULL,
        reason text NOT NULL,
        PRIMARY KEY (council_id, event_id)
      );
      ${tenantTable('audit_reasons', { grants: 'SELECT, INSERT, DELETE' })};

      CREATE TABLE audit_unsealed (
        council_id uuid NOT NULL,
        event_id uuid NOT NULL,
        PRIMARY KEY (council_id, event_id)
      );
      ${tenantTable('audit_unsealed', { grants: 'SELECT, INSERT, DELETE', system: 'SELECT' })};

      CREATE TABLE audit_chain (
        council_id uuid NOT NULL,
        position bigint NOT NULL,
        event_id uuid NOT NULL,
        hash text NOT NULL,
        PRIMARY KEY (council_id, position)
      );
      CREATE UNIQUE INDEX audit_chain_event ON audit_chain (council_id, event_id);
      ${tenantTable('audit_chain', { grants: 'SELECT, INSERT', system: 'SELECT' })}`);

    await runner.query(`
      CREATE FUNCTION audit_event_awaits_seal() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO audit_unsealed (council_id, event_id) VALUES (NEW.council_id, NEW.id);
        RETURN NULL;
      END $$;
      CREATE TRIGGER audit_event_awaits_seal AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_event_awaits_seal()`);

    await runner.query(`
      CREATE TABLE idempotency_keys (
        council_id uuid NOT NULL,
        caller text NOT NULL,
        operation text NOT NULL,
        key text NOT NULL,
        body_hash text NOT NULL,
        created_at timestamptz NOT NULL,
        answered_at timestamptz,
        status integer,
        headers jsonb,
        body jsonb,
        PRIMARY KEY (council_id, caller, operation, key)
      );
      CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
      ${tenantTable('idempotency_keys', { grants: 'SELECT, INSERT, UPDATE, DELETE', system: 'SELECT, DELETE' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE idempotency_keys, audit_chain, audit_unsealed, audit_reasons, audit_events, outbox;
      DROP FUNCTION audit_event_awaits_seal();
      DROP FUNCTION current_council()`);
    // The roles stay: other databases of the server may use them.
  }
}
