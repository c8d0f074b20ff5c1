import type { MigrationInterface, QueryRunner } from 'typeorm';
import { described, tenantTable } from '../platform/database/index.js';

/**
 * What helps a family beyond the loan itself: the numbers to call, the way to a site, the day of the next round, texts about the equipment,
 * and workshops with their bookings.
 */
export class Help1796000000500 implements MigrationInterface {
  readonly name = 'Help1796000000500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE councils ADD COLUMN phone text;
      COMMENT ON COLUMN councils.phone IS 'Which number families call where a site has none of its own.';
      ALTER TABLE sites ADD COLUMN phone text, ADD COLUMN directions jsonb;
      COMMENT ON COLUMN sites.phone IS 'Which number families call about what is there.';
      COMMENT ON COLUMN sites.directions IS 'How one gets there, by language.';
      ALTER TABLE allocation_policies ADD COLUMN next_round_on date;
      COMMENT ON COLUMN allocation_policies.next_round_on IS 'The day for which the next round is planned.';

      CREATE TABLE help_texts (
        council_id uuid PRIMARY KEY REFERENCES councils,
        texts jsonb NOT NULL,
        version integer NOT NULL DEFAULT 1,
        updated_at timestamptz NOT NULL
      );
      ${described('help_texts', {
        of: 'help',
        about: 'What a council itself tells families about their equipment, in place of the shipped texts.',
        columns: { texts: 'Each with its topic and its language.' },
      })};
      ${tenantTable('help_texts')};

      CREATE TABLE training_sessions (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        site_id uuid NOT NULL,
        title text NOT NULL,
        language text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        places integer NOT NULL CHECK (places > 0),
        booked integer NOT NULL DEFAULT 0,
        cancelled_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT training_sessions_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
        CONSTRAINT training_sessions_times CHECK (starts_at < ends_at),
        CONSTRAINT training_sessions_places CHECK (booked BETWEEN 0 AND places)
      );
      ${described('training_sessions', {
        of: 'help',
        about: 'A workshop at a site in which families learn to use what they were lent.',
        columns: { booked: 'The places that bookings take; a trigger counts them.' },
      })};
      CREATE INDEX training_sessions_in_time ON training_sessions (council_id, starts_at, id);
      CREATE INDEX training_sessions_of_site ON training_sessions (council_id, site_id, starts_at, id);
      ${tenantTable('training_sessions')};

      CREATE TABLE training_bookings (
        council_id uuid NOT NULL,
        session_id uuid NOT NULL,
        household_id uuid NOT NULL,
        booked_by text NOT NULL,
        booked_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, session_id, household_id),
        CONSTRAINT training_bookings_session FOREIGN KEY (council_id, session_id) REFERENCES training_sessions,
        CONSTRAINT training_bookings_household FOREIGN KEY (council_id, household_id) REFERENCES households
      );
      ${described('training_bookings', { of: 'help', about: 'The place of a household in a workshop; one household has one.' })};
      CREATE INDEX training_bookings_of_household ON training_bookings (council_id, household_id, session_id);
      ${tenantTable('training_bookings', { grants: 'SELECT, INSERT, DELETE' })};

      CREATE FUNCTION count_training_bookings() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          UPDATE training_sessions SET booked = booked + 1 WHERE council_id = NEW.council_id AND id = NEW.session_id;
        ELSE
          UPDATE training_sessions SET booked = booked - 1 WHERE council_id = OLD.council_id AND id = OLD.session_id;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER training_bookings_count AFTER INSERT OR DELETE ON training_bookings
        FOR EACH ROW EXECUTE FUNCTION count_training_bookings()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE training_bookings, training_sessions, help_texts;
      DROP FUNCTION count_training_bookings();
      ALTER TABLE allocation_policies DROP COLUMN next_round_on;
      ALTER TABLE sites DROP COLUMN directions, DROP COLUMN phone;
      ALTER TABLE councils DROP COLUMN phone`);
  }
}
