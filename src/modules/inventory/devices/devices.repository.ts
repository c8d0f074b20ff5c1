import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Reach } from '../../councils/index.js';
import { newId, NIL_ID } from '../../../shared/ids.js';
import { lookupKey } from '../../../shared/key-text.js';
import type { DeviceCategory, DeviceCondition } from '../../../shared/vocabulary.js';
import { searchText } from '../domain/search-text.js';
import { deviceMachine, type DeviceMove, type DeviceStatus } from '../domain/device.machine.js';

/** The values of a device that a person types. */
export interface DeviceValues {
  readonly assetTag: string;
  readonly serialNumber: string | null;
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly modelId: string;
  readonly condition: DeviceCondition;
  readonly fundId: string | null;
  /** Things that belong to the device and have no tag of their own, such as a charger. */
  readonly accessories: readonly string[];
  readonly acquiredOn: string | null;
  readonly purchaseCostCents: number | null;
  readonly notes: string | null;
}

/** One physical item with one asset tag. */
export interface Device extends DeviceValues {
  readonly id: string;
  readonly category: DeviceCategory;
  readonly status: DeviceStatus;
  readonly siteId: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The values that a device takes from its model. */
export interface ModelOfDevice {
  readonly id: string;
  readonly category: DeviceCategory;
  readonly manufacturer: string;
  readonly name: string;
}

/** The facts about a device on which a move depends. */
export interface MovingDevice {
  readonly id: string;
  readonly status: DeviceStatus;
}

/** The status that a device in transit had before; it gets it back when it arrives. */
interface SentDevice {
  readonly sentFromStatus: 'available' | 'intake' | null;
}

/** One entry in the history of a device. */
export interface DeviceEvent {
  readonly id: string;
  /** Its number in the history of the device. */
  readonly ordinal: number;
  readonly at: Date;
  readonly actor: string;
  readonly move: DeviceMove | typeof REGISTERED;
  readonly from: DeviceStatus | null;
  readonly to: DeviceStatus;
  readonly siteId: string;
  readonly condition: DeviceCondition | null;
  readonly reason: string | null;
  readonly policeReportReference: string | null;
}

/** The first entry in the history of every device. */
export const REGISTERED = 'register';

interface DecidedMove {
  readonly device: MovingDevice;
  readonly order: {
    readonly move: DeviceMove;
    readonly condition?: DeviceCondition | null;
    readonly siteId?: string | null;
    readonly reason?: string | null;
    readonly policeReportReference?: string | null;
    readonly householdId?: string | null;
  };
  readonly to: DeviceStatus;
}

interface MovedRow {
  readonly id: string;
  readonly eventId: string;
  readonly from: DeviceStatus;
  readonly to: DeviceStatus;
  readonly siteId: string;
  readonly version: number;
  /** The household that had the device before the move. */
  readonly heldBy: string | null;
}

/** The columns of a device `d`, named like the properties. */
export const DEVICE_COLUMNS = `d.id, d.asset_tag AS "assetTag", d.serial_number AS "serialNumber", d.imei, d.iccid, d.model_id AS "modelId", d.category, d.status,
  d.condition, d.site_id AS "siteId", d.fund_id AS "fundId", d.accessories, d.acquired_on AS "acquiredOn", d.purchase_cost_cents AS "purchaseCostCents", d.notes,
  d.version, d.created_at AS "createdAt", d.updated_at AS "updatedAt"`;

/** Whether the device is at one of the sites $2; null means every site. */
const IN_REACH = '($2::uuid[] IS NULL OR d.site_id = ANY ($2))';
const ONE = `SELECT ${DEVICE_COLUMNS} FROM devices d WHERE d.council_id = current_council() AND d.id = $1 AND ${IN_REACH}`;
const ONE_LOCKED = `
  SELECT ${DEVICE_COLUMNS}, d.sent_from_status AS "sentFromStatus" FROM devices d
  WHERE d.council_id = current_council() AND d.id = $1 AND ${IN_REACH} FOR UPDATE`;

const LOCK = `
  SELECT id, status FROM devices
  WHERE council_id = current_council() AND id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE`;

const SAME = (column: string, value: string, written = 'true') => `
  SELECT ${DEVICE_COLUMNS}, ${written} AS "isWritten" FROM devices d
  WHERE d.council_id = current_council() AND d.${column} = ${value} AND ($4::uuid[] IS NULL OR d.site_id = ANY ($4))`;
/**
 * A tag is preferred to a serial number, that to an IMEI, and that to an ICCID. Old devices may have tags that differ only by case; then
 * the one that is written exactly as asked comes first.
 */
const BY_TAG = `
  SELECT * FROM (
    SELECT 1 AS rank, one.* FROM (${SAME('asset_tag_key', '$1', 'd.asset_tag = $5')}) one UNION ALL
    SELECT 2, one.* FROM (${SAME('serial_number_key', '$1', 'd.serial_number = $5')}) one UNION ALL
    SELECT 3, one.* FROM (${SAME('imei', '$2')}) one UNION ALL
    SELECT 4, one.* FROM (${SAME('iccid', '$3')}) one
  ) found ORDER BY rank, "isWritten" DESC, id LIMIT 1`;

const INSERT = `
  WITH made AS (
    INSERT INTO devices (council_id, id, asset_tag, serial_number, imei, iccid, model_id, category, status, condition, site_id, fund_id, acquired_on,
      purchase_cost_cents, notes, accessories, created_at, updated_at)
    VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $19, $16, $16)
    RETURNING *),
  sought AS (INSERT INTO device_texts (council_id, id, search_text) SELECT council_id, id, $15 FROM made),
  event AS (
    INSERT INTO device_events (council_id, id, device_id, at, actor, move, to_status, site_id, condition)
    SELECT council_id, $17, id, $16, $18, '${REGISTERED}', status, site_id, condition FROM made)
  SELECT ${DEVICE_COLUMNS} FROM made d`;

const UPDATE = `
  WITH sought AS (
    UPDATE device_texts SET search_text = $13 WHERE council_id = current_council() AND id = $1 AND search_text <> $13)
  UPDATE devices d SET asset_tag = $2, serial_number = $3, imei = $4, iccid = $5, model_id = $6, category = $7, condition = $8, fund_id = $9,
    acquired_on = $10, purchase_cost_cents = $11, notes = $12, accessories = $15, updated_at = $14, version = version + 1
  WHERE council_id = current_council() AND id = $1
  RETURNING ${DEVICE_COLUMNS}`;

/** The status must still be the one on which the decision was based. */
const MOVE = `
  WITH steps AS (
    SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $12::uuid[])
      AS step (device_id, event_id, move, from_status, to_status, condition, site_id, reason, police_report_reference, household_id)),
  held AS (
    SELECT d.id, d.holder_id FROM devices d WHERE d.council_id = current_council() AND d.id = ANY ($1::uuid[])),
  moved AS (
    UPDATE devices d SET status = s.to_status, condition = coalesce(s.condition, d.condition), site_id = coalesce(s.site_id, d.site_id),
      sent_from_status = CASE WHEN s.to_status = 'in_transit' THEN s.from_status END, holder_id = s.household_id, updated_at = $10, version = d.version + 1
    FROM steps s WHERE d.council_id = current_council() AND d.id = s.device_id AND d.status = s.from_status
    RETURNING d.id, s.event_id, s.move, s.from_status, d.status, d.site_id, s.condition, s.reason, s.police_report_reference, d.version),
  event AS (
    INSERT INTO device_events (council_id, id, device_id, at, actor, move, from_status, to_status, site_id, condition, reason, police_report_reference)
    SELECT current_council(), event_id, id, $10, $11, move, from_status, status, site_id, condition, reason, police_report_reference FROM moved)
  SELECT moved.id, event_id AS "eventId", from_status AS "from", status AS "to", site_id AS "siteId", version, held.holder_id AS "heldBy"
  FROM moved JOIN held ON held.id = moved.id`;

/** $1 is the device itself, $2 are the sites in reach. */
const LOOK_ALIKE = `
  SELECT id, asset_tag AS "assetTag" FROM devices
  WHERE council_id = current_council() AND id <> $1 AND ($2::uuid[] IS NULL OR site_id = ANY ($2))
    AND serial_number_look = (SELECT serial_number_look FROM devices WHERE council_id = current_council() AND id = $1)
  ORDER BY id LIMIT 20`;

const EVENTS = `
  SELECT id, at, actor, move, from_status AS "from", to_status AS "to", site_id AS "siteId", condition, reason,
    police_report_reference AS "policeReportReference", ordinal
  FROM device_events WHERE council_id = current_council() AND device_id = $1 AND ordinal > $2 ORDER BY ordinal LIMIT $3`;

const SITES_OF_SCHOOL = 'SELECT id FROM sites WHERE council_id = current_council() AND school_id = $1';

const MODELS = `
  SELECT id, category, manufacturer, name FROM device_models WHERE council_id = current_council() AND id = ANY ($1::uuid[]) ORDER BY id FOR SHARE`;
const MODEL_LOCKED = `
  SELECT id, category, manufacturer, name, version FROM device_models WHERE council_id = current_council() AND id = $1 FOR UPDATE`;
const MODEL_HAS_DEVICES = 'SELECT FROM devices WHERE council_id = current_council() AND model_id = $1 LIMIT 1';
const SITE_EXISTS = `
  SELECT FROM sites WHERE council_id = current_council() AND id = $1 AND ($2::uuid[] IS NULL OR id = ANY ($2))`;
const FUND_EXISTS = 'SELECT FROM funds WHERE council_id = current_council() AND id = $1';

const OF_MODEL = `
  SELECT ${DEVICE_COLUMNS} FROM devices d WHERE d.council_id = current_council() AND d.model_id = $1 AND d.id > $2 ORDER BY d.id LIMIT $3`;
const INDEX = `
  UPDATE device_texts t SET search_text = given.search_text FROM unnest($1::uuid[], $2::text[]) AS given (id, search_text)
  WHERE t.council_id = current_council() AND t.id = given.id`;

/**
 * All SQL about single devices. It also reads the sites and funds of councils. Devices are locked before models. A transaction that changes
 * the search text of a device locks the models that the device leaves and takes against change (`models`). A transaction that changes the
 * search texts of all devices of a model locks the model alone (`lockModel`), and no device.
 */
@Injectable()
export class DevicesRepository {
  /** The sites within reach; null means all sites of the council. */
  async sitesWithin(tx: Tx, { schoolId, siteId }: Reach): Promise<string[] | null> {
    if (siteId !== null) return [siteId];
    if (schoolId === null) return null;
    return (await tx.query<{ id: string }>(SITES_OF_SCHOOL, [schoolId])).map(({ id }) => id);
  }

