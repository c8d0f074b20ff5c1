import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';
import { newId } from '../../shared/ids.js';
import { deviceMachine, deviceSearchText, REGISTERED } from '../inventory/index.js';
import { type ImportedDevice, type StockDevice, UNKNOWN_MANUFACTURER, type WantedModel } from './domain/device-import.rules.js';

/** A model that is there. */
export interface KnownModel {
  readonly id: string;
  readonly manufacturer: string;
  readonly name: string;
}

type ModelOf = (wanted: WantedModel) => KnownModel;

interface Found {
  /** Of what was asked for, counted from 1. */
  readonly place: number;
  readonly id: string;
}

/** A device that is new. */
export interface NewDevice extends ImportedDevice {
  readonly id: string;
  readonly siteId: string;
  readonly ready: boolean;
}

/** A list of texts, as JSON: long arrays cost the driver much more. */
const listed = 'ARRAY(SELECT jsonb_array_elements_text($1::jsonb))';
const DEVICES = `
  SELECT d.id, d.asset_tag AS "assetTag", d.serial_number AS "serialNumber", d.imei, d.iccid, d.model_id AS "modelId", d.category, m.manufacturer,
    m.name AS model, d.status, d.site_id AS "siteId", d.acquired_on::text AS "acquiredOn", d.purchase_cost_cents AS "purchaseCostCents", d.notes
  FROM devices d JOIN device_models m ON m.council_id = d.council_id AND m.id = d.model_id
  WHERE d.council_id = current_council() AND d.asset_tag = ANY (${listed})`;
const LOCK_DEVICES = `SELECT FROM devices WHERE council_id = current_council() AND asset_tag = ANY (${listed}) ORDER BY id FOR UPDATE`;
const SERIAL_OWNERS = `
  SELECT serial_number AS serial, asset_tag AS tag FROM devices WHERE council_id = current_council() AND serial_number = ANY (${listed})`;

const SITES_NAMED = `
  SELECT asked.place::integer, s.id FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, place)
  JOIN sites s ON s.council_id = current_council() AND lower(s.name) = lower(asked.name)`;

/**
 * Of a manufacturer that is not named: the one that the import calls unknown, else the only one there is. One join for all: row-level security
 * keeps `lower` off the index, so asking model by model would read all models of the council for each.
 */
const MODELS = `
  SELECT place, id FROM (
    SELECT asked.place::integer, asked.manufacturer IS NOT NULL AS named, m.id, lower(m.manufacturer) = lower('${UNKNOWN_MANUFACTURER}') AS unknown,
      count(*) OVER same AS candidates,
      row_number() OVER (same ORDER BY lower(m.manufacturer) = lower('${UNKNOWN_MANUFACTURER}') DESC, m.id) AS rank
    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (category, manufacturer, name, place)
    JOIN device_models m ON m.council_id = current_council() AND m.category = asked.category AND lower(m.name) = lower(asked.name)
      AND (asked.manufacturer IS NULL OR lower(m.manufacturer) = lower(asked.manufacturer))
    WINDOW same AS (PARTITION BY asked.place)) found
  WHERE rank = 1 AND (named OR candidates = 1 OR unknown)`;
const INSERT_MODELS = `
  INSERT INTO device_models (council_id, id, category, manufacturer, name, created_at, updated_at)
  SELECT current_council(), id, category, coalesce(manufacturer, '${UNKNOWN_MANUFACTURER}'), name, $5, $5
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS given (id, category, manufacturer, name)
  ON CONFLICT DO NOTHING`;
/** They stay as they are until the transaction ends: their names are part of the devices' search texts. */
const LOCK_MODELS = `
  SELECT id, manufacturer, name FROM device_models WHERE council_id = current_council() AND id = ANY ($1::uuid[]) ORDER BY id FOR SHARE`;

const VALUES = `jsonb_to_recordset($1::jsonb) AS given (id uuid, "assetTag" text, "serialNumber" text, "modelId" uuid, category text, status text,
  "siteId" uuid, "acquiredOn" date, "purchaseCostCents" integer, notes text, "searchText" text)`;
const INSERT_DEVICES = `
  WITH made AS (
    INSERT INTO devices (council_id, id, asset_tag, serial_number, model_id, category, status, condition, site_id, acquired_on, purchase_cost_cents,
      notes, created_at, updated_at)
    SELECT current_council(), id, "assetTag", "serialNumber", "modelId", category, status, 'good', "siteId", "acquiredOn", "purchaseCostCents", notes,
      $2, $2
    FROM ${VALUES})
  INSERT INTO device_texts (council_id, id, search_text) SELECT current_council(), id, "searchText" FROM ${VALUES}`;
const INSERT_EVENTS = `
  INSERT INTO device_events (council_id, id, device_id, at, actor, move, from_status, to_status, site_id, condition)
  SELECT current_council(), id, "deviceId", $2, $3, move, "from", "to", "siteId", condition
  FROM jsonb_to_recordset($1::jsonb) AS given (id uuid, "deviceId" uuid, move text, "from" text, "to" text, "siteId" uuid, condition text)`;
