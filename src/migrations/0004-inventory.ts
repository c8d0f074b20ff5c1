import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropTrigramSearch, tenantTable, trigramSearch } from '../platform/database/index.js';

/** Device models, devices and their history. */
export class Inventory1790000000300 implements MigrationInterface {
  readonly name = 'Inventory1790000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE device_models (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        category text NOT NULL,
        manufacturer text NOT NULL,
        name text NOT NULL,
        unit_cost_cents integer,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (council_id, id)
      );
      CREATE UNIQUE INDEX device_models_name ON device_models (council_id, category, lower(manufacturer), lower(name));
      ${tenantTable('device_models')};

      CREATE TABLE devices (
        council_id uuid NOT NULL REFERENCES councils,
        id uuid NOT NULL,
        asset_tag text NOT NULL,
        serial_number text,
        imei text,
        iccid text,
        model_id uuid NOT NULL,
        category text NOT NULL,
        status text NOT NULL,
        condition text NOT NULL CHECK (condition IN ('new', 'good', 'worn', 'damaged', 'unusable')),
        site_id uuid NOT NULL,
        fund_id uuid,
        sent_from_status text,
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
          status IN ('intake', 'available', 'reserved', 'on_loan', 'inspection', 'repair', 'in_transit', 'lost', 'stolen', 'missing', 'retired')),
        CONSTRAINT devices_asset_tag UNIQUE (council_id, asset_tag),
        CONSTRAINT devices_serial_number UNIQUE (council_id, serial_number)
      );
      CREATE UNIQUE INDEX devices_imei ON devices (council_id, imei) WHERE imei IS NOT NULL;
      CREATE UNIQUE INDEX devices_iccid ON devices (council_id, iccid) WHERE iccid IS NOT NULL;
      CREATE INDEX devices_pool ON devices (council_id, category, site_id, fund_id) WHERE status = 'available';
      CREATE INDEX devices_of_model ON devices (council_id, model_id, id);
      CREATE INDEX devices_by_status ON devices (council_id, status, category, id);
      CREATE INDEX devices_by_site ON devices (council_id, site_id, id);
      CREATE INDEX devices_by_fund ON devices (council_id, fund_id, id) WHERE fund_id IS NOT NULL;
      ${tenantTable('devices')};

      -- What each device is found by: apart from the devices, whose every move would else be written into the trigram index again: twice the time and four times the log.
      CREATE TABLE device_texts (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
        search_text text NOT NULL,
        PRIMARY KEY (council_id, id),
        CONSTRAINT device_texts_device FOREIGN KEY (council_id, id) REFERENCES devices
      );
      ${tenantTable('device_texts')};
      ${trigramSearch({ table: 'device_texts' })};

      CREATE TABLE device_events (
        council_id uuid NOT NULL,
        id uuid NOT NULL,
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
      ${tenantTable('device_events', { grants: 'SELECT, INSERT' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${dropTrigramSearch({ table: 'device_texts' })};
      DROP TABLE device_events, device_texts, devices, device_models`);
  }
}
