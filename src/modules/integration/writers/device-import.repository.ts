import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { keyOf } from '../../../shared/key-text.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import { deviceMachine, deviceSearchText, REGISTERED } from '../../inventory/index.js';
import {
  type ImportedDevice,
  numberKey,
  type NumberOwner,
  type StockDevice,
  UNIQUE_NUMBERS,
  UNKNOWN_MANUFACTURER,
  type WantedModel,
} from '../domain/device-import.rules.js';
import type { DeviceRow } from '../domain/device-row.rules.js';

/** A model that exists. */
export interface KnownModel {
  readonly id: string;
  readonly manufacturer: string;
  readonly name: string;
}

type ModelOf = (wanted: WantedModel) => KnownModel;

interface FoundModel {
  /** The position of the model in the list that was asked for, counted from 1. */
  readonly place: number;
  readonly id: string;
}

/** A device that does not exist yet. */
export interface NewDevice extends ImportedDevice {
  readonly id: string;
  readonly siteId: string;
  readonly ready: boolean;
}

/** A list of texts as JSON, since long arrays take the driver much longer. */
const listed = 'ARRAY(SELECT jsonb_array_elements_text($1::jsonb))';
const DEVICES = `
  SELECT d.id, d.asset_tag AS "assetTag", d.serial_number AS "serialNumber", d.imei, d.iccid, d.model_id AS "modelId", d.category, m.manufacturer,
    m.name AS model, d.status, d.condition, d.site_id AS "siteId", d.fund_id AS "fundId", d.accessories, d.acquired_on::text AS "acquiredOn", d.purchase_cost_cents AS "purchaseCostCents", d.notes
  FROM devices d JOIN device_models m ON m.council_id = d.council_id AND m.id = d.model_id
  WHERE d.council_id = current_council() AND d.asset_tag_key = ANY (${listed}) ORDER BY d.asset_tag_twin`;
const LOCK_DEVICES = `SELECT FROM devices WHERE council_id = current_council() AND asset_tag_key = ANY (${listed}) ORDER BY id FOR UPDATE`;
const OWNERS = {
  serialNumber: `
    SELECT id, asset_tag AS "assetTag", serial_number AS number FROM devices WHERE council_id = current_council() AND serial_number_key = ANY (${listed})`,
  imei: `SELECT id, asset_tag AS "assetTag", imei AS number FROM devices WHERE council_id = current_council() AND imei = ANY (${listed})`,
  iccid: `SELECT id, asset_tag AS "assetTag", iccid AS number FROM devices WHERE council_id = current_council() AND iccid = ANY (${listed})`,
} as const;

const NAMED = (table: 'sites' | 'funds') => `
  SELECT asked.place::integer, s.id FROM unnest($1::text[]) WITH ORDINALITY AS asked (key, place)
  JOIN ${table} s ON s.council_id = current_council() AND s.name_key = asked.key`;
const PLACES_NAMED = { sites: NAMED('sites'), funds: NAMED('funds') } as const;

/**
 * If the manufacturer is not given, this finds the model of the unknown manufacturer, else the only model with that name. It is one join
 * for all, because single queries would read all models of the council each time.
 */
const MODELS = `
  SELECT place, id FROM (
    SELECT asked.place::integer, asked.manufacturer IS NOT NULL AS named, m.id, m.manufacturer_key = lower('${UNKNOWN_MANUFACTURER}') AS unknown,
      count(*) OVER same AS candidates,
      row_number() OVER (same ORDER BY m.manufacturer_key = lower('${UNKNOWN_MANUFACTURER}') DESC, m.id) AS rank
    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (category, manufacturer, name, place)
    JOIN device_models m ON m.council_id = current_council() AND m.category = asked.category AND m.name_key = asked.name
      AND (asked.manufacturer IS NULL OR m.manufacturer_key = asked.manufacturer)
    WINDOW same AS (PARTITION BY asked.place)) found
  WHERE rank = 1 AND (named OR candidates = 1 OR unknown)`;
const INSERT_MODELS = `
  INSERT INTO device_models (council_id, id, category, manufacturer, name, created_at, updated_at)
  SELECT current_council(), id, category, coalesce(manufacturer, '${UNKNOWN_MANUFACTURER}'), name, $5, $5
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS given (id, category, manufacturer, name)
  ON CONFLICT DO NOTHING`;
/** The models cannot change until the transaction ends, because their names are part of the devices' search texts. */
const LOCK_MODELS = `
  SELECT id, manufacturer, name FROM device_models WHERE council_id = current_council() AND id = ANY ($1::uuid[]) ORDER BY id FOR SHARE`;

const VALUES = `jsonb_to_recordset($1::jsonb) AS given (id uuid, "assetTag" text, "serialNumber" text, "modelId" uuid, category text, status text,
  "siteId" uuid, "acquiredOn" date, "purchaseCostCents" integer, notes text, imei text, iccid text, condition text, "fundId" uuid, accessories jsonb,
  "searchText" text)`;
