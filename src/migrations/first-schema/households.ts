import { described, dropTrigramSearch, tenantTable, trigramSearch } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'households';

/** Of these, those whom no notice reaches: no contact that is to be notified has a telephone, an e-mail address or a postal one. */
const unreachable = (households: string) => `
        SELECT h.council_id, h.id FROM ${households} h WHERE NOT EXISTS (
          SELECT FROM contacts c WHERE c.council_id = h.council_id AND c.household_id = h.id AND c.notify
            AND (c.phone IS NOT NULL OR c.email IS NOT NULL OR c.address IS NOT NULL))`;

/** Household files: contacts, learners, what is at home; who looks like somebody else, and whom no notice reaches. */
export const HOUSEHOLDS: SchemaPart = {
  tables: `
    CREATE TABLE households (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      reference text NOT NULL,
      school_id uuid,
      home_alone boolean,
      bursary_level integer,
      equipment jsonb NOT NULL,
      connectivity jsonb,
      facts jsonb NOT NULL,
      overdue_from date,
      search_text text NOT NULL,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT households_reference UNIQUE (council_id, reference),
      CONSTRAINT households_school FOREIGN KEY (council_id, school_id) REFERENCES schools
    );
    ${described('households', {
      of,
      about: 'The file of a family: what it says of itself, and what somebody has seen proven. Nothing of a family is ever deleted.',
      columns: {
        school_id: 'The school through which the family came.',
        home_alone: 'No adult is at home in school hours; nothing: not stated.',
        equipment: 'What is at home, and when it is free.',
        facts: 'Of each thing that counts for points: declared or verified, by whom, and since when.',
        overdue_from:
          'The first day from which one of its loans is overdue. A trigger on loans writes it: promises are made below loans, and read it here.',
        search_text: 'Everything that is sought, folded.',
      },
    })};
    CREATE INDEX households_of_school ON households (council_id, school_id, id);
    ${tenantTable('households')};
    ${trigramSearch({ table: 'households' })};

    CREATE TABLE contacts (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      household_id uuid NOT NULL,
      position integer NOT NULL,
      name text NOT NULL,
      relationship text NOT NULL,
      phone text,
      email text,
      email_key text,
      language text,
      preferred_channel text,
      notify boolean NOT NULL,
      address jsonb,
      search_text text NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT contacts_household FOREIGN KEY (council_id, household_id) REFERENCES households
    );
    ${described('contacts', {
      of,
      about: 'A grown-up of a household who can be told something.',
      columns: {
        email_key: 'The folded address: two families who share it look like one.',
        notify: 'Whether they want to be told.',
        search_text: 'The digits of the number, of which a part may be sought.',
      },
    })};
    CREATE INDEX contacts_of_household ON contacts (council_id, household_id, position);
    CREATE INDEX contacts_of_phone ON contacts (council_id, phone) WHERE phone IS NOT NULL;
    ${tenantTable('contacts', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};
    ${trigramSearch({ table: 'contacts', id: 'household_id' })};
    CREATE INDEX contacts_by_phone ON contacts (council_id, phone) WHERE phone IS NOT NULL;
    CREATE INDEX contacts_by_email ON contacts (council_id, email_key) WHERE email_key IS NOT NULL;

    CREATE TABLE learners (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      household_id uuid NOT NULL,
      position integer NOT NULL,
      given_name text NOT NULL,
      family_name text NOT NULL,
      name_key text NOT NULL,
      level text NOT NULL CHECK (level IN ('primary', 'college', 'lycee', 'staff')),
      school_id uuid,
      exam_year boolean NOT NULL,
      class_name text,
      large_screen boolean NOT NULL,
      external_id text,
      timetable jsonb,
      left_at timestamptz,
      PRIMARY KEY (council_id, id),
      CONSTRAINT learners_household FOREIGN KEY (council_id, household_id) REFERENCES households,
      CONSTRAINT learners_school FOREIGN KEY (council_id, school_id) REFERENCES schools
    );
    ${described('learners', {
      of,
      about: 'Somebody of a household who learns or teaches.',
      columns: {
        name_key: 'The folded name: two families with a child of one name look like one.',
        external_id: "The school's own name for them.",
        timetable: "Their own hours; nothing: their class's.",
        left_at: 'When they left the household.',
      },
    })};
    CREATE INDEX learners_of_household ON learners (council_id, household_id, position);
    CREATE INDEX learners_of_school ON learners (council_id, school_id, household_id) WHERE left_at IS NULL;
    CREATE INDEX learners_by_name ON learners (council_id, name_key) WHERE left_at IS NULL;
    CREATE INDEX learners_of_level ON learners (council_id, level, household_id);
    ${tenantTable('learners')};

    -- No foreign keys: checking them would lock the other family's file, and two who look like each other would wait for each other.
    CREATE TABLE possible_duplicates (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      household_id uuid NOT NULL,
      other_id uuid NOT NULL,
      because text[] NOT NULL,
      found_at timestamptz NOT NULL,
      settled_at timestamptz,
      settled_by text,
      PRIMARY KEY (council_id, id)
    );
    ${described('possible_duplicates', {
      of,
      about: 'Two files that may be of one family, until somebody has looked. They are one pair, whichever of them was written later.',
      columns: { household_id: 'The file that was written later.', because: 'What the two share.' },
    })};
    CREATE INDEX possible_duplicates_open ON possible_duplicates (council_id, id) WHERE settled_at IS NULL;
    CREATE UNIQUE INDEX possible_duplicates_pair ON possible_duplicates
      (council_id, least(household_id, other_id), greatest(household_id, other_id));
    ${tenantTable('possible_duplicates')};

    CREATE TABLE unreachable_households (
      council_id uuid NOT NULL,
      household_id uuid NOT NULL,
      PRIMARY KEY (council_id, household_id),
      CONSTRAINT unreachable_households_household FOREIGN KEY (council_id, household_id) REFERENCES households
    );
    ${described('unreachable_households', {
      of,
      about: 'The few households that no notice reaches. Triggers keep it, whoever writes contacts.',
    })};
    ${tenantTable('unreachable_households', { grants: 'SELECT, INSERT, DELETE' })}`,

  functions: `
    CREATE FUNCTION note_contact_keys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      -- The digits of the number: what a search of contacts looks through.
      NEW.search_text := coalesce(translate(NEW.phone, '+', ''), '');
      NEW.email_key := folded_text(NEW.email);
      RETURN NEW;
    END $$;
    CREATE TRIGGER contacts_keys BEFORE INSERT OR UPDATE OF phone, email ON contacts FOR EACH ROW EXECUTE FUNCTION note_contact_keys();

    CREATE FUNCTION note_learner_key() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.name_key := folded_text(NEW.given_name || ' ' || NEW.family_name);
      RETURN NEW;
    END $$;
    CREATE TRIGGER learners_key BEFORE INSERT OR UPDATE OF given_name, family_name ON learners FOR EACH ROW EXECUTE FUNCTION note_learner_key();

    CREATE FUNCTION note_unreachable_households() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO unreachable_households ${unreachable('(SELECT DISTINCT council_id, id FROM changed)')}
      ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$;
    CREATE TRIGGER households_reachable AFTER INSERT ON households
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_unreachable_households();

    CREATE FUNCTION note_reachable_households() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      WITH household AS (SELECT DISTINCT council_id, household_id AS id FROM changed),
      unreachable AS (${unreachable('household')}),
      reachable AS (
        DELETE FROM unreachable_households u USING household h
        WHERE u.council_id = h.council_id AND u.household_id = h.id AND NOT EXISTS (
          SELECT FROM unreachable o WHERE o.council_id = h.council_id AND o.id = h.id)
      )
      INSERT INTO unreachable_households SELECT council_id, id FROM unreachable ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$;
    CREATE TRIGGER contacts_come AFTER INSERT ON contacts
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_reachable_households();
    CREATE TRIGGER contacts_change AFTER UPDATE ON contacts
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_reachable_households();
    CREATE TRIGGER contacts_go AFTER DELETE ON contacts
      REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_reachable_households()`,

  down: `
    ${dropTrigramSearch({ table: 'contacts' })};
    ${dropTrigramSearch({ table: 'households' })};
    DROP TABLE unreachable_households, possible_duplicates, learners, contacts, households;
    DROP FUNCTION note_reachable_households(), note_unreachable_households(), note_learner_key(), note_contact_keys()`,
};
