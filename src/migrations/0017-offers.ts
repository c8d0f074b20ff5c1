import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../platform/database/index.js';

/** Offers, and the slots in which their devices are collected. */
export class Offers1790000001500 implements MigrationInterface {
  readonly name = 'Offers1790000001500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pickup_slots (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        site_id uuid NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        capacity integer NOT NULL CHECK (capacity > 0),
        booked integer NOT NULL DEFAULT 0,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT pickup_slots_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
        CONSTRAINT pickup_slots_times CHECK (starts_at < ends_at),
        CONSTRAINT pickup_slots_capacity CHECK (booked BETWEEN 0 AND capacity)
      );
      CREATE INDEX pickup_slots_in_time ON pickup_slots (council_id, starts_at, id);
      CREATE INDEX pickup_slots_of_site ON pickup_slots (council_id, site_id, starts_at, id);
      ${tenantTable('pickup_slots')};

      CREATE TABLE offers (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        line_id uuid NOT NULL,
        household_id uuid NOT NULL,
        device_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('open', 'accepted', 'collected', 'declined', 'revoked', 'withdrawn', 'expired', 'pickup_expired')),
        expires_at timestamptz NOT NULL,
        pickup_slot_id uuid,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT offers_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines,
        CONSTRAINT offers_household FOREIGN KEY (council_id, household_id) REFERENCES households,
        CONSTRAINT offers_device FOREIGN KEY (council_id, device_id) REFERENCES devices,
        CONSTRAINT offers_pickup_slot FOREIGN KEY (council_id, pickup_slot_id) REFERENCES pickup_slots
      );
      CREATE UNIQUE INDEX offers_one_a_line ON offers (council_id, line_id) WHERE state IN ('open', 'accepted');
      CREATE UNIQUE INDEX offers_one_a_device ON offers (council_id, device_id) WHERE state IN ('open', 'accepted');
      CREATE INDEX offers_live_of_household ON offers (council_id, household_id) WHERE state IN ('open', 'accepted');
      CREATE INDEX offers_of_line ON offers (council_id, line_id, id);
      CREATE INDEX offers_of_device ON offers (council_id, device_id, id);
      CREATE INDEX offers_of_household ON offers (council_id, household_id, id);
      CREATE INDEX offers_in_state ON offers (council_id, state, id);
      ${tenantTable('offers')};

      -- The places taken in a slot are counted where they are taken: no statement can take one and forget it, nor take one too many.
      CREATE FUNCTION count_pickup_places() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE pickup_slots s SET booked = s.booked + change.places
        FROM (
          SELECT slot_id, sum(places) AS places FROM (
            SELECT new.pickup_slot_id AS slot_id, 1 AS places WHERE new.state = 'accepted'
            UNION ALL
            SELECT old.pickup_slot_id, -1 WHERE old.state = 'accepted'
          ) taken WHERE slot_id IS NOT NULL GROUP BY slot_id HAVING sum(places) <> 0
        ) change
        WHERE s.council_id = new.council_id AND s.id = change.slot_id;
        RETURN NULL;
      END $$;
      -- An offer begins open: it takes its place when it is accepted.
      ALTER TABLE offers ADD CONSTRAINT offers_open_without_slot CHECK (state <> 'open' OR pickup_slot_id IS NULL);
      CREATE TRIGGER offers_take_places AFTER UPDATE ON offers FOR EACH ROW
        WHEN (old.state IS DISTINCT FROM new.state OR old.pickup_slot_id IS DISTINCT FROM new.pickup_slot_id)
        EXECUTE FUNCTION count_pickup_places()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE offers, pickup_slots; DROP FUNCTION count_pickup_places()');
  }
}
