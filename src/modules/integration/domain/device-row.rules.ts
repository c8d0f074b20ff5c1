import type { Day } from '../../../shared/day.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import type { DeviceCategory } from '../../../shared/vocabulary.js';
import { type DateOrder, readCategory, readCents, readDay } from './cell-values.js';
import type { DeviceColumn } from './import-columns.js';
import type { RowCells } from './row-cells.js';

/** What one row says of a device; null is what it does not say. */
export interface DeviceRow {
  readonly cells: RowCells<DeviceColumn>;
  readonly assetTag: string | null;
  readonly serialNumber: string | null;
  readonly model: string | null;
  readonly manufacturer: string | null;
  readonly category: DeviceCategory | null;
  readonly location: string | null;
  /** Whether a new device may be lent at once. */
  readonly ready: boolean;
  readonly acquiredOn: Day | null;
  readonly purchaseCostCents: number | null;
  readonly notes: string | null;
}

const READY = 'ready to deploy';

/** Reads a row; what is wrong with its cells is in them afterwards. */
export function readDeviceRow(cells: RowCells<DeviceColumn>, dateOrder: DateOrder | null): DeviceRow {
  const assetTag = cells.text('assetTag', 100);
  if (assetTag === null) cells.required('assetTag');
  return {
    cells,
    assetTag,
    serialNumber: cells.text('serialNumber', 100),
    model: cells.text('model', 200),
    manufacturer: cells.text('manufacturer', 200),
    category: cells.value('category', readCategory),
    location: cells.text('location', 200),
    ready: foldForSearch(cells.text('status', 200) ?? '') === READY,
    acquiredOn: cells.value('acquiredOn', (text) => readDay(text, dateOrder)),
    purchaseCostCents: cells.value('purchaseCost', readCents),
    notes: cells.text('notes', 2000),
  };
}
