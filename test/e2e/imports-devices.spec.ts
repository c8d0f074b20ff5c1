import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { RunImportService } from '../../src/modules/integration/imports/run-import.service.js';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aNewDevice, aSite } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { all, anImport, sendFile } from '../support/upload.js';

const OWN = readFileSync('test/data/devices/own-rows-in-snipe-it-headers.csv', 'utf8');
const SNIPE_IT = '../shared/data/snipe-it/assets-sample.csv';
const HEADER = 'Asset Tag,Serial,Model,Manufacturer,Category,Location,Status';

let app: TestApp;
let council: TestCouncil;
let depot: Answer['body'];
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  council = await aCouncil(app);
  depot = await aSite(council.api, { name: 'Dépôt central' });
});

const devices = (content: string, fields = {}) => anImport(app, council.api, content, fields);
const rowsOf = ({ id }: Answer['body'], query = '') => all(council.api, `/imports/${id}/rows${query}`);
const device = async (tag: string) => expectStatus(await council.api.get(`/devices/lookup?tag=${tag}`), 200);
const codes = async (done: Answer['body']) =>
  (await rowsOf(done, '?outcome=failed')).map(({ line, faults }) => [
    line,
    ...faults.map((fault: { column: string; code: string }) => `${fault.column} ${fault.code}`),
  ]);
/** One row of every column, with these in their places. */
const row = (
  tag: string,
  { serial = '', model = 'Book 11', maker = 'Acme', category = 'laptop', location = 'Dépôt central', status = '' } = {},
) => [tag, serial, model, maker, category, location, status].join(',');

describe('an inventory with Snipe-IT’s headers', () => {
  beforeEach(() => aSite(council.api, { name: 'Médiathèque Coulanges' }));

  test('comes in, and a second time changes nothing', async () => {
    const counts = { state: 'finished', total: 12, created: 12, updated: 0, unchanged: 0, failed: 0 };
    expect(await devices(OWN, { mode: 'preview' })).toMatchObject(counts);
    expect([await all(council.api, '/devices'), await all(council.api, '/device-models')]).toEqual([[], []]);
    const done = await devices(OWN);
    expect(done).toMatchObject(counts);
    expect(done.unusedHeaders).toEqual([
      ...['Company', 'Name', 'Supplier', 'Order Number', 'Model Notes', 'Model Number', 'Checkout Type', 'Checked Out To: Username'],
    ]);
    const stored = await all(council.api, '/devices');
    expect(await devices(OWN)).toMatchObject({ created: 0, updated: 0, unchanged: 12, failed: 0 });
    expect(await all(council.api, '/devices')).toEqual(stored);
    expect(await all(council.api, '/device-models')).toHaveLength(8);
  });

  test('gives every value, and the line feeds inside cells', async () => {
    await devices(OWN);
    expect(await device('GON-0001')).toMatchObject({
      serialNumber: '5CD1001',
      category: 'laptop',
      status: 'available',
      condition: 'good',
      siteId: depot.id,
      fundId: null,
      acquiredOn: '2026-09-01',
      purchaseCostCents: 32_900,
      notes: 'Chargeur fourni\nHousse bleue',
      version: 1,
    });
    expect(await device('GON-0003')).toMatchObject({ status: 'intake', notes: 'Clavier "QWERTY"; à échanger', siteId: depot.id });
    expect(await device('GON-0004')).toMatchObject({ purchaseCostCents: 124_990, acquiredOn: '2026-09-15' });
    const [first, third] = [await device('GON-0001'), await device('GON-0003')];
    expect(third.modelId).toBe(first.modelId);
    expect(await device('GON-0009')).toMatchObject({
      category: 'charger',
      serialNumber: null,
      acquiredOn: null,
      purchaseCostCents: null,
      notes: null,
    });
    expect(expectStatus(await council.api.get(`/device-models/${(await device('GON-0009')).modelId}`), 200)).toMatchObject({
      manufacturer: 'Unknown',
    });
  });

  test('devices are found by tag, serial number, manufacturer and model, and have the beginning of a history', async () => {
    const done = await devices(OWN);
    for (const q of ['gon-0004', '5cd1004', 'book 14']) {
      expect((await council.api.get(`/devices?q=${q}`)).body.data).toMatchObject([{ assetTag: 'GON-0004' }]);
    }
    const { id } = await device('GON-0004');
    expect(await all(council.api, `/devices/${id}/events`)).toMatchObject([
      { move: 'register', from: null, to: 'intake', condition: 'good' },
      { move: 'prepare', from: 'intake', to: 'available' },
    ]);
    expect(expectStatus(await council.api.post(`/devices/${id}/moves`, { move: 'inspect', reason: 'check' }), 200)).toMatchObject({
      status: 'inspection',
      version: 2,
    });
    const audit = await onServer(app.databaseUrl, async (client) =>
      (await client.query<{ action: string }>('SELECT action FROM audit_events WHERE subject = $1 ORDER BY id', [done.id])).rows.map(
        ({ action }) => action,
      ),
    );
    expect(audit).toEqual(['import.started', 'import.applied']);
  });
});

