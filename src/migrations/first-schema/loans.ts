import { described, dropHistory, history, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'loans';

/** Loans, their items, what happened to each, incidents. */
export const LOANS: SchemaPart = {
  tables: `
    CREATE TABLE loans (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      reference text NOT NULL,
      household_id uuid NOT NULL,
      site_id uuid NOT NULL,
      state text NOT NULL CHECK (state IN ('open', 'closed')),
      handed_over_at timestamptz NOT NULL,
      due_on date NOT NULL,
      grace_days integer NOT NULL,
      overdue_from date NOT NULL GENERATED ALWAYS AS (due_on + grace_days + 1) STORED,
      recalled_on date,
      renewals integer NOT NULL DEFAULT 0,
      agreement jsonb NOT NULL,
      earlier_agreements jsonb NOT NULL DEFAULT '[]',
      agreement_unsigned_since timestamptz,
      agreement_terms_asked text[],
      closed_at timestamptz,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT loans_reference UNIQUE (council_id, reference),
      CONSTRAINT loans_household FOREIGN KEY (council_id, household_id) REFERENCES households,
      CONSTRAINT loans_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
      CONSTRAINT loans_agreement_asked CHECK (
        (agreement_unsigned_since IS NULL) = (agreement_terms_asked IS NULL)
        AND (agreement_unsigned_since IS NULL OR state = 'open' AND agreement_terms_asked <> '{}'))
    );
    ${described('loans', {
      of,
      about: 'What was handed over to a household at once, until everything of it came back or was given up.',
      columns: {
        agreement: 'Who signed which texts, and how.',
        earlier_agreements: 'Who signed what before.',
        agreement_unsigned_since: 'Since when a text that the policy names now is not signed …',
        agreement_terms_asked: '… and which texts are asked.',
      },
    })};
    CREATE INDEX loans_of_household ON loans (council_id, household_id, id);
    CREATE INDEX loans_of_site ON loans (council_id, site_id, id);
    CREATE INDEX loans_due ON loans (council_id, due_on, id) WHERE state = 'open';
    CREATE INDEX loans_overdue ON loans (council_id, overdue_from, id) WHERE state = 'open';
    CREATE INDEX loans_open ON loans (council_id, id) WHERE state = 'open';
    CREATE INDEX loans_unsigned ON loans (council_id, id) WHERE agreement_unsigned_since IS NOT NULL;
    CREATE INDEX loans_closed ON loans (council_id, id) WHERE state = 'closed';
    ${tenantTable('loans')};

    CREATE TABLE loan_items (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      loan_id uuid NOT NULL,
      household_id uuid NOT NULL,
      device_id uuid NOT NULL,
      request_line_id uuid,
      class text NOT NULL,
      number integer NOT NULL,
      state text NOT NULL CHECK (state IN ('on_loan', 'returned', 'lost', 'stolen', 'written_off')),
      condition_out text NOT NULL,
      condition_in text,
      returned_at timestamptz,
      PRIMARY KEY (council_id, id),
      CONSTRAINT loan_items_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans,
      CONSTRAINT loan_items_device FOREIGN KEY (council_id, device_id) REFERENCES devices,
      CONSTRAINT loan_items_line FOREIGN KEY (council_id, request_line_id) REFERENCES request_lines
    );
    ${described('loan_items', {
      of,
      about: 'One device of a loan.',
      columns: {
        household_id: "The loan's.",
        request_line_id: 'The line that it fulfilled; nothing: it was handed over for none.',
        class: "The device's.",
        number: 'Its place in the loan.',
      },
    })};
    CREATE INDEX loan_items_of_loan ON loan_items (council_id, loan_id, number);
    CREATE INDEX loan_items_of_device ON loan_items (council_id, device_id);
    CREATE INDEX loan_items_out ON loan_items (council_id, household_id, class) WHERE state = 'on_loan';
    CREATE UNIQUE INDEX loan_items_one_holder ON loan_items (council_id, device_id) WHERE state = 'on_loan';
    CREATE UNIQUE INDEX loan_items_one_line ON loan_items (council_id, request_line_id) WHERE request_line_id IS NOT NULL;
    CREATE INDEX loan_items_returned ON loan_items (council_id, returned_at, loan_id) WHERE returned_at IS NOT NULL;
    CREATE INDEX loan_items_of_class ON loan_items (council_id, class, loan_id);
    ${tenantTable('loan_items')};

    CREATE TABLE loan_events (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      loan_id uuid NOT NULL,
      at timestamptz NOT NULL,
      actor text NOT NULL,
      kind text NOT NULL,
      item_id uuid,
      incident_id uuid,
      due_on date,
      terms_version text,
      codes text[],
      missing_accessories text[],
      reason text,
      PRIMARY KEY (council_id, loan_id, id),
      CONSTRAINT loan_events_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans
    );
    ${described('loan_events', {
      of,
      about: 'What happened to each loan, in the order in which it happened.',
      columns: { codes: 'The refusals that somebody overrode.' },
    })};
    ${tenantTable('loan_events', { grants: 'SELECT, INSERT' })};
    ${history('loan_events', 'loan_id')};

    CREATE TABLE incidents (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      loan_id uuid NOT NULL,
      item_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('lost', 'stolen', 'broken', 'claimed_returned')),
      reported_on date NOT NULL,
      description text,
      police_report_reference text,
      state text NOT NULL CHECK (state IN ('open', 'closed')),
      outcome text,
      closed_at timestamptz,
      closure_reason text,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT incidents_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans,
      CONSTRAINT incidents_item FOREIGN KEY (council_id, item_id) REFERENCES loan_items
    );
    ${described('incidents', { of, about: 'What a family reports of a device that it has: lost, stolen, broken, or said to be back.' })};
    CREATE UNIQUE INDEX incidents_one_open ON incidents (council_id, item_id, kind) WHERE state = 'open';
    CREATE INDEX incidents_of_loan ON incidents (council_id, loan_id, ordinal);
    CREATE UNIQUE INDEX incidents_in_order ON incidents (council_id, ordinal);
    CREATE INDEX incidents_in_state ON incidents (council_id, state, ordinal);
    CREATE INDEX incidents_of_kind ON incidents (council_id, kind, ordinal);
    ${tenantTable('incidents')}`,

  functions: `
    -- A statement sees what was committed when it began: the loans are read by one that begins once the household is locked, so that of two
    -- who write loans of a household at once the later never writes what the earlier has made old.
    CREATE FUNCTION tell_household_overdue() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      earliest date;
    BEGIN
      PERFORM FROM households h WHERE h.council_id = new.council_id AND h.id = new.household_id FOR NO KEY UPDATE;
      earliest := (
        SELECT min(l.overdue_from) FROM loans l WHERE l.council_id = new.council_id AND l.household_id = new.household_id AND l.state = 'open');
      UPDATE households h SET overdue_from = earliest
      WHERE h.council_id = new.council_id AND h.id = new.household_id AND h.overdue_from IS DISTINCT FROM earliest;
      RETURN NULL;
    END $$;
    CREATE TRIGGER loans_tell_household AFTER INSERT OR UPDATE OF state, due_on, grace_days ON loans FOR EACH ROW
      EXECUTE FUNCTION tell_household_overdue()`,

  down: `
    DROP TABLE incidents, loan_events, loan_items, loans;
    ${dropHistory('loan_events')};
    DROP FUNCTION tell_household_overdue()`,
};
