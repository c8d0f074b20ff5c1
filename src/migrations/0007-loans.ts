import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Loan policies, loans, their items, what happened to each, incidents. */
export class Loans1790000000600 implements MigrationInterface {
  readonly name = 'Loans1790000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE loan_policies (
        council_id uuid PRIMARY KEY REFERENCES councils,
        rules jsonb NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL
      );
      ${tenantTable('loan_policies')};

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
        closed_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT loans_reference UNIQUE (council_id, reference),
        CONSTRAINT loans_household FOREIGN KEY (council_id, household_id) REFERENCES households,
        CONSTRAINT loans_site FOREIGN KEY (council_id, site_id) REFERENCES sites
      );
      CREATE INDEX loans_of_household ON loans (council_id, household_id, id);
      CREATE INDEX loans_of_site ON loans (council_id, site_id, id);
      CREATE INDEX loans_due ON loans (council_id, due_on, id) WHERE state = 'open';
      CREATE INDEX loans_overdue ON loans (council_id, overdue_from, id) WHERE state = 'open';
      ${tenantTable('loans')};

      CREATE TABLE loan_items (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
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
      CREATE INDEX loan_items_of_loan ON loan_items (council_id, loan_id, number);
      CREATE INDEX loan_items_of_device ON loan_items (council_id, device_id);
      CREATE INDEX loan_items_out ON loan_items (council_id, household_id, class) WHERE state = 'on_loan';
      CREATE UNIQUE INDEX loan_items_one_holder ON loan_items (council_id, device_id) WHERE state = 'on_loan';
      CREATE UNIQUE INDEX loan_items_one_line ON loan_items (council_id, request_line_id) WHERE request_line_id IS NOT NULL;
      ${tenantTable('loan_items')};

      CREATE TABLE loan_events (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        loan_id uuid NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        kind text NOT NULL,
        item_id uuid,
        incident_id uuid,
        due_on date,
        codes text[],
        missing_accessories text[],
        reason text,
        PRIMARY KEY (council_id, loan_id, id),
        CONSTRAINT loan_events_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans
      );
      ${tenantTable('loan_events', { grants: 'SELECT, INSERT' })};

      CREATE TABLE incidents (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
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
      CREATE INDEX incidents_of_loan ON incidents (council_id, loan_id, id);
      CREATE UNIQUE INDEX incidents_one_open ON incidents (council_id, item_id, kind) WHERE state = 'open';
      ${tenantTable('incidents')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE incidents, loan_events, loan_items, loans, loan_policies`);
  }
}
