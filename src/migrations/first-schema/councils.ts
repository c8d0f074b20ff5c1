import { APPLICATION_ROLE, described, SYSTEM_ROLE, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'councils';

/** Councils with their closed days and loan policies, their schools, sites and funds. */
export const COUNCILS: SchemaPart = {
  tables: `
    CREATE TABLE councils (
      id uuid PRIMARY KEY,
      code text NOT NULL UNIQUE,
      name text NOT NULL,
      time_zone text NOT NULL,
      locale text NOT NULL,
      languages text[] NOT NULL,
      public_priority_scale boolean NOT NULL DEFAULT false,
      propose_at_once boolean NOT NULL DEFAULT false,
      lent_connection_streams integer NOT NULL DEFAULT 1,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL
    );
    ${described('councils', {
      of,
      about: 'A council that lends; everything else belongs to one, by its council_id.',
      columns: {
        propose_at_once: 'A device that comes back is proposed to the next line at once.',
        lent_connection_streams: 'How many live lessons at once go over a router or SIM that the council lends.',
      },
    })};
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
    ${described('closed_day_lists', { of, about: 'The days on which a council is closed.' })};
    ${tenantTable('closed_day_lists')};

    CREATE TABLE loan_policies (
      council_id uuid PRIMARY KEY REFERENCES councils,
      rules jsonb NOT NULL,
      version integer NOT NULL DEFAULT 1,
      updated_at timestamptz NOT NULL
    );
    ${described('loan_policies', { of, about: 'For how long, how many, and under which terms a council lends.' })};
    ${tenantTable('loan_policies')};

    CREATE TABLE schools (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      code text NOT NULL,
      name text NOT NULL,
      level text NOT NULL CHECK (level IN ('primary', 'college', 'lycee', 'other')),
      municipality_code text,
      email text,
      social_index double precision,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT schools_code UNIQUE (council_id, code)
    );
    ${described('schools', {
      of,
      about: 'A school, by its official code.',
      columns: { social_index: 'Of the social position (indice de position sociale): a scale may have bands of it.' },
    })};
    ${tenantTable('schools')};

    CREATE TABLE sites (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      name text NOT NULL,
      name_key text NOT NULL,
      address jsonb NOT NULL,
      school_id uuid,
      served_school_ids uuid[],
      opening_hours jsonb,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT sites_school FOREIGN KEY (council_id, school_id) REFERENCES schools
    );
    ${described('sites', {
      of,
      about: 'A place where devices lie, are handed over and come back.',
      columns: {
        name_key: 'The folded name, by which it is found.',
        school_id: 'The school in which it lies; nothing: it is shared.',
        served_school_ids: 'The schools for whose pupils its stock is; nothing: for all.',
      },
    })};
    CREATE INDEX sites_of_school ON sites (council_id, school_id);
    CREATE INDEX sites_by_name ON sites (council_id, name_key);
    ${tenantTable('sites')};

    CREATE TABLE funds (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      name text NOT NULL,
      name_key text NOT NULL,
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
    ${described('funds', {
      of,
      about: 'Money that devices were bought from, and whom they may therefore be lent to.',
      columns: { name_key: 'The folded name, by which it is found.' },
    })};
    CREATE INDEX funds_by_name ON funds (council_id, name_key);
    ${tenantTable('funds')}`,

  functions: `
    CREATE FUNCTION note_name_key() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.name_key := folded_text(NEW.name);
      RETURN NEW;
    END $$;
    CREATE TRIGGER sites_name_key BEFORE INSERT OR UPDATE OF name ON sites FOR EACH ROW EXECUTE FUNCTION note_name_key();
    CREATE TRIGGER funds_name_key BEFORE INSERT OR UPDATE OF name ON funds FOR EACH ROW EXECUTE FUNCTION note_name_key()`,

  down: `
    DROP TABLE funds, sites, schools, loan_policies, closed_day_lists, councils;
    DROP FUNCTION note_name_key()`,
};
