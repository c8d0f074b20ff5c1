import { described, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'integration';

/** Imports: the file as it was sent until it is worked off, how far that is, and the outcome of each row. */
export const INTEGRATION: SchemaPart = {
  tables: `
    CREATE TABLE imports (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      kind text NOT NULL,
      mode text NOT NULL CHECK (mode IN ('preview', 'apply')),
      state text NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'failed')),
      site_id uuid,
      mapping jsonb,
      plan jsonb,
      total integer,
      processed integer NOT NULL DEFAULT 0,
      created integer NOT NULL DEFAULT 0,
      updated integer NOT NULL DEFAULT 0,
      unchanged integer NOT NULL DEFAULT 0,
      failed integer NOT NULL DEFAULT 0,
      noted integer NOT NULL DEFAULT 0,
      next_byte integer NOT NULL DEFAULT 0,
      next_line integer NOT NULL DEFAULT 1,
      problem text,
      created_by text NOT NULL,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id)
    );
    ${described('imports', {
      of,
      about: 'A file that was sent to be taken in, how far that is, and what came of its rows.',
      columns: {
        mapping: 'Headers that the sender named for columns.',
        plan: 'How the file is to be read: separator, header, order of the days.',
        next_byte: 'Where the next batch of rows begins …',
        next_line: '… and its line.',
        problem: 'Why the whole file was refused.',
      },
    })};
    CREATE UNIQUE INDEX imports_in_order ON imports (council_id, ordinal);
    ${tenantTable('imports')};

    CREATE TABLE import_chunks (
      council_id uuid NOT NULL,
      import_id uuid NOT NULL,
      number integer NOT NULL,
      bytes bytea NOT NULL,
      PRIMARY KEY (council_id, import_id, number),
      -- Deferred: what the import is may stand behind the file in the form.
      FOREIGN KEY (council_id, import_id) REFERENCES imports DEFERRABLE INITIALLY DEFERRED
    );
    ${described('import_chunks', { of, about: 'The file of an import in pieces, until it is worked off.' })};
    ${tenantTable('import_chunks', { grants: 'SELECT, INSERT, DELETE' })};

    CREATE TABLE import_rows (
      council_id uuid NOT NULL,
      import_id uuid NOT NULL,
      line integer NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('created', 'updated', 'unchanged', 'failed')),
      faults jsonb,
      notes jsonb,
      cells jsonb,
      PRIMARY KEY (council_id, import_id, line),
      FOREIGN KEY (council_id, import_id) REFERENCES imports
    );
    ${described('import_rows', {
      of,
      about: 'What came of a row of a file.',
      columns: { notes: 'What is said of it besides what is wrong.', cells: 'Of a row that failed, so that it can be sent again.' },
    })};
    CREATE INDEX import_rows_outcome ON import_rows (council_id, import_id, outcome, line);
    CREATE INDEX import_rows_noted ON import_rows (council_id, import_id, line) WHERE notes IS NOT NULL;
    ${tenantTable('import_rows', { grants: 'SELECT, INSERT' })};

    CREATE TABLE import_keys (
      council_id uuid NOT NULL,
      import_id uuid NOT NULL,
      key text NOT NULL,
      line integer NOT NULL,
      PRIMARY KEY (council_id, import_id, key),
      FOREIGN KEY (council_id, import_id) REFERENCES imports
    );
    ${described('import_keys', { of, about: 'What was met in the file so far, such as asset tags.' })};
    ${tenantTable('import_keys', { grants: 'SELECT, INSERT, DELETE' })}`,

  down: 'DROP TABLE import_keys, import_rows, import_chunks, imports',
};
