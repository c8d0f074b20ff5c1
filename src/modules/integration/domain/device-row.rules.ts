import type { Day } from '../../../shared/day.js';
import { normaliseIccid, normaliseImei } from '../../../shared/luhn.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import type { DeviceCategory, DeviceCondition } from '../../../shared/vocabulary.js';
import type { DeviceStatus } from '../../inventory/index.js';
import { type DateOrder, readAccessories, readCategory, readCents, readCondition, readDay } from './cell-values.js';
import type { DeviceColumn } from './import-columns.js';
import { type RowCells, UnreadableCell } from './row-cells.js';

/** What one row says of a device; null is what it does not say. */
export interface DeviceRow {
  readonly cells: RowCells<DeviceColumn>;
  readonly assetTag: string | null;
  readonly serialNumber: string | null;
  readonly imei: string | null;
  readonly iccid: string | null;
  readonly model: string | null;
  readonly manufacturer: string | null;
  readonly category: DeviceCategory | null;
  readonly location: string | null;
  /** `unknown`: a word that means none of the statuses. */
  readonly status: DeviceStatus | 'unknown' | null;
  readonly condition: DeviceCondition | null;
  /** Name of a fund. */
  readonly fund: string | null;
  readonly accessories: readonly string[] | null;
  readonly acquiredOn: Day | null;
  readonly purchaseCostCents: number | null;
  readonly notes: string | null;
}

/** How to read a file's days. */
export interface DayReading {
  readonly dateOrder: DateOrder | null;
  readonly today: Day;
}

const WRONG_IMEI = new UnreadableCell('INVALID_IMEI', 'must be an IMEI: 15 digits, the last one their check digit');
const WRONG_ICCID = new UnreadableCell(
  'INVALID_ICCID',
  'must be an ICCID: 19 or 20 digits that begin with 89, the last one their check digit',
);

/** What Snipe-IT and other inventories call the statuses besides our own words, folded. */
const STATUS_NAMES: Readonly<Record<DeviceStatus, readonly string[]>> = {
  available: ['ready to deploy', 'deployable', 'disponible', 'en stock', 'pret a deployer', 'pret', 'libre'],
  intake: ['pending', 'en attente', 'en preparation', 'a preparer', 'en reception'],
  reserved: ['requested', 'reserve', 'reservee'],
  on_loan: ['deployed', 'on loan', 'checked out', 'prete', 'pretee', 'en pret', 'sorti', 'sortie'],
  inspection: ['out for diagnostics', 'en controle', 'controle', 'en verification'],
  repair: ['out for repair', 'in repair', 'en reparation', 'reparation'],
  in_transit: ['in transit', 'en transit', 'en transfert'],
  lost: ['lost/stolen', 'perdu', 'perdue'],
  stolen: ['vole', 'volee'],
  missing: ['manquant', 'manquante', 'introuvable'],
  retired: ['archived', 'archive', 'archivee', 'reforme', 'reformee', 'broken - not fixable', 'hors service', 'undeployable'],
};
const STATUS_OF = new Map(
  (Object.keys(STATUS_NAMES) as DeviceStatus[]).flatMap((status) =>
    [status, ...STATUS_NAMES[status]].map((name) => [foldForSearch(name), status] as const),
  ),
);

/** Reads a row; what is wrong with its cells is in them afterwards. */
export function readDeviceRow(cells: RowCells<DeviceColumn>, { dateOrder, today }: DayReading): DeviceRow {
  const assetTag = cells.key('assetTag', 100);
  if (assetTag === null) cells.required('assetTag');
  const status = cells.text('status', 200);
  return {
    cells,
    assetTag,
    serialNumber: cells.key('serialNumber', 100),
    imei: numberOf(cells, 'imei', normaliseImei, WRONG_IMEI),
    iccid: numberOf(cells, 'iccid', normaliseIccid, WRONG_ICCID),
    model: cells.text('model', 200),
    manufacturer: cells.text('manufacturer', 200),
    category: cells.value('category', readCategory),
    location: cells.name('location', 200),
    status: status === null ? null : (STATUS_OF.get(foldForSearch(status)) ?? 'unknown'),
    condition: cells.value('condition', readCondition),
    fund: cells.text('fund', 200),
    accessories: cells.value('accessories', readAccessories),
    acquiredOn: cells.value('acquiredOn', (text) => readDay(text, dateOrder, today)),
    purchaseCostCents: cells.value('purchaseCost', readCents),
    notes: cells.text('notes', 2000),
  };
}

function numberOf(
  cells: RowCells<DeviceColumn>,
  column: 'imei' | 'iccid',
  normalise: (text: string) => string | null,
  wrong: UnreadableCell,
): string | null {
  const key = cells.key(column, 40);
  const number = key === null ? null : normalise(key);
  if (key !== null && number === null) cells.fault(column, wrong.code, wrong.message);
  return number;
}
