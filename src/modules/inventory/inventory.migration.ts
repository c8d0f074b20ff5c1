import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '../../platform/index.js';

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
        search_text text NOT NULL,
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
        CONSTRAINT devices_serial_number UNIQUE (council_id, serial_number),
        CONSTRAINT devices_imei UNIQUE (council_id, imei),
        CONSTRAINT devices_iccid UNIQUE (council_id, iccid)
      );
      CREATE INDEX devices_pool ON devices (council_id, category, site_id, fund_id) WHERE status = 'available';
      CREATE INDEX devices_of_model ON devices (council_id, model_id);
      ${tenantTable('devices')};

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
        PRIMARY KEY (council_id, device_id, id),
        CONSTRAINT device_events_device FOREIGN KEY (council_id, device_id) REFERENCES devices
      );
      ${tenantTable('device_events', { grants: 'SELECT, INSERT' })}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE device_events, devices, device_models`);
  }
}
