import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Imports: the file as it was sent until it is worked off, how far that is, and the outcome of each row. */
export class Integration1790000000800 implements MigrationInterface {
  readonly name = 'Integration1790000000800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE imports (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
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
        next_byte integer NOT NULL DEFAULT 0,
        next_line integer NOT NULL DEFAULT 1,
        problem text,
        created_by text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id)
      );
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
      ${tenantTable('import_chunks', { grants: 'SELECT, INSERT, DELETE' })};

      CREATE TABLE import_rows (
        council_id uuid NOT NULL,
        import_id uuid NOT NULL,
        line integer NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('created', 'updated', 'unchanged', 'failed')),
        faults jsonb,
        cells jsonb,
        PRIMARY KEY (council_id, import_id, line),
        FOREIGN KEY (council_id, import_id) REFERENCES imports
      );
      CREATE INDEX import_rows_outcome ON import_rows (council_id, import_id, outcome, line);
      ${tenantTable('import_rows', { grants: 'SELECT, INSERT' })};

      -- What was met in the file so far, such as asset tags.
      CREATE TABLE import_keys (
        council_id uuid NOT NULL,
        import_id uuid NOT NULL,
        key text NOT NULL,
        line integer NOT NULL,
        PRIMARY KEY (council_id, import_id, key),
        FOREIGN KEY (council_id, import_id) REFERENCES imports
      );
      ${tenantTable('import_keys', { grants: 'SELECT, INSERT, DELETE' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE import_keys, import_rows, import_chunks, imports`);
  }
}
