import { described, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'needs';

/** Kits, timetables of school at home, and what each household needs. */
export const NEEDS: SchemaPart = {
  tables: `
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
    ${described('kits', { of, about: 'What may be lent together, and what it costs.' })};
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
    ${described('school_profiles', {
      of,
      about: 'The week of school at home: of a level, of a level in a school, or of a class.',
      columns: { live: 'Lessons at fixed hours.', work: 'What is to be done at any hour.' },
    })};
    CREATE UNIQUE INDEX school_profiles_scope ON school_profiles (council_id, school_id, level, lower(class_name)) NULLS NOT DISTINCT;
    ${tenantTable('school_profiles')};

    CREATE TABLE household_needs (
      council_id uuid NOT NULL,
      household_id uuid NOT NULL,
      household_version integer NOT NULL,
      inputs_version text NOT NULL,
      demanded_minutes integer NOT NULL,
      uncovered_minutes integer NOT NULL,
      need jsonb NOT NULL,
      computed_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, household_id),
      CONSTRAINT household_needs_household FOREIGN KEY (council_id, household_id) REFERENCES households
    );
    ${described('household_needs', {
      of,
      about: "What a household lacks of its school at home, reckoned from its file and stored under the household's lock.",
      columns: { inputs_version: 'Of everything that it was reckoned from.' },
    })};
    ${tenantTable('household_needs')}`,

  down: 'DROP TABLE household_needs, school_profiles, kits',
};
