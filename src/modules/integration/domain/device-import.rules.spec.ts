import { expect, test } from '@jest/globals';
import { decideDevices, numberKey, type StockDevice } from './device-import.rules.js';
import { DEVICE_COLUMNS, type DeviceRow } from './device-row.rules.js';
import { readHeader } from './header.rules.js';
import { RowCells } from './row-cells.js';

const HEADER = ['Asset Tag', 'Serial', 'Category', 'Model'];
const heading = readHeader(DEVICE_COLUMNS, HEADER, {});
const none = { imei: null, iccid: null, fundId: null, acquiredOn: null, purchaseCostCents: null, notes: null } as const;
const kind = { category: 'laptop', manufacturer: 'Acme', model: 'Book' } as const;

function rowOf([assetTag, serialNumber]: readonly [string, string], place: number): DeviceRow {
  if (!heading.ok) throw new Error(heading.reason);
  const cells = new RowCells(DEVICE_COLUMNS, HEADER, heading.value, [assetTag, serialNumber, 'laptop', 'Book'], place + 2);
  const said = { imei: null, iccid: null, location: null, status: null, condition: null, fund: null, accessories: null };
  return { cells, assetTag, serialNumber, ...kind, ...said, acquiredOn: null, purchaseCostCents: null, notes: null };
}

const device = (id: string, assetTag: string, serialNumber: string): StockDevice => {
  const where = { modelId: 'model', status: 'available', condition: 'good', siteId: 'site', accessories: [] } as const;
  return { id, assetTag, serialNumber, ...none, ...kind, ...where };
};
const [one, other] = [device('1', 'Twin-1', 'SN-1'), device('2', 'twin-1', 'sn-1')];

function decide(...rows: (readonly [string, string])[]) {
  return decideDevices(rows.map(rowOf), {
    devices: new Map([
      ['Twin-1', one],
      ['twin-1', other],
      ['TWIN-1', one],
    ]),
    owners: new Map([[numberKey('serialNumber', 'SN-1'), [one, other]]]),
    sites: new Map(),
    funds: new Map(),
    modelId: () => 'model',
    defaultSiteId: 'site',
    met: new Map(),
  }).map(({ outcome, faults }) => [outcome, ...faults.map(({ column, code }) => `${column} ${code}`)].join(' '));
}

test('old twins by tag and serial number that a file names as they are stay as they are', () => {
  expect(decide(['Twin-1', 'SN-1'], ['twin-1', 'sn-1'])).toEqual(['unchanged', 'unchanged']);
});

test('a device that a file names twice, however written, is met earlier', () => {
  expect(decide(['Twin-1', 'SN-1'], ['TWIN-1', 'SN-1'])).toEqual(['unchanged', 'failed Asset Tag MET_EARLIER']);
});

test('a new device, and its number, are met once; a number that others have is theirs', () => {
  expect(decide(['New', 'SN-2'], ['Newer', 'sn-2'], ['new', 'SN-3'], ['Third', 'SN-1'])).toEqual([
    'created',
    'failed Serial MET_EARLIER',
    'failed Asset Tag MET_EARLIER',
    'failed Serial ALREADY_EXISTS',
  ]);
});