const ACCESSORIES = 'ARRAY(SELECT jsonb_array_elements_text(accessories))';
const INSERT_DEVICES = `
  WITH made AS (
    INSERT INTO devices (council_id, id, asset_tag, serial_number, imei, iccid, model_id, category, status, condition, site_id, fund_id, accessories,
      acquired_on, purchase_cost_cents, notes, created_at, updated_at)
    SELECT current_council(), id, "assetTag", "serialNumber", imei, iccid, "modelId", category, status, condition, "siteId", "fundId", ${ACCESSORIES},
      "acquiredOn", "purchaseCostCents", notes, $2, $2
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
    purchase_cost_cents = given."purchaseCostCents", notes = given.notes, imei = given.imei, iccid = given.iccid, condition = given.condition,
    fund_id = given."fundId", accessories = ARRAY(SELECT jsonb_array_elements_text(given.accessories)), version = d.version + 1, updated_at = $2
  FROM ${VALUES} WHERE d.council_id = current_council() AND d.id = given.id`;

/**
 * Reads and writes devices in batches. It uses the tables devices, device_texts, device_events and device_models of inventory, and reads
 * the sites and funds of councils.
 */
@Injectable()
export class DeviceImportRepository {
  /** The devices with these tags, locked until the transaction ends. */
  async lockDevices(tx: Tx, tags: readonly string[]): Promise<Map<string, StockDevice>> {
    await tx.execute(LOCK_DEVICES, [JSON.stringify(tags.map(keyOf))]);
    return this.devices(tx, tags);
  }

  async devices(tx: Tx, tags: readonly string[]): Promise<Map<string, StockDevice>> {
    const devices = await tx.query<StockDevice>(DEVICES, [JSON.stringify(tags.map(keyOf))]);
    const byKey = new Map<string, StockDevice[]>();
    for (const device of devices) byKey.set(keyOf(device.assetTag), [...(byKey.get(keyOf(device.assetTag)) ?? []), device]);
    const meant = (tag: string) => {
      const same = byKey.get(keyOf(tag)) ?? [];
      return same.find(({ assetTag }) => assetTag === tag) ?? same[0];
    };
    return new Map(
      tags.flatMap((tag) => {
        const device = meant(tag);
        return device ? [[tag, device] as const] : [];
      }),
    );
  }

  /** The devices that have the numbers of the rows, by `numberKey`. */
  async owners(tx: Tx, rows: readonly DeviceRow[]): Promise<Map<string, NumberOwner[]>> {
    const owners = new Map<string, NumberOwner[]>();
    for (const name of UNIQUE_NUMBERS) {
      const numbers = rows.flatMap((row) => row[name] ?? []);
      const keys = name === 'serialNumber' ? numbers.map(keyOf) : numbers;
      const found = keys.length === 0 ? [] : await tx.query<NumberOwner & { number: string }>(OWNERS[name], [JSON.stringify(keys)]);
      for (const { id, assetTag, number } of found)
        owners.set(numberKey(name, number), [...(owners.get(numberKey(name, number)) ?? []), { id, assetTag }]);
    }
    return owners;
  }

  /** The ids of the sites or funds with each name; the name is compared as people write it. */
  async named(tx: Tx, table: 'sites' | 'funds', names: readonly string[]): Promise<Map<string, string[]>> {
    const places = new Map<string, string[]>(names.map((name) => [name, []]));
    if (names.length === 0) return places;
    for (const { place, id } of await tx.query<FoundModel>(PLACES_NAMED[table], [names.map(foldForSearch)]))
      places.get(names[place - 1] ?? '')?.push(id);
    return places;
  }

  /** The id of each model, in the order of `wanted`; undefined when there is none yet. */
  async models(tx: Tx, wanted: readonly WantedModel[]): Promise<(string | undefined)[]> {
    const models: (string | undefined)[] = wanted.map(() => undefined);
    for (const { place, id } of await tx.query<FoundModel>(MODELS, keysOf(wanted))) models[place - 1] = id;
    return models;
  }

  /** Makes the models that do not exist. */
  async makeModels(tx: Tx, wanted: readonly WantedModel[], now: Date): Promise<void> {
    await tx.execute(INSERT_MODELS, [wanted.map(() => newId()), ...columnsOf(wanted), now]);
  }

  /** The models by id; they cannot change until the transaction ends. */
  async lockModels(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownModel>> {
    const models = await tx.query<KnownModel>(LOCK_MODELS, [ids]);
    return new Map(models.map((model) => [model.id, model]));
  }

  /** Inserts devices with the first entries of their history, and announces those that are available. */
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
      return { ...valuesOf(device, modelOf(device.model)), siteId, status: ready ? moves.prepare.to : initial };
    });
    const registered = devices.map(({ id, siteId, condition }) => {
      return { id: newId(), deviceId: id, move: REGISTERED, from: null, to: initial, siteId, condition };
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
    const rows = devices.map(({ device, before }) => valuesOf({ ...device, id: before.id }, modelOf(device.model)));
    await tx.execute(UPDATE_DEVICES, [JSON.stringify(rows), now]);
  }
}

function valuesOf(device: ImportedDevice & { readonly id: string }, model: KnownModel) {
  const { id, assetTag, serialNumber, imei, iccid, condition, fundId, accessories, acquiredOn, purchaseCostCents, notes } = device;
  const searchText = deviceSearchText({ assetTag, serialNumber, imei, iccid }, model);
  return {
    id,
    assetTag,
    serialNumber,
    imei,
    iccid,
    condition,
    fundId,
    accessories,
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

function keysOf(wanted: readonly WantedModel[]): [string[], (string | null)[], string[]] {
  const [categories, manufacturers, names] = columnsOf(wanted);
  return [categories, manufacturers.map((name) => name && foldForSearch(name)), names.map(foldForSearch)];
}
