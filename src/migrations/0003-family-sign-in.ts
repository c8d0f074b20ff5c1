import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, described, SYSTEM_ROLE, tenantTable } from '../platform/database/index.js';

/** Runs as the platform, before the council is known. */
const LOOK_UP = 'LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp';
const FUNCTIONS = 'contact_of_access_code, contact_of_family_session';

/**
 * Families sign in: the council's switch, the codes that are printed for a contact, and the sessions that are opened with them. A contact who
 * leaves the file, or comes into another one, has neither a code nor a session any more.
 */
export class FamilySignIn1796000000200 implements MigrationInterface {
  readonly name = 'FamilySignIn1796000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE councils ADD COLUMN open_to_families boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN councils.open_to_families IS 'Whether families sign in.';

      CREATE TABLE access_codes (
        council_id uuid NOT NULL,
        contact_id uuid NOT NULL,
        household_id uuid NOT NULL,
        code_hash text NOT NULL,
        issued_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, contact_id),
        CONSTRAINT access_codes_hash UNIQUE (code_hash),
        CONSTRAINT access_codes_contact FOREIGN KEY (council_id, contact_id) REFERENCES contacts ON DELETE CASCADE,
        CONSTRAINT access_codes_household FOREIGN KEY (council_id, household_id) REFERENCES households
      );
      ${described('access_codes', {
        of: 'identity',
        about: 'The printed code with which a contact signs in: one that holds for each, in place of the one before.',
        columns: {
          code_hash: 'Message code over the reference of the file and the code: without the key of the program nobody can try codes.',
        },
      })};
      CREATE INDEX access_codes_of_household ON access_codes (council_id, household_id);
      ${tenantTable('access_codes', { grants: 'SELECT, INSERT, UPDATE, DELETE', system: 'SELECT, DELETE' })};
      CREATE INDEX access_codes_expiry ON access_codes (expires_at);

      CREATE TABLE family_sessions (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        contact_id uuid NOT NULL,
        household_id uuid NOT NULL,
        token_hash text NOT NULL UNIQUE,
        own_phone boolean NOT NULL,
        opened_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (council_id, id),
        -- None to the household: signing in would lock the file after the contact, and whoever changes a file locks it first.
        CONSTRAINT family_sessions_contact FOREIGN KEY (council_id, contact_id) REFERENCES contacts ON DELETE CASCADE
      );
      ${described('family_sessions', {
        of: 'identity',
        about: 'A sign-in of a contact of a household.',
        columns: {
          own_phone: 'Whether the contact said that the phone is theirs alone: it stays signed in for long.',
          seen_at: 'When it was last used, to the minute.',
          expires_at: 'Moved on by each use, but not on an own phone.',
        },
      })};
      CREATE INDEX family_sessions_of_household ON family_sessions (council_id, household_id, id);
      CREATE INDEX family_sessions_of_contact ON family_sessions (council_id, contact_id);
      CREATE INDEX family_sessions_expiry ON family_sessions (expires_at);
      ${tenantTable('family_sessions', { grants: 'SELECT, INSERT, UPDATE, DELETE', system: 'SELECT, DELETE' })};

      CREATE FUNCTION end_access_of_moved_contact() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM access_codes a WHERE a.council_id = OLD.council_id AND a.contact_id = OLD.id;
        DELETE FROM family_sessions s WHERE s.council_id = OLD.council_id AND s.contact_id = OLD.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER contacts_move AFTER UPDATE OF household_id ON contacts
        FOR EACH ROW WHEN (OLD.household_id <> NEW.household_id) EXECUTE FUNCTION end_access_of_moved_contact();

      CREATE FUNCTION contact_of_access_code(hash text, at timestamptz)
      RETURNS TABLE (council_id uuid, contact_id uuid, household_id uuid) ${LOOK_UP}
      AS $$
        SELECT a.council_id, a.contact_id, a.household_id FROM access_codes a JOIN councils c ON c.id = a.council_id
        WHERE a.code_hash = hash AND a.expires_at > at AND c.open_to_families
      $$;
      CREATE FUNCTION contact_of_family_session(hash text, at timestamptz)
      RETURNS TABLE (council_id uuid, session_id uuid, contact_id uuid, household_id uuid, seen_at timestamptz) ${LOOK_UP}
      AS $$
        SELECT s.council_id, s.id, s.contact_id, s.household_id, s.seen_at FROM family_sessions s JOIN councils c ON c.id = s.council_id
        WHERE s.token_hash = hash AND s.expires_at > at AND s.ended_at IS NULL AND c.open_to_families
      $$;
      GRANT CREATE ON SCHEMA public TO ${SYSTEM_ROLE};
      ALTER FUNCTION contact_of_access_code OWNER TO ${SYSTEM_ROLE};
      ALTER FUNCTION contact_of_family_session OWNER TO ${SYSTEM_ROLE};
      REVOKE CREATE ON SCHEMA public FROM ${SYSTEM_ROLE};
      REVOKE ALL ON FUNCTION ${FUNCTIONS} FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION ${FUNCTIONS} TO ${APPLICATION_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ${FUNCTIONS};
      DROP TRIGGER contacts_move ON contacts;
      DROP FUNCTION end_access_of_moved_contact();
      DROP TABLE family_sessions, access_codes;
      ALTER TABLE councils DROP COLUMN open_to_families`);
  }
}