describe('a device that is there already', () => {
  test('takes what the row says, keeps what it does not say, and never changes its status', async () => {
    await devices(
      `${HEADER},Notes\n${row('A-1', { serial: 'S-1', status: 'Ready to Deploy' })},old\n${row('A-2', { status: 'Ready to Deploy' })},`,
    );
    const before = await device('A-1');
    const done = await devices(
      `${HEADER},Notes\n${row('A-1', { model: 'Book 12', maker: '', category: '', location: '' })},new\n${row('A-2', { status: 'Archived' })},`,
    );
    expect(done).toMatchObject({ updated: 1, unchanged: 1, failed: 0 });
    const after = await device('A-1');
    expect(after).toMatchObject({ serialNumber: 'S-1', notes: 'new', status: 'available', siteId: depot.id, version: before.version + 1 });
    expect(after.modelId).not.toBe(before.modelId);
    expect((await council.api.get('/devices?q=book%2012')).body.data).toHaveLength(1);
  });

  test('moves by send only', async () => {
    await aSite(council.api, { name: 'Ailleurs' });
    await devices(`${HEADER}\n${row('A-1')}`);
    expect(await codes(await devices(`${HEADER}\n${row('A-1', { location: 'Ailleurs' })}`))).toEqual([[2, 'Location USE_SEND']]);
    expect(await devices(`${HEADER}\n${row('A-1', { location: 'Nowhere that is known' })}`)).toMatchObject({ unchanged: 1 });
  });

  test('keeps its category while it is reserved or on loan', async () => {
    const { id } = await aDevice(council.api, { assetTag: 'A-1', siteId: depot.id });
    await onServer(app.databaseUrl, (client) => client.query(`UPDATE devices SET status = 'on_loan' WHERE id = $1`, [id]));
    expect(await codes(await devices(`${HEADER}\n${row('A-1', { category: 'tablet' })}`))).toEqual([[2, 'Category CATEGORY_IN_USE']]);
  });

  test('keeps its model where the row does not name the manufacturer', async () => {
    const model = await aDeviceModel(council.api, { name: 'Book 11', manufacturer: 'Acme' });
    await aDeviceModel(council.api, { name: 'Book 11', manufacturer: 'Other' });
    await aNewDevice(council.api, { assetTag: 'A-1', modelId: model.id, siteId: depot.id });
    expect(await devices(`${HEADER}\n${row('A-1', { model: 'BOOK 11', maker: '' })}`)).toMatchObject({ unchanged: 1 });
  });
});

