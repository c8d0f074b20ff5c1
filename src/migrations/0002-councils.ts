import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, SYSTEM_ROLE, tenantTable } from '../platform/database/index.js';

/** Councils, their closed days, schools, sites and funds. */
export class Councils1790000000100 implements MigrationInterface {
  readonly name = 'Councils1790000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE councils (
        id uuid PRIMARY KEY,
        code text NOT NULL UNIQUE,
        name text NOT NULL,
        time_zone text NOT NULL,
        locale text NOT NULL,
        languages text[] NOT NULL,
        public_priority_scale boolean NOT NULL DEFAULT false,
        propose_at_once boolean NOT NULL DEFAULT false,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      ALTER TABLE councils ENABLE ROW LEVEL SECURITY;
      ALTER TABLE councils FORCE ROW LEVEL SECURITY;
      CREATE POLICY council ON councils TO ${APPLICATION_ROLE} USING (id = current_council()) WITH CHECK (id = current_council());
      CREATE POLICY platform ON councils TO ${SYSTEM_ROLE} USING (true) WITH CHECK (true);
      GRANT SELECT, INSERT, UPDATE ON councils TO ${APPLICATION_ROLE};
      GRANT SELECT ON councils TO ${SYSTEM_ROLE};

      CREATE TABLE closed_day_lists (
        council_id uuid PRIMARY KEY REFERENCES councils,
        days date[] NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL
      );
      ${tenantTable('closed_day_lists')};

      CREATE TABLE schools (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        code text NOT NULL,
        name text NOT NULL,
        level text NOT NULL CHECK (level IN ('primary', 'college', 'lycee', 'other')),
        municipality_code text,
        email text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT schools_code UNIQUE (council_id, code)
      );
      ${tenantTable('schools')};

      CREATE TABLE sites (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        name text NOT NULL,
        address jsonb NOT NULL,
        school_id uuid,
        opening_hours jsonb,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT sites_school FOREIGN KEY (council_id, school_id) REFERENCES schools
      );
      CREATE INDEX sites_of_school ON sites (council_id, school_id);
      CREATE INDEX sites_by_name ON sites (council_id, lower(name));
      ${tenantTable('sites')};

      CREATE TABLE funds (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        name text NOT NULL,
        funder text NOT NULL,
        eligible_levels text[],
        eligible_school_ids uuid[],
        starts_on date,
        ends_on date,
        budget_cents bigint,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id)
      );
      ${tenantTable('funds')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE funds, sites, schools, closed_day_lists, councils`);
  }
}
