import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTrigramSearch, tenantTable, trigramSearch } from '../platform/database/index.js';

/** Household files: contacts, learners, what is at home. */
export class Households1790000000400 implements MigrationInterface {
  readonly name = 'Households1790000000400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
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
        search_text text NOT NULL,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT households_reference UNIQUE (council_id, reference),
        CONSTRAINT households_school FOREIGN KEY (council_id, school_id) REFERENCES schools
      );
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
        language text,
        preferred_channel text,
        notify boolean NOT NULL,
        address jsonb,
        PRIMARY KEY (council_id, id),
        CONSTRAINT contacts_household FOREIGN KEY (council_id, household_id) REFERENCES households
      );
      CREATE INDEX contacts_of_household ON contacts (council_id, household_id, position);
      ${tenantTable('contacts', { grants: 'SELECT, INSERT, UPDATE, DELETE' })};

      CREATE TABLE learners (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        household_id uuid NOT NULL,
        position integer NOT NULL,
        given_name text NOT NULL,
        family_name text NOT NULL,
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
      CREATE INDEX learners_of_household ON learners (council_id, household_id, position);
      CREATE INDEX learners_of_school ON learners (council_id, school_id, household_id) WHERE left_at IS NULL;
      ${tenantTable('learners')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${dropTrigramSearch({ table: 'households' })};
      DROP TABLE learners, contacts, households`);
  }
}
