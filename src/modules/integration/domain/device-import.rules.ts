import { keyOf } from '../../../shared/key-text.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import { isWrittenDown } from '../../../shared/promise.js';
import type { DeviceCategory, DeviceCondition } from '../../../shared/vocabulary.js';
import type { DeviceColumn, DeviceRow } from './device-row.rules.js';
import type { RowResult } from './row-outcome.js';

/** The present values of a device that a row names. */
export interface StockDevice {
  readonly id: string;
  readonly assetTag: string;
  readonly serialNumber: string | null;
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly modelId: string;
  readonly category: DeviceCategory;
  readonly manufacturer: string;
  readonly model: string;
  readonly status: string;
  readonly condition: DeviceCondition;
  readonly siteId: string;
  readonly fundId: string | null;
  readonly accessories: readonly string[];
  readonly acquiredOn: string | null;
  readonly purchaseCostCents: number | null;
  readonly notes: string | null;
}

/** A model that a row asks for. If it names no manufacturer, a model of any manufacturer fits. */
export interface WantedModel {
  readonly category: DeviceCategory;
  readonly manufacturer: string | null;
  readonly name: string;
}

/** The values that a row gives to a device. */
export interface ImportedDevice extends Pick<
  StockDevice,
  'assetTag' | 'serialNumber' | 'imei' | 'iccid' | 'condition' | 'fundId' | 'accessories' | 'acquiredOn' | 'purchaseCostCents' | 'notes'
> {
  readonly model: WantedModel;
}

/** The numbers of which no two devices may have the same. */
export const UNIQUE_NUMBERS = ['serialNumber', 'imei', 'iccid'] as const;
type UniqueNumber = (typeof UNIQUE_NUMBERS)[number];

/** A device that has one of these numbers. */
export interface NumberOwner {
  readonly id: string;
  readonly assetTag: string;
}

export interface DeviceFacts {
  /** The devices that the rows name, by their asset tag as the row writes it. */
  readonly devices: ReadonlyMap<string, StockDevice>;
  /** The devices that have a number, by `numberKey`. They can be several, if they had it before two spellings of it counted as the same. */
  readonly owners: ReadonlyMap<string, readonly NumberOwner[]>;
  /** The ids of the sites with a name, by `row.location`. */
  readonly sites: ReadonlyMap<string, readonly string[]>;
  /** The ids of the funds with a name, by `row.fund`. */
  readonly funds: ReadonlyMap<string, readonly string[]>;
  /** The id of a model; undefined when the model does not exist yet. */
  readonly modelId: (wanted: WantedModel) => string | undefined;
  /** The site of rows whose location names no site. If it is null, such rows fail. */
  readonly defaultSiteId: string | null;
  /** The line on which each key first appeared. The decisions add to it. */
  readonly met: Map<string, number>;
}

export type DeviceDecision = RowResult &
  (
    | { readonly outcome: 'created'; readonly device: ImportedDevice; readonly siteId: string; readonly ready: boolean }
    | { readonly outcome: 'updated'; readonly device: ImportedDevice; readonly before: StockDevice }
    | { readonly outcome: 'unchanged' | 'failed' }
  );

/** The manufacturer of a new model when no row says who made it. */
export const UNKNOWN_MANUFACTURER = 'Unknown';
/** A device with one of these statuses keeps its category and fund, since an offer or a loan is based on them. */
const PROMISED = ['reserved', 'on_loan'];

const COMPARED = ['serialNumber', 'imei', 'iccid', 'condition', 'fundId', 'acquiredOn', 'purchaseCostCents', 'notes'] as const;

const tagKey = (tag: string): string => `tag ${keyOf(tag)}`;
const deviceKey = (id: string): string => `device ${id}`;
export const numberKey = (name: UniqueNumber, number: string): string => `${name === 'serialNumber' ? 'serial' : name} ${keyOf(number)}`;

/** Every key of a row under which an earlier row of the file may have appeared. */
export function deviceKeys(row: DeviceRow, before: StockDevice | undefined): string[] {
  const named = [...(row.assetTag === null ? [] : [tagKey(row.assetTag)]), ...(before ? [deviceKey(before.id)] : [])];
  return [...named, ...numbersOf(row).map(({ key }) => key)];
}

