import { described, dropHistory, dropTrigramSearch, history, tenantTable, trigramSearch } from '../../platform/database/index.js';
import type { SchemaPart } from './schema-part.js';

const of = 'inventory';

/** Device models, devices, what each is found by, and what happened to it. */
export const INVENTORY: SchemaPart = {
  tables: `
    CREATE TABLE device_models (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      category text NOT NULL,
      manufacturer text NOT NULL,
      manufacturer_key text NOT NULL,
      name text NOT NULL,
      name_key text NOT NULL,
      unit_cost_cents integer,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id)
    );
    ${described('device_models', {
      of,
      about: 'What can be bought: many devices are of one model.',
      columns: { manufacturer_key: 'Folded, as the model is looked for.', name_key: 'Folded, as the model is looked for.' },
    })};
    CREATE UNIQUE INDEX device_models_name ON device_models (council_id, category, lower(manufacturer), lower(name));
    ${tenantTable('device_models')};

    CREATE TABLE devices (
      council_id uuid NOT NULL REFERENCES councils,
      id uuid NOT NULL,
      asset_tag text NOT NULL,
      asset_tag_key text NOT NULL,
      asset_tag_twin integer NOT NULL DEFAULT 0,
      serial_number text,
      serial_number_key text,
      serial_number_twin integer NOT NULL DEFAULT 0,
      serial_number_look text,
      imei text,
      iccid text,
      model_id uuid NOT NULL,
      category text NOT NULL,
      accessories text[] NOT NULL DEFAULT '{}',
      status text NOT NULL,
      condition text NOT NULL CHECK (condition IN ('new', 'good', 'worn', 'damaged', 'unusable')),
      site_id uuid NOT NULL,
      sent_from_status text,
      fund_id uuid,
      holder_id uuid,
      acquired_on date,
      purchase_cost_cents integer,
      notes text,
      version integer NOT NULL DEFAULT 1,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT devices_model FOREIGN KEY (council_id, model_id) REFERENCES device_models,
      CONSTRAINT devices_site FOREIGN KEY (council_id, site_id) REFERENCES sites,
      CONSTRAINT devices_fund FOREIGN KEY (council_id, fund_id) REFERENCES funds,
      CONSTRAINT devices_status CHECK (
        status IN ('intake', 'available', 'reserved', 'on_loan', 'inspection', 'repair', 'in_transit', 'lost', 'stolen', 'missing', 'retired'))
    );
    ${described('devices', {
      of,
      about: 'One thing that is lent: a computer, a router, a SIM, an accessory.',
      columns: {
        asset_tag_key: 'By what the tag is the same, whatever its case and form; a trigger writes it.',
        asset_tag_twin: 'Numbers devices that had one key before keys were unique; 0 for all others.',
        serial_number_key: 'By what the number is the same; a trigger writes it.',
        serial_number_twin: 'As for the tag.',
        serial_number_look: 'The key without what is misread or left out in copying: who has the same looks like this device.',
        category: "Its model's.",
        sent_from_status: 'The status that it had when it was sent to another site, and has again there.',
        holder_id: 'The household that has it. No reference: households stand above devices.',
      },
    })};
    CREATE UNIQUE INDEX devices_imei ON devices (council_id, imei) WHERE imei IS NOT NULL;
    CREATE UNIQUE INDEX devices_iccid ON devices (council_id, iccid) WHERE iccid IS NOT NULL;
    CREATE INDEX devices_pool ON devices (council_id, category, site_id, fund_id) WHERE status = 'available';
    CREATE INDEX devices_of_model ON devices (council_id, model_id, id);
    CREATE INDEX devices_by_status ON devices (council_id, status, category, id);
    CREATE INDEX devices_by_site ON devices (council_id, site_id, id);
    CREATE INDEX devices_by_fund ON devices (council_id, fund_id, id) WHERE fund_id IS NOT NULL;
    CREATE INDEX devices_of_holder ON devices (council_id, holder_id) WHERE holder_id IS NOT NULL;
    CREATE UNIQUE INDEX devices_asset_tag_key ON devices (council_id, asset_tag_key, asset_tag_twin);
    CREATE UNIQUE INDEX devices_serial_number_key ON devices (council_id, serial_number_key, serial_number_twin)
      WHERE serial_number_key IS NOT NULL;
    CREATE INDEX devices_serial_number_look ON devices (council_id, serial_number_look) WHERE serial_number_look IS NOT NULL;
    CREATE INDEX devices_reserved_at_site ON devices (council_id, site_id) WHERE status = 'reserved';
    ${tenantTable('devices')};

    CREATE TABLE device_texts (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      search_text text NOT NULL,
      PRIMARY KEY (council_id, id),
      CONSTRAINT device_texts_device FOREIGN KEY (council_id, id) REFERENCES devices
    );
    ${described('device_texts', {
      of,
      about:
        'What each device is found by, apart from the devices: every move of one would be written into the trigram index again, which takes twice the time and four times the log.',
      columns: { search_text: 'Everything that is sought, folded.' },
    })};
    ${tenantTable('device_texts')};
    ${trigramSearch({ table: 'device_texts' })};

    CREATE TABLE device_events (
      council_id uuid NOT NULL,
      id uuid NOT NULL,
      ordinal bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
      device_id uuid NOT NULL,
      at timestamptz NOT NULL,
      actor text NOT NULL,
      move text NOT NULL,
      from_status text,
      to_status text NOT NULL,
      site_id uuid,
      condition text,
      reason text,
      police_report_reference text,
      PRIMARY KEY (council_id, device_id, id),
      CONSTRAINT device_events_device FOREIGN KEY (council_id, device_id) REFERENCES devices
    );
    ${described('device_events', { of, about: 'What happened to each device, in the order in which it happened.' })};
    ${tenantTable('device_events', { grants: 'SELECT, INSERT' })};
    ${history('device_events', 'device_id')}`,

  functions: `
    -- By what a tag or number is the same, as soughtKey has it: the marks of spreadsheets ("=…", '…) are no part of it.
    CREATE FUNCTION key_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
    DECLARE
      bare text := given;
    BEGIN
      IF bare ~ '^= ?"([^"]|"")*"$' THEN bare := replace(substring(bare FROM '^= ?"(.*)"$'), '""', '"'); END IF;
      RETURN coalesce(nullif(folded_text(regexp_replace(bare, '^ *[''’]+', '')), ''), folded_text(given));
    END $$;
    COMMENT ON FUNCTION key_text(text) IS 'By what a tag or number is the same, whatever its case and form.';

    CREATE FUNCTION note_device_keys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.asset_tag_key := key_text(NEW.asset_tag);
      NEW.serial_number_key := key_text(NEW.serial_number);
      -- What is misread or left out in copying a number makes no other number.
      NEW.serial_number_look := translate(NEW.serial_number_key, 'oil-_./:'' ', '011');
      IF TG_OP = 'UPDATE' THEN
        IF NEW.asset_tag_key IS DISTINCT FROM OLD.asset_tag_key THEN NEW.asset_tag_twin := 0; END IF;
        IF NEW.serial_number_key IS DISTINCT FROM OLD.serial_number_key THEN NEW.serial_number_twin := 0; END IF;
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER devices_keys BEFORE INSERT OR UPDATE OF asset_tag, serial_number ON devices FOR EACH ROW EXECUTE FUNCTION note_device_keys();

    CREATE FUNCTION note_model_keys() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.manufacturer_key := folded_text(NEW.manufacturer);
      NEW.name_key := folded_text(NEW.name);
      RETURN NEW;
    END $$;
    CREATE TRIGGER device_models_keys BEFORE INSERT OR UPDATE OF manufacturer, name ON device_models FOR EACH ROW
      EXECUTE FUNCTION note_model_keys()`,

  down: `
    ${dropTrigramSearch({ table: 'device_texts' })};
    DROP TABLE device_events, device_texts, devices, device_models;
    ${dropHistory('device_events')};
    DROP FUNCTION note_model_keys(), note_device_keys(), key_text(text)`,
};
