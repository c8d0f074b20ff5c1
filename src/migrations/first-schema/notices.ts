import { described, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'notices';
const PRIVATE = { grants: 'SELECT, INSERT, UPDATE, DELETE' };

/** What families are told: by which policies and texts, each message, letters that staff print, and what is known of addresses and channels. */
export const NOTICES: SchemaPart = {
  tables: `
    CREATE TABLE notice_policies (
      council_id uuid PRIMARY KEY REFERENCES councils,
      policy jsonb NOT NULL,
      version integer NOT NULL DEFAULT 1,
      updated_at timestamptz NOT NULL
    );
    ${described('notice_policies', { of, about: 'What a council tells, when, and by which channels.' })};
    ${tenantTable('notice_policies')};

    CREATE TABLE notice_templates (
      council_id uuid NOT NULL REFERENCES councils,
      trigger text NOT NULL,
      channel text NOT NULL CHECK (channel IN ('sms', 'email', 'letter')),
      language text NOT NULL,
      subject text,
      body text NOT NULL,
      version integer NOT NULL DEFAULT 1,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, trigger, channel, language)
    );
    ${described('notice_templates', { of, about: 'What a council writes in the place of a shipped text.' })};
    ${tenantTable('notice_templates')};

    CREATE TABLE sms_gateways (
      council_id uuid PRIMARY KEY REFERENCES councils,
      sealed text NOT NULL,
      version integer NOT NULL DEFAULT 1,
      updated_at timestamptz NOT NULL
    );
    ${described('sms_gateways', { of, about: 'How SMS of a council leave.', columns: { sealed: 'The settings, encrypted.' } })};
    ${tenantTable('sms_gateways')};

    CREATE TABLE print_batches (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      school_id uuid,
      site_id uuid,
      letters integer NOT NULL CHECK (letters > 0),
      created_at timestamptz NOT NULL,
      file_made_at timestamptz,
      printed_at timestamptz,
      PRIMARY KEY (council_id, id),
      CONSTRAINT print_batches_school FOREIGN KEY (council_id, school_id) REFERENCES schools,
      CONSTRAINT print_batches_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
      CONSTRAINT print_batches_printed_from_a_file CHECK (printed_at IS NULL OR file_made_at IS NOT NULL)
    );
    ${described('print_batches', {
      of,
      about: 'Letters that staff print and post together.',
      columns: { school_id: 'Whose staff made it, where it is not the council.', letters: 'How many were taken into it.' },
    })};
    CREATE UNIQUE INDEX print_batches_in_order ON print_batches (council_id, ordinal);
    ${tenantTable('print_batches')};

    CREATE TABLE notices (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      household_id uuid NOT NULL,
      contact_id uuid,
      trigger text NOT NULL,
      line_id uuid,
      offer_id uuid,
      loan_id uuid,
      incident_id uuid,
      slot text,
      number integer NOT NULL DEFAULT 1,
      about text,
      key text,
      planned_at timestamptz NOT NULL,
      due_at timestamptz NOT NULL,
      state text NOT NULL,
      reason text,
      channel text CHECK (channel IN ('sms', 'email', 'letter')),
      tried text[] NOT NULL DEFAULT '{}',
      attempts integer NOT NULL DEFAULT 0,
      problem text,
      message_day date,
      combined_into uuid,
      print_batch_id uuid,
      left_out text,
      handed_over_at timestamptz,
      provider_id text,
      address_hash text,
      resend_of uuid,
      settled_at timestamptz,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT notices_household FOREIGN KEY (council_id, household_id) REFERENCES households,
      CONSTRAINT notices_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans,
      CONSTRAINT notices_state CHECK (state IN ('scheduled', 'sending', 'to_print', 'sent', 'printed', 'delivered', 'failed', 'dropped')),
      CONSTRAINT notices_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines,
      CONSTRAINT notices_offer FOREIGN KEY (council_id, offer_id) REFERENCES offers,
      CONSTRAINT notices_incident FOREIGN KEY (council_id, incident_id) REFERENCES incidents,
      CONSTRAINT notices_print_batch FOREIGN KEY (council_id, print_batch_id) REFERENCES print_batches
    );
    ${described('notices', {
      of,
      about: 'One message to one person about one thing, planned for an instant. Before its time it is for the household.',
      columns: {
        contact_id: 'Nothing before its time: who is to be told is asked when it is due.',
        slot: 'Which rule of the policy planned it, such as days before.',
        number: 'Of the times that the rule tells it.',
        about: 'What of the thing it tells, such as the due day: where that has changed it is dropped.',
        key: 'What it is about, whatever led to it: at most one notice of a key is planned.',
        planned_at: 'When it is to leave.',
        due_at: 'When it is looked at next.',
        tried: 'Channels by which it did not arrive.',
        message_day: 'Of the one message a day that a person gets of everything that is not urgent.',
        combined_into: 'The notice that the message is named by, where it tells several things.',
        left_out: 'Why its letter is in no batch after all.',
        provider_id: "The gateway's or mail server's name for the message.",
        address_hash: 'Of the number or mailbox that it went to.',
        settled_at: 'When its state became a last one.',
      },
    })};
    CREATE INDEX notices_due ON notices (council_id, due_at, id) WHERE state = 'scheduled';
    CREATE INDEX notices_scheduled_of_household ON notices (council_id, household_id, due_at) WHERE state = 'scheduled';
    CREATE INDEX notices_of_household ON notices (council_id, household_id, id);
    CREATE INDEX notices_of_loan ON notices (council_id, loan_id, planned_at) WHERE loan_id IS NOT NULL;
    CREATE INDEX notices_of_offer ON notices (council_id, offer_id) WHERE offer_id IS NOT NULL;
    CREATE INDEX notices_in_state ON notices (council_id, state, id);
    CREATE INDEX notices_of_trigger ON notices (council_id, trigger, id);
    CREATE INDEX notices_combined ON notices (council_id, combined_into) WHERE combined_into IS NOT NULL;
    CREATE UNIQUE INDEX notices_planned_once ON notices (council_id, key) WHERE key IS NOT NULL;
    CREATE UNIQUE INDEX notices_one_message_a_day ON notices (council_id, contact_id, message_day) WHERE message_day IS NOT NULL;
    CREATE INDEX notices_settled ON notices (council_id, settled_at) WHERE settled_at IS NOT NULL;
    CREATE INDEX notices_put_off ON notices (council_id, due_at) WHERE state = 'scheduled' AND due_at > planned_at;
    CREATE INDEX notices_sent_again ON notices (council_id, resend_of) WHERE resend_of IS NOT NULL;
    CREATE INDEX notices_of_provider ON notices (council_id, provider_id) WHERE provider_id IS NOT NULL;
    CREATE INDEX notices_to_print ON notices (council_id, coalesce(combined_into, id)) WHERE state = 'to_print';
    CREATE INDEX notices_of_print_batch ON notices (council_id, print_batch_id, coalesce(combined_into, id)) WHERE print_batch_id IS NOT NULL;
    CREATE INDEX notices_paused ON notices (council_id) WHERE state = 'scheduled' AND problem = 'CHANNEL_PAUSED';
    ${tenantTable('notices')};

    CREATE TABLE message_texts (
      council_id uuid NOT NULL,
      notice_id uuid NOT NULL,
      channel text NOT NULL CHECK (channel IN ('sms', 'email', 'letter')),
      language text NOT NULL,
      subject text,
      body text NOT NULL,
      kept_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, notice_id),
      CONSTRAINT message_texts_notice FOREIGN KEY (council_id, notice_id) REFERENCES notices
    );
    ${described('message_texts', { of, about: 'What families were told, word by word, where it can be erased.' })};
    ${tenantTable('message_texts', PRIVATE)};

    CREATE TABLE contact_marks (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      channel text NOT NULL CHECK (channel IN ('sms', 'email')),
      address_hash text NOT NULL,
      reason text NOT NULL CHECK (reason IN ('bounced', 'undelivered', 'stopped')),
      household_id uuid,
      contact_id uuid,
      notice_id uuid,
      cleared_at timestamptz,
      created_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT contact_marks_household FOREIGN KEY (council_id, household_id) REFERENCES households
    );
    ${described('contact_marks', { of, about: 'An address that nothing is to be sent to any more, and why.' })};
    CREATE UNIQUE INDEX contact_marks_one ON contact_marks (council_id, channel, address_hash) WHERE cleared_at IS NULL;
    CREATE INDEX contact_marks_of_household ON contact_marks (council_id, household_id, id);
    ${tenantTable('contact_marks')};

    CREATE TABLE sms_receipts (
      council_id uuid NOT NULL REFERENCES councils,
      id text NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      received_at timestamptz NOT NULL,
      message_id text,
      arrived boolean,
      PRIMARY KEY (council_id, id)
    );
    ${described('sms_receipts', {
      of,
      about: "Receipts of a council's gateway, so that none counts twice; forgotten after a time.",
      columns: { message_id: 'Of a receipt that came before its message was known to have left.' },
    })};
    CREATE INDEX sms_receipts_age ON sms_receipts (council_id, received_at);
    CREATE INDEX sms_receipts_early ON sms_receipts (council_id, message_id) WHERE message_id IS NOT NULL;
    ${tenantTable('sms_receipts', { grants: 'SELECT, INSERT, DELETE' })};

    CREATE TABLE channel_health (
      council_id uuid NOT NULL REFERENCES councils,
      channel text NOT NULL CHECK (channel IN ('sms', 'email')),
      is_proven boolean NOT NULL,
      refused_in_a_row integer NOT NULL,
      taken_at timestamptz,
      paused_at timestamptz,
      trial_at timestamptz,
      problem text,
      PRIMARY KEY (council_id, channel),
      CONSTRAINT channel_health_trial CHECK ((paused_at IS NULL) = (trial_at IS NULL))
    );
    ${described('channel_health', {
      of,
      about: 'How sending goes by each channel of a council.',
      columns: {
        is_proven: 'Whether a message was taken since the settings were written.',
        taken_at: 'When a message was taken last.',
        trial_at: 'When a paused channel is tried again.',
      },
    })};
    ${tenantTable('channel_health', PRIVATE)}`,

  down: `
    DROP TABLE channel_health, sms_receipts, contact_marks, message_texts, notices, print_batches, sms_gateways, notice_templates,
      notice_policies`,
};
