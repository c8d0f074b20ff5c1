import { described, tenantTable } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'allocation';

/** What councils have settled about who gets their stock, offers, and the slots in which devices are collected. */
export const ALLOCATION: SchemaPart = {
  tables: `
    CREATE TABLE allocation_policies (
      council_id uuid PRIMARY KEY REFERENCES councils,
      reserves jsonb NOT NULL,
      maximum_waiting_days integer,
      version integer NOT NULL DEFAULT 1,
      updated_at timestamptz NOT NULL
    );
    ${described('allocation_policies', {
      of,
      about: 'What a council keeps back of its stock, and how long nobody should wait.',
      columns: { reserves: 'How many devices of a category are kept back, at a site or everywhere.' },
    })};
    ${tenantTable('allocation_policies')};

    CREATE TABLE standing_decisions (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      name text NOT NULL,
      class text CHECK (class IN ('computer', 'connectivity', 'accessory')),
      site_id uuid,
      reason text NOT NULL,
      holds_from date NOT NULL,
      holds_until date,
      decided_by text NOT NULL,
      decided_at timestamptz NOT NULL,
      revoked_by text,
      revoked_at timestamptz,
      version integer NOT NULL DEFAULT 1,
      PRIMARY KEY (council_id, id),
      CONSTRAINT standing_decisions_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
      CONSTRAINT standing_decisions_days CHECK (holds_from <= holds_until),
      CONSTRAINT standing_decisions_revoked CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
    );
    ${described('standing_decisions', { of, about: 'What a manager decided once for all proposals that are made at once.' })};
    CREATE INDEX standing_decisions_unrevoked ON standing_decisions (council_id, holds_from) WHERE revoked_at IS NULL;
    ${tenantTable('standing_decisions')};

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
    ${described('pickup_slots', {
      of,
      about: 'A time at a site in which some families collect their devices.',
      columns: { booked: 'The places that accepted offers take; a trigger counts them.' },
    })};
    CREATE INDEX pickup_slots_in_time ON pickup_slots (council_id, starts_at, id);
    CREATE INDEX pickup_slots_of_site ON pickup_slots (council_id, site_id, starts_at, id);
    ${tenantTable('pickup_slots')};

    CREATE TABLE offers (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      line_id uuid NOT NULL,
      household_id uuid NOT NULL,
      device_id uuid NOT NULL,
      round_id uuid,
      state text NOT NULL CHECK (state IN ('open', 'accepted', 'collected', 'declined', 'revoked', 'withdrawn', 'expired', 'pickup_expired')),
      expires_at timestamptz NOT NULL,
      time_zone text NOT NULL,
      pickup_slot_id uuid,
      notice_left_at timestamptz,
      undeliverable_at timestamptz,
      withdrawn_for text[],
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT offers_line FOREIGN KEY (council_id, line_id) REFERENCES request_lines,
      CONSTRAINT offers_household FOREIGN KEY (council_id, household_id) REFERENCES households,
      CONSTRAINT offers_device FOREIGN KEY (council_id, device_id) REFERENCES devices,
      CONSTRAINT offers_pickup_slot FOREIGN KEY (council_id, pickup_slot_id) REFERENCES pickup_slots,
      -- An offer begins open: it takes its place when it is accepted.
      CONSTRAINT offers_open_without_slot CHECK (state <> 'open' OR pickup_slot_id IS NULL)
    );
    ${described('offers', {
      of,
      about: 'One device that is held for one line until a time.',
      columns: {
        round_id: 'The round that made it; nothing: a person placed the device. Rounds are never deleted.',
        time_zone: "In which its end was counted: the day stays where the council's zone changes.",
        notice_left_at: 'When the family was told: it is held from then on.',
        undeliverable_at: 'When it was found that no notice reaches anybody: nobody misses such an offer.',
        withdrawn_for: 'Why the program took it back.',
      },
    })};
    CREATE UNIQUE INDEX offers_one_a_line ON offers (council_id, line_id) WHERE state IN ('open', 'accepted');
    CREATE UNIQUE INDEX offers_one_a_device ON offers (council_id, device_id) WHERE state IN ('open', 'accepted');
    CREATE INDEX offers_live_of_household ON offers (council_id, household_id) WHERE state IN ('open', 'accepted');
    CREATE INDEX offers_of_device ON offers (council_id, device_id, id);
    CREATE INDEX offers_of_household ON offers (council_id, household_id, id);
    CREATE INDEX offers_in_state ON offers (council_id, state, id);
    CREATE INDEX offers_undelivered ON offers (council_id, line_id) WHERE undeliverable_at IS NOT NULL;
    CREATE INDEX offers_of_line ON offers (council_id, line_id, ordinal);
    CREATE INDEX offers_live ON offers (council_id, id) WHERE state IN ('open', 'accepted');
    CREATE INDEX offers_of_slot ON offers (council_id, pickup_slot_id) WHERE state = 'accepted';
    CREATE INDEX offers_collected_in_slot ON offers (council_id, pickup_slot_id) WHERE pickup_slot_id IS NOT NULL;
    ${tenantTable('offers')};

    CREATE TABLE placement_explanations (
      council_id uuid NOT NULL,
      offer_id uuid NOT NULL,
      line_id uuid NOT NULL,
      score integer NOT NULL,
      facts jsonb NOT NULL,
      verified jsonb NOT NULL,
      policy_version integer NOT NULL,
      counted_on date NOT NULL,
      PRIMARY KEY (council_id, offer_id),
      CONSTRAINT placement_explanations_offer FOREIGN KEY (council_id, offer_id) REFERENCES offers
    );
    ${described('placement_explanations', {
      of,
      about:
        "What the line's score was made from when a person placed a device; with the policy's version it can be reckoned again by hand.",
      columns: { verified: 'Those facts that somebody saw proven; the others were declared, or are computed.' },
    })};
    ${tenantTable('placement_explanations', { grants: 'SELECT, INSERT' })};

    -- No foreign keys: they would lock every line that is passed over, and whoever moves one of them would wait. No such line is ever deleted.
    CREATE TABLE passed_over_blocks (
      council_id uuid NOT NULL,
      block bigint NOT NULL,
      decision_id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      kind text NOT NULL CHECK (kind IN ('placement', 'override')),
      at timestamptz NOT NULL,
      lines bit(1024) NOT NULL,
      PRIMARY KEY (council_id, block, decision_id)
    );
    ${described('passed_over_blocks', {
      of,
      about:
        'Which waiting lines a person passed over, a bit a line: a decision may pass over a hundred thousand, and somebody stands at the desk while it is written.',
      columns: {
        block: 'Lines whose ordinals lie in one block of 1024.',
        decision_id: "The offer or loan by which the device went; the person's words are with its audit event, where they can be erased.",
        lines: 'Bit n is set where line 1024 * block + n was passed over.',
      },
    })};
    CREATE INDEX passed_over_blocks_in_order ON passed_over_blocks (council_id, block, ordinal);
    ${tenantTable('passed_over_blocks')}`,

  functions: `
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
    CREATE TRIGGER offers_take_places AFTER UPDATE ON offers FOR EACH ROW
      WHEN (old.state IS DISTINCT FROM new.state OR old.pickup_slot_id IS DISTINCT FROM new.pickup_slot_id)
      EXECUTE FUNCTION count_pickup_places()`,

  down: `
    DROP TABLE passed_over_blocks, placement_explanations, offers, pickup_slots, standing_decisions, allocation_policies;
    DROP FUNCTION count_pickup_places()`,
};