/** The model of a row. What the row does not say is taken from the device that it names. Null when that is not enough. */
export function wantedModel(row: DeviceRow, before: StockDevice | undefined): WantedModel | null {
  const category = row.category ?? before?.category;
  const name = row.model ?? before?.model;
  if (category === undefined || name === undefined) return null;
  const isSame = before?.category === category && foldForSearch(before.model) === foldForSearch(name);
  return { category, name, manufacturer: row.manufacturer ?? (isSame ? before.manufacturer : null) };
}

/** Decides about each row, in the order of the rows. A row fails with all its faults, and no other row fails because of it. */
export function decideDevices(rows: readonly DeviceRow[], facts: DeviceFacts): DeviceDecision[] {
  return rows.map((row) => decide(row, facts));
}

function decide(row: DeviceRow, facts: DeviceFacts): DeviceDecision {
  const { cells, assetTag } = row;
  const before = assetTag === null ? undefined : facts.devices.get(assetTag);
  checkRepeats(row, facts.met, before);
  checkNumbers(row, facts, before);
  const siteId = siteOf(row, facts, before);
  const fundId = fundOf(row, facts);
  const model = wantedModel(row, before);
  if (!before && row.model === null) cells.required('model');
  if (!before && row.category === null) cells.required('category');
  if (before && PROMISED.includes(before.status)) checkPromised(row, before, fundId);
  const { line, faults, notes } = cells;
  if (faults.length > 0 || model === null || assetTag === null || siteId === null) return { line, faults, notes, outcome: 'failed' };

  noteStatus(row, before);
  const device = deviceOf(row, assetTag, model, fundId, before);
  if (!before) return { line, faults, notes, outcome: 'created', device, siteId, ready: row.status === 'available' };
  const isSame =
    COMPARED.every((field) => device[field] === before[field]) &&
    device.accessories.join('\n') === before.accessories.join('\n') &&
    facts.modelId(model) === before.modelId;
  if (isSame) return { line, faults, notes, outcome: 'unchanged' };
  // A number that this device gives up stays in use until the next import, so that a preview gives the same result as the import.
  for (const { key } of numbersOf(before)) meet(facts.met, key, line);
  return { line, faults, notes, outcome: 'updated', device, before };
}

/** The new values of a device. What the row does not say is left unchanged; another spelling of the same number is no change. */
function deviceOf(
  row: DeviceRow,
  assetTag: string,
  model: WantedModel,
  fundId: string | null,
  before: StockDevice | undefined,
): ImportedDevice {
  const isSameSerial = row.serialNumber !== null && before?.serialNumber && keyOf(row.serialNumber) === keyOf(before.serialNumber);
  return {
    assetTag: before?.assetTag ?? assetTag,
    model,
    serialNumber: (isSameSerial ? null : row.serialNumber) ?? before?.serialNumber ?? null,
    imei: row.imei ?? before?.imei ?? null,
    iccid: row.iccid ?? before?.iccid ?? null,
    condition: row.condition ?? before?.condition ?? 'good',
    fundId: fundId ?? before?.fundId ?? null,
    accessories: row.accessories ?? before?.accessories ?? [],
    acquiredOn: row.acquiredOn ?? before?.acquiredOn ?? null,
    purchaseCostCents: row.purchaseCostCents ?? before?.purchaseCostCents ?? null,
    notes: row.notes ?? before?.notes ?? null,
  };
}

function checkPromised({ cells, category, condition }: DeviceRow, before: StockDevice, fundId: string | null): void {
  const stays = (column: DeviceColumn, code: string, what: string) =>
    cells.fault(column, code, `${what} while the device is reserved or on loan`);
  if (category !== null && category !== before.category) stays('category', 'CATEGORY_IN_USE', `stays ${before.category}`);
  if (fundId !== null && fundId !== before.fundId) stays('fund', 'FUND_IN_USE', 'stays as it is');
  if (before.status === 'reserved' && condition !== null && isWrittenDown(before.condition, condition))
    cells.fault('condition', 'CONDITION_IN_USE', 'is not written down while the device is held for a family: take the offer back first');
}

