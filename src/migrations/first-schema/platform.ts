import { described, SYSTEM_ROLE, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'platform';

/** Jobs, the audit trail, keys of repeated requests, and messages that are shown instead of leaving. */
export const PLATFORM: SchemaPart = {
  tables: `
    CREATE TABLE outbox (
      id uuid PRIMARY KEY,
      council_id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      kind text NOT NULL,
      lane text NOT NULL DEFAULT 'work' CONSTRAINT outbox_lane CHECK (lane IN ('urgent', 'work', 'messages', 'bulk')),
      ids jsonb NOT NULL,
      key text,
      due_at timestamptz NOT NULL,
      created_at timestamptz NOT NULL,
      leased_until timestamptz,
      running boolean NOT NULL DEFAULT false,
      attempts integer NOT NULL DEFAULT 0,
      last_error text,
      done_at timestamptz,
      dead_at timestamptz
    );
    ${described('outbox', {
      of,
      about: 'Jobs that follow from a change, written in its transaction.',
      columns: {
        ids: 'Names of what the job is about; it looks again when it runs.',
        key: 'At most one job of a kind and key ever exists in the council.',
        leased_until: "Until when a process holds it, by the database's clock.",
        running: 'Whether a try of the leased job has begun: a second one, which Redis may bring, waits for the lease to run out.',
        dead_at: 'When it was set aside: it is not tried again until somebody says so.',
      },
    })};
    CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
    CREATE UNIQUE INDEX outbox_key ON outbox (council_id, kind, key) WHERE key IS NOT NULL;
    CREATE INDEX outbox_due ON outbox (lane, due_at, ordinal) WHERE done_at IS NULL AND dead_at IS NULL;
    CREATE INDEX outbox_of_council ON outbox (council_id, lane, due_at, ordinal) WHERE done_at IS NULL AND dead_at IS NULL;
    CREATE INDEX outbox_dead ON outbox (lane, council_id, due_at, ordinal) WHERE dead_at IS NOT NULL;
    ${tenantTable('outbox', { system: 'SELECT, UPDATE, DELETE' })};

    CREATE TABLE audit_events (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      at timestamptz NOT NULL,
      actor text NOT NULL,
      action text NOT NULL,
      subject uuid NOT NULL,
      fields text[] NOT NULL,
      reason_hash text,
      mac text NOT NULL,
      PRIMARY KEY (council_id, id)
    );
    ${described('audit_events', {
      of,
      about: 'Who did what to what, and when. Nothing of it is ever changed.',
      columns: {
        subject: 'Id of what it was done to.',
        fields: 'Names of the fields that were changed.',
        reason_hash: 'Of the reason and its salt, which can be erased.',
        mac: 'Message code over the content: nobody without the key can put an event in.',
      },
    })};
    CREATE UNIQUE INDEX audit_events_in_order ON audit_events (council_id, ordinal);
    CREATE INDEX audit_events_subject ON audit_events (council_id, subject, ordinal);
    CREATE INDEX audit_events_actor ON audit_events (council_id, actor, ordinal);
    CREATE INDEX audit_events_action ON audit_events (council_id, action, ordinal);
    CREATE INDEX audit_events_at ON audit_events (council_id, at);
    ${tenantTable('audit_events', { grants: 'SELECT, INSERT', system: 'SELECT' })};

    CREATE TABLE audit_reasons (
      council_id uuid NOT NULL,
      event_id uuid NOT NULL,
      salt text NOT NULL,
      reason text NOT NULL,
      PRIMARY KEY (council_id, event_id)
    );
    ${described('audit_reasons', { of, about: 'What people wrote as their reason for an audited change, where it can be erased.' })};
    ${tenantTable('audit_reasons', { grants: 'SELECT, INSERT, DELETE' })};

    CREATE TABLE audit_unsealed (
      council_id uuid NOT NULL,
      event_id uuid NOT NULL,
      ordinal bigint NOT NULL,
      PRIMARY KEY (council_id, event_id)
    );
    ${described('audit_unsealed', {
      of,
      about: 'Audit events that are not in the chain yet.',
      columns: { ordinal: "The event's own." },
    })};
    CREATE INDEX audit_unsealed_in_order ON audit_unsealed (council_id, ordinal);
    ${tenantTable('audit_unsealed', { grants: 'SELECT, INSERT, DELETE', system: 'SELECT' })};

    CREATE TABLE audit_chain (
      council_id uuid NOT NULL,
      position bigint NOT NULL,
      event_id uuid NOT NULL,
      ordinal bigint,
      hash text NOT NULL,
      PRIMARY KEY (council_id, position)
    );
    ${described('audit_chain', {
      of,
      about: 'The seal of each audit event: a link covers the link before it, the event and its number.',
      columns: { ordinal: "The event's own." },
    })};
    CREATE UNIQUE INDEX audit_chain_event ON audit_chain (council_id, event_id);
    ${tenantTable('audit_chain', { grants: 'SELECT, INSERT', system: 'SELECT' })};

    CREATE TABLE idempotency_keys (
      council_id uuid NOT NULL,
      caller text NOT NULL,
      operation text NOT NULL,
      key text NOT NULL,
      claim uuid NOT NULL,
      leased_until timestamptz NOT NULL,
      body_hash text,
      created_at timestamptz NOT NULL,
      made_at timestamptz,
      made_kind text,
      made_id text,
      answered_at timestamptz,
      status integer,
      headers jsonb,
      body jsonb,
      PRIMARY KEY (council_id, caller, operation, key),
      CONSTRAINT idempotency_keys_made CHECK (num_nonnulls(made_at, made_kind, made_id) IN (0, 3))
    );
    ${described('idempotency_keys', {
      of,
      about: 'Requests that may be sent again: by whom, what they made, and the answer that a repetition gets.',
      columns: {
        claim: 'Names the request that has taken the key.',
        leased_until: "Until when that request holds it, by the database's clock.",
        body_hash: 'Nothing until the body was read.',
        made_kind: 'Kind and id of what was made, written in the same transaction.',
      },
    })};
    CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
    CREATE UNIQUE INDEX idempotency_keys_claim ON idempotency_keys (claim);
    ${tenantTable('idempotency_keys', { grants: 'SELECT, INSERT, UPDATE, DELETE', system: 'SELECT, DELETE' })};
    GRANT UPDATE (leased_until) ON idempotency_keys TO ${SYSTEM_ROLE};

    CREATE TABLE shown_messages (
      council_id uuid NOT NULL,
      channel text NOT NULL CONSTRAINT shown_messages_channel CHECK (channel IN ('email', 'sms')),
      id text NOT NULL,
      number integer NOT NULL GENERATED ALWAYS AS IDENTITY,
      recipient text NOT NULL,
      language text NOT NULL,
      subject text,
      body text NOT NULL,
      left_at timestamptz NOT NULL,
      times integer NOT NULL DEFAULT 1,
      PRIMARY KEY (council_id, channel, id)
    );
    ${described('shown_messages', {
      of,
      about: 'Messages that are shown instead of leaving, in development; in production nothing writes here.',
      columns: {
        number: 'In the order in which they came: a command that does what is due later writes them with times to come.',
        times: 'How often the same message was to leave.',
      },
    })};
    CREATE UNIQUE INDEX shown_messages_number ON shown_messages (council_id, number);
    ${tenantTable('shown_messages', { grants: 'SELECT, INSERT, UPDATE, DELETE' })}`,

  functions: `
    CREATE FUNCTION audit_event_awaits_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO audit_unsealed (council_id, event_id, ordinal) VALUES (NEW.council_id, NEW.id, NEW.ordinal);
      RETURN NULL;
    END $$;
    CREATE TRIGGER audit_event_awaits_seal AFTER INSERT ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_event_awaits_seal()`,

  down: `
    DROP TABLE shown_messages, idempotency_keys, audit_chain, audit_unsealed, audit_reasons, audit_events, outbox;
    DROP FUNCTION audit_event_awaits_seal()`,
};
