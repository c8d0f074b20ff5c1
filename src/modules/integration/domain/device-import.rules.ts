import type { DeviceCategory } from '../../../shared/vocabulary.js';
import type { DeviceRow } from './device-row.rules.js';
import type { RowResult } from './row-outcome.js';

/** A device that a row names, as it stands. */
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
  readonly siteId: string;
  readonly acquiredOn: string | null;
  readonly purchaseCostCents: number | null;
  readonly notes: string | null;
}

/** A model that a row asks for; a manufacturer that it does not name may be any. */
export interface WantedModel {
  readonly category: DeviceCategory;
  readonly manufacturer: string | null;
  readonly name: string;
}

/** The values of a device as a row would have them. */
export interface ImportedDevice extends Pick<StockDevice, 'assetTag' | 'serialNumber' | 'acquiredOn' | 'purchaseCostCents' | 'notes'> {
  readonly model: WantedModel;
}

export interface DeviceFacts {
  /** By asset tag: the devices that the rows name. */
  readonly devices: ReadonlyMap<string, StockDevice>;
  /** By serial number: the asset tag of the device that has it. */
  readonly serialOwners: ReadonlyMap<string, string>;
  /** By `row.location`: the sites of that name. */
  readonly sites: ReadonlyMap<string, readonly string[]>;
  /** The id of the model; undefined where it is yet to be made. */
  readonly modelId: (wanted: WantedModel) => string | undefined;
  /** Where a row's location names no site; null: then the row fails. */
  readonly defaultSiteId: string | null;
  /** Key → the line where it was met first; the decisions add to it. */
  readonly met: Map<string, number>;
}

export type DeviceDecision = RowResult &
  (
    | { readonly outcome: 'created'; readonly device: ImportedDevice; readonly siteId: string; readonly ready: boolean }
    | { readonly outcome: 'updated'; readonly device: ImportedDevice; readonly before: StockDevice }
    | { readonly outcome: 'unchanged' | 'failed' }
  );

/** Manufacturer of a model of which no row says who made it. */
export const UNKNOWN_MANUFACTURER = 'Unknown';
/** These keep their category: a loan or an offer counts on it. */
const PROMISED = ['reserved', 'on_loan'];

const COMPARED = ['serialNumber', 'acquiredOn', 'purchaseCostCents', 'notes'] as const;

export const tagKey = (tag: string): string => `tag ${tag}`;
export const serialKey = (serial: string): string => `serial ${serial}`;

/** The model of a row: what it does not say stays as it is on the device that it names. Null when it says too little. */
export function wantedModel(row: DeviceRow, before: StockDevice | undefined): WantedModel | null {
  const category = row.category ?? before?.category;
  const name = row.model ?? before?.model;
  if (category === undefined || name === undefined) return null;
  const isSame = before?.category === category && before.model.toLowerCase() === name.toLowerCase();
  return { category, name, manufacturer: row.manufacturer ?? (isSame ? before.manufacturer : null) };
}

/** What becomes of each row, in their order. A row fails with everything that is wrong with it, and no other because of it. */
export function decideDevices(rows: readonly DeviceRow[], facts: DeviceFacts): DeviceDecision[] {
  return rows.map((row) => decide(row, facts));
}

function decide(row: DeviceRow, facts: DeviceFacts): DeviceDecision {
  const { cells, assetTag } = row;
  const before = assetTag === null ? undefined : facts.devices.get(assetTag);
  checkRepeats(row, facts.met);
  checkSerial(row, facts, before);
  const siteId = siteOf(row, facts, before);
  const model = wantedModel(row, before);
  if (!before && row.model === null) cells.required('model');
  if (!before && row.category === null) cells.required('category');
  if (before && model?.category !== before.category && PROMISED.includes(before.status)) {
    cells.fault('category', 'CATEGORY_IN_USE', `stays ${before.category} while the device is reserved or on loan`);
  }
  const { line, faults } = cells;
  if (faults.length > 0 || model === null || assetTag === null || siteId === null) return { line, faults, outcome: 'failed' };

  const device: ImportedDevice = {
    assetTag,
    model,
    serialNumber: row.serialNumber ?? before?.serialNumber ?? null,
    acquiredOn: row.acquiredOn ?? before?.acquiredOn ?? null,
    purchaseCostCents: row.purchaseCostCents ?? before?.purchaseCostCents ?? null,
    notes: row.notes ?? before?.notes ?? null,
  };
  if (!before) return { line, faults, outcome: 'created', device, siteId, ready: row.ready };
  const isSame = COMPARED.every((field) => device[field] === before[field]) && facts.modelId(model) === before.modelId;
  if (isSame) return { line, faults, outcome: 'unchanged' };
  // Whoever wants the serial number that this device gives up finds it in use until the next import: so a preview tells the same.
  if (before.serialNumber !== null) meet(facts.met, serialKey(before.serialNumber), line);
  return { line, faults, outcome: 'updated', device, before };
}

function checkRepeats({ cells, assetTag, serialNumber }: DeviceRow, met: Map<string, number>): void {
  const tagLine = assetTag === null ? undefined : met.get(tagKey(assetTag));
  const serialLine = serialNumber === null ? undefined : met.get(serialKey(serialNumber));
  if (tagLine !== undefined) cells.fault('assetTag', 'MET_EARLIER', `must be there once; line ${tagLine} of the file has it already`);
  if (serialLine !== undefined) {
    cells.fault('serialNumber', 'MET_EARLIER', `must be there once; line ${serialLine} of the file has it, or gives it up, already`);
  }
  if (assetTag !== null) meet(met, tagKey(assetTag), cells.line);
  if (serialNumber !== null) meet(met, serialKey(serialNumber), cells.line);
}

function checkSerial({ cells, serialNumber, assetTag }: DeviceRow, { serialOwners }: DeviceFacts, before: StockDevice | undefined): void {
  if (serialNumber === null || serialNumber === before?.serialNumber) return;
  const owner = serialOwners.get(serialNumber);
  if (owner !== undefined && owner !== assetTag)
    cells.fault('serialNumber', 'ALREADY_EXISTS', `must be unique; the device ${owner} has it`);
}

/** The site of the row; null with a fault. A device that is there already moves by `send` only. */
function siteOf({ cells, location }: DeviceRow, { sites, defaultSiteId }: DeviceFacts, before: StockDevice | undefined): string | null {
  const named = location === null ? [] : (sites.get(location) ?? []);
  const [site, ...others] = named;
  if (before) {
    if (named.length > 0 && !named.includes(before.siteId)) {
      cells.fault('location', 'USE_SEND', 'is another site than the device’s; a device changes its site by the move "send"');
    }
    return before.siteId;
  }
  if (others.length > 0) {
    cells.fault('location', 'AMBIGUOUS_SITE', `must name one site; ${named.length} sites have this name`);
    return null;
  }
  if (site !== undefined) return site;
  if (defaultSiteId === null)
    cells.fault('location', 'UNKNOWN_SITE', 'must be the name of a site; or say with siteId where such devices are');
  return defaultSiteId;
}

function meet(met: Map<string, number>, key: string, line: number): void {
  if (!met.has(key)) met.set(key, line);
}