/** A new device is in intake or available. The status of an existing device changes only by moves, which the note says. */
function noteStatus({ cells, status }: DeviceRow, before: StockDevice | undefined): void {
  if (status === null || status === before?.status) return;
  if (before) {
    cells.note('status', 'STATUS_NOT_CHANGED', `the device stays ${before.status}: a status changes by moves, POST /devices/{id}/moves`);
  } else if (status !== 'available' && status !== 'intake') {
    cells.note('status', 'STATUS_NOT_TAKEN', 'the device begins in intake: of a new device only "Ready to Deploy" says more');
  }
}

function numbersOf(of: Pick<StockDevice, UniqueNumber>): { readonly name: UniqueNumber; readonly number: string; readonly key: string }[] {
  return UNIQUE_NUMBERS.flatMap((name) => {
    const number = of[name];
    return number === null ? [] : [{ name, number, key: numberKey(name, number) }];
  });
}

/**
 * Two rows must not name the same device. Old devices whose tags or numbers now count as the same are different devices, and may both
 * appear in a file.
 */
function checkRepeats(row: DeviceRow, met: Map<string, number>, before: StockDevice | undefined): void {
  const { cells, assetTag } = row;
  const tagLine = (before && met.get(deviceKey(before.id))) ?? (assetTag === null ? undefined : met.get(tagKey(assetTag)));
  if (tagLine !== undefined) cells.fault('assetTag', 'MET_EARLIER', `must be there once; line ${tagLine} of the file has it already`);
  const own = new Set(before ? numbersOf(before).map(({ key }) => key) : []);
  for (const { name, key } of numbersOf(row)) {
    const line = met.get(key);
    if (line !== undefined && !own.has(key))
      cells.fault(name, 'MET_EARLIER', `must be there once; line ${line} of the file has it, or gives it up, already`);
    meet(met, key, cells.line);
  }
  if (before) meet(met, deviceKey(before.id), cells.line);
  else if (assetTag !== null) meet(met, tagKey(assetTag), cells.line);
}

function checkNumbers(row: DeviceRow, facts: DeviceFacts, before: StockDevice | undefined): void {
  for (const { name, key } of numbersOf(row)) {
    const owners = facts.owners.get(key) ?? [];
    // A device with this row's own tag may have been made since the devices were read. Then the batch is decided again.
    const isOwn = owners.some(
      ({ id, assetTag }) => id === before?.id || (row.assetTag !== null && keyOf(assetTag) === keyOf(row.assetTag)),
    );
    const [owner] = owners;
    if (owner !== undefined && !isOwn) row.cells.fault(name, 'ALREADY_EXISTS', `must be unique; the device ${owner.assetTag} has it`);
  }
}

/** The site of the row; null if there is a fault. An existing device changes its site only by the move `send`. */
function siteOf({ cells, location }: DeviceRow, { sites, defaultSiteId }: DeviceFacts, before: StockDevice | undefined): string | null {
  const named = location === null ? [] : (sites.get(location) ?? []);
  const [site, ...others] = named;
  if (before) {
    if (named.length > 0 && !named.includes(before.siteId)) {
      cells.fault('location', 'USE_SEND', 'is another site than the device’s; a device changes its site by the move "send"');
    }
    if (location !== null && named.length === 0)
      cells.note('location', 'UNKNOWN_SITE', 'is the name of no site: the device stays where it is');
    return before.siteId;
  }
  if (others.length > 0) {
    cells.fault('location', 'AMBIGUOUS_SITE', `must name one site; ${named.length} sites have this name`);
    return null;
  }
  if (site !== undefined) return site;
  if (defaultSiteId === null)
    cells.fault('location', 'UNKNOWN_SITE', 'must be the name of a site; or say with siteId where such devices are');
  else if (location !== null) cells.note('location', 'UNKNOWN_SITE', 'is the name of no site: the device is taken to the site of the form');
  return defaultSiteId;
}

/** The fund that the row names; null when it names none, or if there is a fault. */
function fundOf({ cells, fund }: DeviceRow, { funds }: DeviceFacts): string | null {
  if (fund === null) return null;
  const [found, ...others] = funds.get(fund) ?? [];
  if (found === undefined) cells.fault('fund', 'UNKNOWN_FUND', 'must be the name of a fund');
  if (others.length > 0) cells.fault('fund', 'AMBIGUOUS_FUND', `must name one fund; ${others.length + 1} funds have this name`);
  return found ?? null;
}

function meet(met: Map<string, number>, key: string, line: number): void {
  if (!met.has(key)) met.set(key, line);
}
