import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Kits, timetables of school at home, and what each household needs. */
export class Needs1790000001100 implements MigrationInterface {
  readonly name = 'Needs1790000001100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE kits (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        name text NOT NULL,
        components jsonb NOT NULL,
        cost_cents integer NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id)
      );
      CREATE UNIQUE INDEX kits_name ON kits (council_id, lower(name));
      ${tenantTable('kits')};

      CREATE TABLE school_profiles (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        school_id uuid,
        level text NOT NULL CHECK (level IN ('primary', 'college', 'lycee', 'staff')),
        class_name text,
        live jsonb NOT NULL,
        work jsonb NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT school_profiles_school FOREIGN KEY (council_id, school_id) REFERENCES schools,
        CONSTRAINT school_profiles_class CHECK (class_name IS NULL OR school_id IS NOT NULL)
      );
      CREATE UNIQUE INDEX school_profiles_scope ON school_profiles (council_id, school_id, level, lower(class_name)) NULLS NOT DISTINCT;
      ${tenantTable('school_profiles')};

      -- Recomputed at any time from what it was computed from: read_at says when that was read, by the database's clock, so that of two
      -- computations at once the one that saw more stays.
      CREATE TABLE household_needs (
        council_id uuid NOT NULL,
        household_id uuid NOT NULL,
        household_version integer NOT NULL,
        inputs_version text NOT NULL,
        demanded_minutes integer NOT NULL,
        uncovered_minutes integer NOT NULL,
        need jsonb NOT NULL,
        computed_at timestamptz NOT NULL,
        read_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, household_id),
        CONSTRAINT household_needs_household FOREIGN KEY (council_id, household_id) REFERENCES households
      );
      ${tenantTable('household_needs')};
      CREATE INDEX devices_of_holder ON devices (council_id, holder_id) WHERE holder_id IS NOT NULL;

      -- The households that are there already. An owner who is no superuser would see no council, and could write no job.
      ALTER TABLE councils NO FORCE ROW LEVEL SECURITY;
      ALTER TABLE outbox NO FORCE ROW LEVEL SECURITY;
      INSERT INTO outbox (id, council_id, kind, ids, due_at, created_at)
        SELECT gen_random_uuid(), id, 'needs.recompute_next', '{}', now(), now() FROM councils;
      ALTER TABLE councils FORCE ROW LEVEL SECURITY;
      ALTER TABLE outbox FORCE ROW LEVEL SECURITY`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX devices_of_holder;
      DROP TABLE household_needs, school_profiles, kits`);
  }
}