describe('rows stand or fall alone', () => {
  test('each with everything that is wrong with it: column, value, and what is expected', async () => {
    await devices(`${HEADER}\n${row('THERE', { serial: 'TAKEN' })}`);
    await aSite(council.api, { name: 'Twice' });
    await aSite(council.api, { name: 'TWICE' });
    const file = [
      `${HEADER},Purchase Date,Purchase Cost`,
      `${row('OK-1', { serial: 'S-1' })},,`,
      `${row('', { category: 'Backhoe', location: 'Nowhere' })},31/02/2026,free`,
      `${row('OK-1')},,`,
      `${row('B-2', { serial: 'S-1' })},,`,
      `${row('B-3', { serial: 'TAKEN' })},,`,
      `${row('B-4', { model: '', category: '' })},,`,
      `${row('B-5', { location: 'twice' })},,`,
      `${row('B-6', { maker: 'A\0B' })},,`,
      `${row('B'.repeat(101))},,`,
      `${row('B-7')},,,too,much`,
      `${row("O'Brien 😀 مرحبا")},,`,
    ].join('\n');
    const done = await devices(file);
    expect(done).toMatchObject({ state: 'finished', total: 11, created: 2, failed: 9 });
    expect(await codes(done)).toEqual([
      [
        3,
        'Asset Tag REQUIRED',
        'Category NOT_ONE_OF',
        'Purchase Date INVALID_DAY',
        'Purchase Cost INVALID_AMOUNT',
        'Location UNKNOWN_SITE',
      ],
      [4, 'Asset Tag MET_EARLIER'],
      [5, 'Serial MET_EARLIER'],
      [6, 'Serial ALREADY_EXISTS'],
      [7, 'Model REQUIRED', 'Category REQUIRED'],
      [8, 'Location AMBIGUOUS_SITE'],
      [9, 'Manufacturer FORBIDDEN_CHARACTERS'],
      [10, 'Asset Tag TOO_LONG'],
      [11, 'null TOO_MANY_CELLS'],
    ]);
    const [, first] = await rowsOf(done);
    expect(first.faults[1]).toEqual({
      column: 'Category',
      value: 'Backhoe',
      code: 'NOT_ONE_OF',
      message: 'must be one of desktop, laptop, tablet, router, sim, smartphone, headset, webcam, printer, charger',
    });
  });

  test('a tag met earlier fails even where the earlier row failed, however far apart they are', async () => {
    const between = Array.from({ length: 1200 }, (_, number) => row(`M-${number}`));
    const done = await devices([HEADER, row('X', { category: 'Backhoe' }), ...between, row('X'), row('M-3')].join('\n'), {
      mode: 'preview',
    });
    expect(done).toMatchObject({ created: 1200, failed: 3 });
    const [, second, third] = await rowsOf(done, '?outcome=failed');
    expect([second.faults[0].message, third.faults[0].message]).toEqual([
      expect.stringContaining('line 2 '),
      expect.stringContaining('line 6 '),
    ]);
  });

  test('a serial number that a device of the file gives up is taken at the next import; the preview knows', async () => {
    await devices(`${HEADER}\n${row('A', { serial: 'S-1' })}\n${row('B', { serial: 'S-2' })}`);
    const swapped = `${HEADER}\n${row('A', { serial: 'S-3' })}\n${row('B', { serial: 'S-1' })}`;
    expect(await devices(swapped, { mode: 'preview' })).toMatchObject({ updated: 1, failed: 1 });
    expect(await devices(swapped)).toMatchObject({ updated: 1, failed: 1 });
    expect(await devices(swapped)).toMatchObject({ unchanged: 1, updated: 1 });
    expect(await devices(swapped)).toMatchObject({ unchanged: 2 });
  });

  test('a location that names no site goes to siteId, where the form gives one', async () => {
    const file = `${HEADER}\n${row('A', { location: '' })}\n${row('B', { location: 'Nowhere' })}\n${row('C')}`;
    expect(await devices(file)).toMatchObject({ created: 1, failed: 2 });
    const other = await aSite(council.api);
    expect(await devices(file, { siteId: other.id })).toMatchObject({ created: 2, unchanged: 1 });
    expect([(await device('A')).siteId, (await device('C')).siteId]).toEqual([other.id, depot.id]);
  });
});

