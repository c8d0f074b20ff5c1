import type { MigrationInterface, QueryRunner } from 'typeorm';
import { unforced } from '../platform/database/index.js';

const UNSEEN = '[\\u00AD\\u034F\\u061C\\u180E\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF]';

/** A key without what is invisible, and with plain blanks. */
const cleaned = (column: string) =>
  `coalesce(nullif(btrim(regexp_replace(regexp_replace(${column}, '${UNSEEN}', '', 'g'), '[\\s\\u00A0\\u202F\\u3000]+', ' ', 'g')), ''), ${column})`;

/** By what a tag or number is the same, as `soughtKey` has it: older imports kept the marks of spreadsheets (`="…"`, `'…`), which are no part of it. */
const KEY_TEXT = `
  CREATE FUNCTION key_text(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
  DECLARE
    bare text := given;
  BEGIN
    IF bare ~ '^= ?"([^"]|"")*"$' THEN bare := replace(substring(bare FROM '^= ?"(.*)"$'), '""', '"'); END IF;
    RETURN coalesce(nullif(folded_text(regexp_replace(bare, '^ *[''’]+', '')), ''), folded_text(given));
  END $$`;

/** Numbers those that have one key with an older device: 0 for the oldest. */
const numbered = (key: string, twin: string) => `
  UPDATE devices d SET ${twin} = same.number
  FROM (SELECT council_id, id, row_number() OVER (PARTITION BY council_id, ${key} ORDER BY id) - 1 AS number FROM devices WHERE ${key} IS NOT NULL) same
  WHERE d.council_id = same.council_id AND d.id = same.id AND same.number > 0`;

/**
 * Tags and serial numbers are unique whatever their case and form, by a key that is derived from them. Old devices that have one key keep
 * what they have: the later ones are counted (`…_twin`), which ends when their tag or number is changed; nobody new gets the key.
 */
export class DeviceKeys1790000002405 implements MigrationInterface {
  readonly name = 'DeviceKeys1790000002405';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE devices DROP CONSTRAINT devices_asset_tag, DROP CONSTRAINT devices_serial_number,
        ADD COLUMN asset_tag_key text, ADD COLUMN asset_tag_twin integer NOT NULL DEFAULT 0,
        ADD COLUMN serial_number_key text, ADD COLUMN serial_number_twin integer NOT NULL DEFAULT 0,
        ADD COLUMN serial_number_look text,
        ADD COLUMN accessories text[] NOT NULL DEFAULT '{}';
      ALTER TABLE device_models ADD COLUMN manufacturer_key text, ADD COLUMN name_key text;

      ${KEY_TEXT};
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
      CREATE FUNCTION note_model_keys() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.manufacturer_key := folded_text(NEW.manufacturer);
        NEW.name_key := folded_text(NEW.name);
        RETURN NEW;
      END $$;
      CREATE TRIGGER devices_keys BEFORE INSERT OR UPDATE OF asset_tag, serial_number ON devices FOR EACH ROW EXECUTE FUNCTION note_device_keys();
      CREATE TRIGGER device_models_keys BEFORE INSERT OR UPDATE OF manufacturer, name ON device_models FOR EACH ROW EXECUTE FUNCTION note_model_keys()`);
    const seen = `
      UPDATE devices SET asset_tag = ${cleaned('asset_tag')}, serial_number = ${cleaned('serial_number')};
      UPDATE device_models SET name = name;
      ${numbered('asset_tag_key', 'asset_tag_twin')};
      ${numbered('serial_number_key', 'serial_number_twin')};
      UPDATE device_texts t SET search_text = sought.text
      FROM (
        SELECT d.council_id, d.id, folded_text(concat_ws(' ', d.asset_tag, d.serial_number, d.imei, d.iccid, m.manufacturer, m.name)) AS text
        FROM devices d JOIN device_models m ON m.council_id = d.council_id AND m.id = d.model_id) sought
      WHERE t.council_id = sought.council_id AND t.id = sought.id AND t.search_text <> sought.text`;
    await runner.query(unforced(['devices', 'device_models', 'device_texts'], seen));
    await runner.query(`
      ALTER TABLE devices ALTER COLUMN asset_tag_key SET NOT NULL;
      ALTER TABLE device_models ALTER COLUMN manufacturer_key SET NOT NULL, ALTER COLUMN name_key SET NOT NULL;
      CREATE UNIQUE INDEX devices_asset_tag_key ON devices (council_id, asset_tag_key, asset_tag_twin);
      CREATE UNIQUE INDEX devices_serial_number_key ON devices (council_id, serial_number_key, serial_number_twin) WHERE serial_number_key IS NOT NULL;
      CREATE INDEX devices_serial_number_look ON devices (council_id, serial_number_look) WHERE serial_number_look IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER devices_keys ON devices;
      DROP TRIGGER device_models_keys ON device_models;
      DROP FUNCTION note_device_keys(), note_model_keys(), key_text(text);
      ALTER TABLE devices DROP COLUMN asset_tag_key, DROP COLUMN asset_tag_twin, DROP COLUMN serial_number_key, DROP COLUMN serial_number_twin,
        DROP COLUMN serial_number_look, DROP COLUMN accessories,
        ADD CONSTRAINT devices_asset_tag UNIQUE (council_id, asset_tag), ADD CONSTRAINT devices_serial_number UNIQUE (council_id, serial_number);
      ALTER TABLE device_models DROP COLUMN manufacturer_key, DROP COLUMN name_key`);
  }
}