  find(tx: Tx, id: string, siteIds: readonly string[] | null): Promise<Device | null> {
    return tx.one<Device>(ONE, [id, siteIds]);
  }

  findLocked(tx: Tx, id: string, siteIds: readonly string[] | null): Promise<(Device & SentDevice) | null> {
    return tx.one<Device & SentDevice>(ONE_LOCKED, [id, siteIds]);
  }

  findByTag(tx: Tx, tag: string, imei: string | null, iccid: string | null, siteIds: readonly string[] | null): Promise<Device | null> {
    return tx.one<Device>(BY_TAG, [lookupKey(tag), imei, iccid, siteIds, tag]);
  }

  /** The models with these ids. They cannot change until the transaction ends, because their names are part of devices' search texts. */
  async models(tx: Tx, ...ids: readonly string[]): Promise<Map<string, ModelOfDevice>> {
    return new Map((await tx.query<ModelOfDevice>(MODELS, [ids])).map((model) => [model.id, model]));
  }

  lockModel(tx: Tx, id: string): Promise<(ModelOfDevice & { readonly version: number }) | null> {
    return tx.one<ModelOfDevice & { version: number }>(MODEL_LOCKED, [id]);
  }

  async modelHasDevices(tx: Tx, id: string): Promise<boolean> {
    return (await tx.one(MODEL_HAS_DEVICES, [id])) !== null;
  }