describe('dates', () => {
  const dated = (...dates: string[]) =>
    [`${HEADER},Purchase Date`, ...dates.map((date, place) => `${row(`D-${place}`)},${date}`)].join('\n');
  const acquired = async (place: number) => (await device(`D-${place}`)).acquiredOn;

  test('are read in the order that the clear ones of the file show', async () => {
    await devices(dated('1/23/26', '3/1/26'));
    expect([await acquired(0), await acquired(1)]).toEqual(['2026-01-23', '2026-03-01']);
  });

  test('else in that of the council’s language', async () => {
    await devices(dated('3/1/2026', '01.09.2026'));
    expect([await acquired(0), await acquired(1)]).toEqual(['2026-01-03', '2026-09-01']);
    await onServer(app.databaseUrl, (client) => client.query(`UPDATE councils SET locale = 'en' WHERE id = $1`, [council.id]));
    expect(await codes(await devices(dated('3/1/2026', '2026-09-01')))).toEqual([[2, 'Purchase Date AMBIGUOUS_DAY']]);
  });
});

describe('errors.csv', () => {
  test('has the failed rows with their reasons, opens safely, and can be corrected and sent again', async () => {
    const file = `"Asset Tag";Location;Model;Category;Notes\r\n+33;"Dépôt\r\nd’en bas";Book;laptop;"=1+1; or"\r\n-5;Dépôt central;Book;Backhoe;@SUM(A1)\r\nok;Dépôt central;Book;laptop;\r\n`;
    const done = await devices(file);
    expect(done).toMatchObject({ created: 1, failed: 2 });
    const answer = await council.api.get(`/imports/${done.id}/errors.csv`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="import-errors-${done.id}.csv"`);
    const text = String(answer.body).replace(/^\uFEFF/, '');
    expect(text).toBe(
      'Asset Tag;Location;Model;Category;Notes;Import errors\r\n' +
        `'+33;"Dépôt\r\nd’en bas";Book;laptop;"'=1+1; or";"Location: must be the name of a site; or say with siteId where such devices are"\r\n` +
        `-5;Dépôt central;Book;Backhoe;'@SUM(A1);Category: must be one of desktop, laptop, tablet, router, sim, smartphone, headset, webcam, printer, charger\r\n`,
    );
    const again = await devices(`\uFEFF${text}`.replace('"Dépôt\r\nd’en bas"', 'Dépôt central').replace('Backhoe', 'Laptop'));
    expect(again).toMatchObject({ created: 2, failed: 0, unusedHeaders: [] });
    expect([await device('%2B33'), await device('-5')]).toMatchObject([
      { assetTag: '+33', notes: '=1+1; or' },
      { assetTag: '-5', notes: '@SUM(A1)' },
    ]);
  });

  test('keeps what stands beyond the header, behind the reasons', async () => {
    const done = await devices('Asset Tag,Model,Category\nA,Book,laptop,too,=much\n');
    const text = String((await council.api.get(`/imports/${done.id}/errors.csv`)).body);
    expect(text).toMatch(/^\uFEFF?Asset Tag,Model,Category,Import errors\r\nA,Book,laptop,the row has 5 cells .*,too,'=much\r\n$/);
  });

  test('of an import without failures, or that could not be read, has its header only', async () => {
    const clean = await devices(`${HEADER}\n${row('A')}`);
    expect(String((await council.api.get(`/imports/${clean.id}/errors.csv`)).body)).toContain(`${HEADER},Import errors\r\n`);
    const unread = await devices('');
    expect(String((await council.api.get(`/imports/${unread.id}/errors.csv`)).body)).toContain('Import errors\r\n');
  });
});

describe('a long import', () => {
  const ROWS = 1_200;
  const fileOf = (rows: number, start = 'L') =>
    [
      HEADER,
      ...Array.from({ length: rows }, (_, number) =>
        row(`${start}-${number}`, { serial: `${start}S-${number}`, model: `Book ${number % 9}` }),
      ),
    ].join('\n');
  const get = async (id: string) => expectStatus(await council.api.get(`/imports/${id}`), 200);
  const advance = (id: string, enough = true) => app.nest.get(RunImportService).advance(council.id, id, () => enough);
  const send = async (content: string): Promise<string> => expectStatus(await sendFile(council.api, content), 202).id;

  test('shows its progress, and goes on where it was broken off', async () => {
    const id = await send(fileOf(ROWS));
    expect(await get(id)).toMatchObject({ state: 'queued', total: null, processed: 0 });
    expect(await advance(id)).toBe(true);
    expect(await get(id)).toMatchObject({ state: 'running', total: ROWS, processed: 500, created: 500 });
    expect(await rowsOf({ id })).toHaveLength(500);
    await app.drain();
    expect(await get(id)).toMatchObject({ state: 'finished', processed: ROWS, created: ROWS });
    expect(await rowsOf({ id })).toHaveLength(ROWS);
    expect(await advance(id)).toBe(false);
  });

  test('takes fewer rows at once where they are long', async () => {
    const long = Array.from({ length: 4 }, (_, place) => row(`LONG-${place}`, { model: 'x'.repeat(600_000) }));
    const id = await send([HEADER, ...long].join('\n'));
    expect(await advance(id)).toBe(true);
    expect(await get(id)).toMatchObject({ state: 'running', total: 4, processed: 1, failed: 1 });
    await app.drain();
    expect(await get(id)).toMatchObject({ state: 'finished', processed: 4, failed: 4 });
  });

  test('done by several at once is done once', async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const id = await send(fileOf(turn === 0 ? ROWS : 12, `T${turn}`));
      for (let more = true; more;) more = (await Promise.all([advance(id), advance(id), advance(id)])).includes(true);
      await app.drain();
      expect(await get(id)).toMatchObject({
        state: 'finished',
        processed: turn === 0 ? ROWS : 12,
        created: turn === 0 ? ROWS : 12,
        failed: 0,
      });
    }
    const { rows } = await onServer(app.databaseUrl, (client) =>
      client.query('SELECT count(*)::integer AS events FROM device_events WHERE council_id = $1', [council.id]),
    );
    expect(rows).toEqual([{ events: ROWS + 49 * 12 }]);
  });

  test('two files with the same devices at once: each device is made once, whoever makes it', async () => {
    for (let turn = 0; turn < 50; turn += 1) {
      const content = fileOf(12, `U${turn}`);
      const backwards = [HEADER, ...content.split('\n').slice(1).reverse()].join('\n');
      const ids = await Promise.all([send(content), send(backwards)]);
      await Promise.all(ids.map((id) => advance(id, false)));
      const [one, other] = [await get(ids[0]), await get(ids[1])];
      expect([one.created + other.created, one.unchanged + other.unchanged, one.failed + other.failed]).toEqual([12, 12, 0]);
    }
  });

  test('leaves nothing of the file behind', async () => {
    await devices(`${HEADER}\n${row('A')}`);
    await onServer(app.databaseUrl, async (client) => {
      const { rows } = await client.query(
        'SELECT (SELECT count(*) FROM import_chunks)::integer AS chunks, (SELECT count(*) FROM import_keys)::integer AS keys',
      );
      expect(rows).toEqual([{ chunks: 0, keys: 0 }]);
    });
  });

  test('that fails again and again for a fault of ours is ended', async () => {
    const { id } = expectStatus(await sendFile(council.api, `${HEADER}\n${row('A')}`), 202);
    await onServer(app.databaseUrl, (client) =>
      client.query(`UPDATE outbox SET attempts = 6 WHERE kind = 'import.run' AND done_at IS NULL`),
    );
    await app.drain();
    expect(await get(id)).toMatchObject({ state: 'failed', problem: expect.stringContaining('fault of the program') });
  });
});

const sample = existsSync(SNIPE_IT) ? test : test.skip;
sample('Snipe-IT’s own sample: every row is told that its category is none of ours', async () => {
  const done = await devices(readFileSync(SNIPE_IT, 'utf8'), {
    siteId: depot.id,
    mapping: JSON.stringify({ 'Asset Notes': 'Notes', 'Model Number': 'Serial' }),
  });
  expect(done).toMatchObject({ state: 'finished', created: 0 });
  expect(done.failed).toBe(done.total);
  for (const { faults } of await rowsOf(done))
    expect(faults).toContainEqual(expect.objectContaining({ column: 'Category', code: 'NOT_ONE_OF' }));
  expect(done.unusedHeaders).not.toContain('Asset Notes');
});
