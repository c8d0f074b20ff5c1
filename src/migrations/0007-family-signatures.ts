import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPLICATION_ROLE, described, SYSTEM_ROLE, tenantTable } from '../platform/database/index.js';

/**
 * Families sign online: the texts that the council has written, and what was signed, by whom, in which words. And a contact lets somebody help
 * who sees what the contact sees, and changes nothing.
 */
export class FamilySignatures1796000000600 implements MigrationInterface {
  readonly name = 'FamilySignatures1796000000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agreement_texts (
        council_id uuid NOT NULL REFERENCES councils,
        terms_version text NOT NULL,
        language text NOT NULL,
        body text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, terms_version, language)
      );
      ${described('agreement_texts', {
        of: 'loans',
        about: 'The agreements that the council has written, in place of the shipped one.',
        columns: { terms_version: 'By which the loan policy names it.' },
      })};
      ${tenantTable('agreement_texts')};

      CREATE TABLE signed_texts (
        council_id uuid NOT NULL REFERENCES councils,
        text_hash text NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (council_id, text_hash)
      );
      ${described('signed_texts', {
        of: 'loans',
        about: 'The very words that were signed, each once: they stay when the council writes the agreement anew.',
        columns: { text_hash: 'SHA-256 of the text.' },
      })};
      ${tenantTable('signed_texts', { grants: 'SELECT, INSERT' })};

      CREATE TABLE loan_signatures (
        council_id uuid NOT NULL,
        loan_id uuid NOT NULL,
        terms_version text NOT NULL,
        contact_id uuid NOT NULL,
        signatory_name text NOT NULL,
        language text NOT NULL,
        text_hash text NOT NULL,
        signed_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, loan_id, terms_version),
        CONSTRAINT loan_signatures_loan FOREIGN KEY (council_id, loan_id) REFERENCES loans,
        CONSTRAINT loan_signatures_text FOREIGN KEY (council_id, text_hash) REFERENCES signed_texts
      );
      ${described('loan_signatures', {
        of: 'loans',
        about: 'What a contact of the family signed online for a loan; signatures on paper stand in the loan alone.',
        columns: { contact_id: 'Who signed. No foreign key: the signature stays when the contact leaves the file.' },
      })};
      ${tenantTable('loan_signatures', { grants: 'SELECT, INSERT' })};

      CREATE TABLE helpers (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        household_id uuid NOT NULL,
        contact_id uuid NOT NULL,
        name text NOT NULL,
        code_hash text NOT NULL,
        allowed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (council_id, id),
        CONSTRAINT helpers_hash UNIQUE (code_hash),
        -- None to the household, as with sessions: whoever changes a file locks it before its contacts.
        CONSTRAINT helpers_contact FOREIGN KEY (council_id, contact_id) REFERENCES contacts ON DELETE CASCADE
      );
      ${described('helpers', {
        of: 'identity',
        about: 'Whom a contact lets see its file for a time, such as a neighbour or an association: they read, and change nothing.',
        columns: { code_hash: 'As in access_codes.', ended_at: 'When the help was ended before its time.' },
      })};
      CREATE INDEX helpers_of_household ON helpers (council_id, household_id, id);
      CREATE INDEX helpers_of_contact ON helpers (council_id, contact_id);
      ${tenantTable('helpers', { grants: 'SELECT, INSERT, UPDATE, DELETE', system: 'SELECT' })};

      ALTER TABLE family_sessions ADD COLUMN helper_id uuid;
      COMMENT ON COLUMN family_sessions.helper_id IS 'The helper whose session it is; nothing: it is the contact''s own.';
      CREATE INDEX family_sessions_of_helper ON family_sessions (council_id, helper_id) WHERE helper_id IS NOT NULL;

      CREATE FUNCTION end_help_of_moved_contact() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM helpers h WHERE h.council_id = OLD.council_id AND h.contact_id = OLD.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER contacts_move_ends_help AFTER UPDATE OF household_id ON contacts
        FOR EACH ROW WHEN (OLD.household_id <> NEW.household_id) EXECUTE FUNCTION end_help_of_moved_contact();

      CREATE FUNCTION helper_of_family_session(council uuid, session uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
      AS $$ SELECT s.helper_id FROM family_sessions s WHERE s.council_id = council AND s.id = session $$;
      GRANT CREATE ON SCHEMA public TO ${SYSTEM_ROLE};
      ALTER FUNCTION helper_of_family_session OWNER TO ${SYSTEM_ROLE};
      REVOKE CREATE ON SCHEMA public FROM ${SYSTEM_ROLE};
      REVOKE ALL ON FUNCTION helper_of_family_session FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION helper_of_family_session TO ${APPLICATION_ROLE}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION helper_of_family_session;
      DROP TRIGGER contacts_move_ends_help ON contacts;
      DROP FUNCTION end_help_of_moved_contact();
      ALTER TABLE family_sessions DROP COLUMN helper_id;
      DROP TABLE helpers, loan_signatures, signed_texts, agreement_texts`);
  }
}
