import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTrigramSearch, tenantTable, trigramSearch, unforced } from '../platform/database/index.js';

/**
 * Households are found by a telephone number, or part of one, and by what two of one family share: a number, a mailbox, a child's name. What
 * a manager should look at of it is kept.
 */
export class HouseholdKeys1790000002415 implements MigrationInterface {
  readonly name = 'HouseholdKeys1790000002415';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE contacts ADD COLUMN search_text text, ADD COLUMN email_key text;
      ALTER TABLE learners ADD COLUMN name_key text;
      CREATE FUNCTION note_contact_keys() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        -- The digits of the number: what a search of contacts looks through.
        NEW.search_text := coalesce(translate(NEW.phone, '+', ''), '');
        NEW.email_key := folded_text(NEW.email);
        RETURN NEW;
      END $$;
      CREATE FUNCTION note_learner_key() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.name_key := folded_text(NEW.given_name || ' ' || NEW.family_name);
        RETURN NEW;
      END $$;
      CREATE TRIGGER contacts_keys BEFORE INSERT OR UPDATE OF phone, email ON contacts FOR EACH ROW EXECUTE FUNCTION note_contact_keys();
      CREATE TRIGGER learners_key BEFORE INSERT OR UPDATE OF given_name, family_name ON learners FOR EACH ROW EXECUTE FUNCTION note_learner_key()`);
    const seen = `
      ALTER TABLE contacts DISABLE TRIGGER USER;
      ALTER TABLE contacts ENABLE TRIGGER contacts_keys;
      UPDATE contacts SET phone = phone;
      ALTER TABLE contacts ENABLE TRIGGER USER;
      ALTER TABLE learners DISABLE TRIGGER USER;
      ALTER TABLE learners ENABLE TRIGGER learners_key;
      UPDATE learners SET given_name = given_name;
      ALTER TABLE learners ENABLE TRIGGER USER;
      UPDATE households h SET search_text = sought.text
      FROM (
        SELECT h.council_id, h.id, concat_ws(' ', folded_text(h.reference), (
            SELECT string_agg(folded_text(c.name), ' ' ORDER BY c.position) FROM contacts c WHERE c.council_id = h.council_id AND c.household_id = h.id), (
            SELECT string_agg(folded_text(l.given_name) || ' ' || folded_text(l.family_name), ' ' ORDER BY l.position, l.id) FROM learners l
            WHERE l.council_id = h.council_id AND l.household_id = h.id AND l.left_at IS NULL)) AS text
        FROM households h) sought
      WHERE h.council_id = sought.council_id AND h.id = sought.id AND h.search_text <> sought.text`;
    await runner.query(unforced(['contacts', 'learners', 'households'], seen));
    await runner.query(`
      ALTER TABLE contacts ALTER COLUMN search_text SET NOT NULL;
      ALTER TABLE learners ALTER COLUMN name_key SET NOT NULL;
      ${trigramSearch({ table: 'contacts', id: 'household_id' })};
      CREATE INDEX contacts_by_phone ON contacts (council_id, phone) WHERE phone IS NOT NULL;
      CREATE INDEX contacts_by_email ON contacts (council_id, email_key) WHERE email_key IS NOT NULL;
      CREATE INDEX learners_by_name ON learners (council_id, name_key) WHERE left_at IS NULL;

      CREATE TABLE possible_duplicates (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        household_id uuid NOT NULL,
        other_id uuid NOT NULL,
        because text[] NOT NULL,
        found_at timestamptz NOT NULL,
        settled_at timestamptz,
        settled_by text,
        PRIMARY KEY (council_id, id),
        CONSTRAINT possible_duplicates_pair UNIQUE (council_id, household_id, other_id),
        CONSTRAINT possible_duplicates_household FOREIGN KEY (council_id, household_id) REFERENCES households,
        CONSTRAINT possible_duplicates_other FOREIGN KEY (council_id, other_id) REFERENCES households
      );
      CREATE INDEX possible_duplicates_open ON possible_duplicates (council_id, id) WHERE settled_at IS NULL;
      ${tenantTable('possible_duplicates')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE possible_duplicates;
      ${dropTrigramSearch({ table: 'contacts' })};
      DROP INDEX contacts_search;
      DROP POLICY search ON contacts;
      REVOKE SELECT (council_id, household_id, search_text) ON contacts FROM passerelle_search;
      DROP TRIGGER contacts_keys ON contacts;
      DROP TRIGGER learners_key ON learners;
      DROP FUNCTION note_contact_keys(), note_learner_key();
      DROP INDEX contacts_by_phone, contacts_by_email, learners_by_name;
      ALTER TABLE contacts DROP COLUMN search_text, DROP COLUMN email_key;
      ALTER TABLE learners DROP COLUMN name_key`);
  }
}