const UPDATE_DEVICES = `
  WITH sought AS (
    UPDATE device_texts t SET search_text = given."searchText" FROM ${VALUES}
    WHERE t.council_id = current_council() AND t.id = given.id AND t.search_text <> given."searchText")
  UPDATE devices d SET serial_number = given."serialNumber", model_id = given."modelId", category = given.category, acquired_on = given."acquiredOn",
    purchase_cost_cents = given."purchaseCostCents", notes = given.notes, version = d.version + 1, updated_at = $2
  FROM ${VALUES} WHERE d.council_id = current_council() AND d.id = given.id`;

/** Devices by the batch. Reads and writes devices, device_texts, device_events and device_models of inventory, and reads the sites of councils. */
@Injectable()
export class DeviceImportRepository {
  /** The devices of these tags, locked until the transaction ends. */
  async lockDevices(tx: Tx, tags: readonly string[]): Promise<Map<string, StockDevice>> {
    await tx.execute(LOCK_DEVICES, [JSON.stringify(tags)]);
    return this.devices(tx, tags);
  }

  async devices(tx: Tx, tags: readonly string[]): Promise<Map<string, StockDevice>> {
    const devices = await tx.query<StockDevice & Record<string, unknown>>(DEVICES, [JSON.stringify(tags)]);
    return new Map(devices.map((device) => [device.assetTag, device]));
  }

  async serialOwners(tx: Tx, serials: readonly string[]): Promise<Map<string, string>> {
    const owners = await tx.query<{ serial: string; tag: string }>(SERIAL_OWNERS, [JSON.stringify(serials)]);
    return new Map(owners.map(({ serial, tag }) => [serial, tag]));
  }

  /** The sites of each name, whatever its case. */
  async sitesNamed(tx: Tx, names: readonly string[]): Promise<Map<string, string[]>> {
    const sites = new Map<string, string[]>(names.map((name) => [name, []]));
    for (const { place, id } of await tx.query<Found & Record<string, unknown>>(SITES_NAMED, [names]))
      sites.get(names[place - 1] ?? '')?.push(id);
    return sites;
  }

  /** The id of the model that each asks for, in their order; undefined where there is none yet. */
  async models(tx: Tx, wanted: readonly WantedModel[]): Promise<(string | undefined)[]> {
    const models: (string | undefined)[] = wanted.map(() => undefined);
    for (const { place, id } of await tx.query<Found & Record<string, unknown>>(MODELS, columnsOf(wanted))) models[place - 1] = id;
    return models;
  }

  /** Makes those that are not there. */
  async makeModels(tx: Tx, wanted: readonly WantedModel[], now: Date): Promise<void> {
    await tx.execute(INSERT_MODELS, [wanted.map(() => newId()), ...columnsOf(wanted), now]);
  }

  /** The models as they stay until the transaction ends, by id. */
  async lockModels(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownModel>> {
    const models = await tx.query<KnownModel & Record<string, unknown>>(LOCK_MODELS, [ids]);
    return new Map(models.map((model) => [model.id, model]));
  }

  /** New devices with the beginning of their history; tells the event of each that was prepared. */
  async insert(
    tx: Tx,
    devices: readonly NewDevice[],
    modelOf: ModelOf,
    actor: string,
    now: Date,
  ): Promise<{ deviceId: string; eventId: string }[]> {
    const { initial, moves } = deviceMachine;
    const rows = devices.map((device) => {
      const { siteId, ready } = device;
      return { ...valuesOf(device, modelOf(device.model), NO_NUMBERS), siteId, status: ready ? moves.prepare.to : initial };
    });
    const registered = devices.map(({ id, siteId }) => {
      return { id: newId(), deviceId: id, move: REGISTERED, from: null, to: initial, siteId, condition: 'good' };
    });
    const prepared = devices
      .filter(({ ready }) => ready)
      .map(({ id, siteId }) => {
        return { id: newId(), deviceId: id, move: 'prepare', from: initial, to: moves.prepare.to, siteId, condition: null };
      });
    await tx.execute(INSERT_DEVICES, [JSON.stringify(rows), now]);
    await tx.execute(INSERT_EVENTS, [JSON.stringify([...registered, ...prepared]), now, actor]);
    return prepared.map(({ id, deviceId }) => ({ deviceId, eventId: id }));
  }

  async update(tx: Tx, devices: readonly { device: ImportedDevice; before: StockDevice }[], modelOf: ModelOf, now: Date): Promise<void> {
    const rows = devices.map(({ device, before }) => valuesOf({ ...device, id: before.id }, modelOf(device.model), before));
    await tx.execute(UPDATE_DEVICES, [JSON.stringify(rows), now]);
  }
}

const NO_NUMBERS = { imei: null, iccid: null };

function valuesOf(
  device: ImportedDevice & { readonly id: string },
  model: KnownModel,
  { imei, iccid }: Pick<StockDevice, 'imei' | 'iccid'>,
) {
  const { id, assetTag, serialNumber, acquiredOn, purchaseCostCents, notes } = device;
  const searchText = deviceSearchText({ assetTag, serialNumber, imei, iccid }, model);
  return {
    id,
    assetTag,
    serialNumber,
    modelId: model.id,
    category: device.model.category,
    acquiredOn,
    purchaseCostCents,
    notes,
    searchText,
  };
}

function columnsOf(wanted: readonly WantedModel[]): [string[], (string | null)[], string[]] {
  return [wanted.map(({ category }) => category), wanted.map(({ manufacturer }) => manufacturer), wanted.map(({ name }) => name)];
}