  async siteExists(tx: Tx, id: string, siteIds: readonly string[] | null): Promise<boolean> {
    return (await tx.one(SITE_EXISTS, [id, siteIds])) !== null;
  }

  async fundExists(tx: Tx, id: string): Promise<boolean> {
    return (await tx.one(FUND_EXISTS, [id])) !== null;
  }

  /** Inserts a device, with the first entry of its history. */
  insert(tx: Tx, values: DeviceValues, model: ModelOfDevice, siteId: string, actor: string, now: Date): Promise<Device> {
    const { assetTag, serialNumber, imei, iccid, condition, fundId, accessories, acquiredOn, purchaseCostCents, notes } = values;
    return tx.row<Device>(INSERT, [
      ...[
        newId(),
        assetTag,
        serialNumber,
        imei,
        iccid,
        model.id,
        model.category,
        deviceMachine.initial,
        condition,
        siteId,
        fundId,
        acquiredOn,
      ],
      ...[purchaseCostCents, notes, searchText(values, model), now, newId(), actor, accessories],
    ]);
  }

  /** The device must be locked. */
  update(tx: Tx, id: string, values: DeviceValues, model: ModelOfDevice, now: Date): Promise<Device> {
    const { assetTag, serialNumber, imei, iccid, condition, fundId, accessories, acquiredOn, purchaseCostCents, notes } = values;
    return tx.row<Device>(UPDATE, [
      ...[id, assetTag, serialNumber, imei, iccid, model.id, model.category, condition, fundId, acquiredOn, purchaseCostCents, notes],
      ...[searchText(values, model), now, accessories],
    ]);
  }

