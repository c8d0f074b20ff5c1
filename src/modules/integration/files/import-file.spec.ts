import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import type { ImportColumns } from '../domain/import-columns.js';
import { examine } from './import-file.js';

const COLUMNS: ImportColumns = {
  name: { name: 'Name', also: [], key: true, about: 'the key' },
  bornOn: { name: 'Born on', also: [], takesDays: true, about: 'a day' },
  movedOn: { name: 'Moved on', also: [], takesDays: true, about: 'a day' },
};

test.each([
  ['12/31/2010', '1/2/2026', ['month']],
  ['1/2/2010', '31/12/2025', ['day']],
  ['1/2/2010', '1/2/2026', []],
  ['12/31/2010', '31/12/2025', ['month', 'day']],
])('the days of every column that holds days show their order: %s and %s', async (born, moved, dateOrders) => {
  const file = Buffer.from(`Name,Born on,Moved on,Call on\nA,${born},${moved},31/12/2025\n`);
  const examined = await examine(() => Readable.from([file]), COLUMNS, {});
  expect(examined).toMatchObject({ ok: true, value: { plan: { dateOrders }, total: 1 } });
});