  /** Other devices at these sites whose serial number looks the same. */
  lookingAlike(tx: Tx, id: string, siteIds: readonly string[] | null): Promise<{ id: string; assetTag: string }[]> {
    return tx.query(LOOK_ALIKE, [id, siteIds]);
  }

  /**
   * Writes the names of a locked model into the search texts of its next devices. Returns the id of the last one when more may follow, else
   * null.
   */
  async indexOfModel(tx: Tx, model: ModelOfDevice, after: string | null, limit: number): Promise<string | null> {
    const devices = await tx.query<Device>(OF_MODEL, [model.id, after ?? NIL_ID, limit]);
    await tx.execute(INDEX, [devices.map(({ id }) => id), devices.map((device) => searchText(device, model))]);
    return devices.length === limit ? (devices.at(-1)?.id ?? null) : null;
  }

  /** Locks devices in the order of their ids. */
  lock(tx: Tx, ids: readonly string[]): Promise<MovingDevice[]> {
    return tx.query<MovingDevice>(LOCK, [ids]);
  }

  /** Writes moves that were decided for locked devices, and their history. */
  async applyMoves(tx: Tx, actor: string, steps: readonly DecidedMove[], now: Date): Promise<MovedRow[]> {
    const moved = await tx.query<MovedRow>(MOVE, [
      steps.map(({ device }) => device.id),
      steps.map(() => newId()),
      steps.map(({ order }) => order.move),
      steps.map(({ device }) => device.status),
      steps.map(({ to }) => to),
      steps.map(({ order }) => order.condition ?? null),
      steps.map(({ order }) => order.siteId ?? null),
      steps.map(({ order }) => order.reason ?? null),
      steps.map(({ order }) => order.policeReportReference ?? null),
      now,
      actor,
      steps.map(({ order }) => order.householdId ?? null),
    ]);
    const byId = new Map(moved.map((device) => [device.id, device]));
    return steps.map(({ device }) => {
      const done = byId.get(device.id);
      if (!done) throw new Error('a device moved although it was locked');
      return done;
    });
  }

  /** Oldest first. Returns one more than `limit` when more follow. */
  events(tx: Tx, deviceId: string, after: number | null, limit: number): Promise<DeviceEvent[]> {
    return tx.query<DeviceEvent>(EVENTS, [deviceId, after ?? 0, limit + 1]);
  }
}
