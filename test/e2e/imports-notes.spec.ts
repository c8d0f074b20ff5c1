import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { IMPORT_KIND_NAMES, type ImportKindName, importKindOf } from '../../src/modules/integration/domain/import-kinds.js';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aFund, aSite } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { all, anImport } from '../support/upload.js';

// What an import says that it did not do, and what spreadsheets make of a file.

const HEADER = 'Asset Tag,Serial,Model,Category,Location,Status';

let app: TestApp;
let council: TestCouncil;
let depot: Answer['body'];
let fund: Answer['body'];
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  council = await aCouncil(app);
  depot = await aSite(council.api, { name: 'Dépôt central' });
  fund = await aFund(council.api, { name: 'Département 2026' });
});

const send = (content: string | Uint8Array<ArrayBuffer>, fields = {}) => anImport(app, council.api, content, fields);
const rowsOf = ({ id }: Answer['body'], query = '') => all(council.api, `/imports/${id}/rows${query}`);
const device = async (tag: string) => expectStatus(await council.api.get(`/devices/lookup?tag=${encodeURIComponent(tag)}`), 200);
const said = async (done: Answer['body'], list: 'faults' | 'notes') =>
  (await rowsOf(done)).flatMap((row) =>
    row[list].map(({ column, code }: { column: string; code: string }) => `${row.line} ${column} ${code}`),
  );
const sample = (kind: ImportKindName) => `${importKindOf(kind).document.sample}\n`;

describe('the samples of the documentation', () => {
  test('devices pass as the document says', async () => {
    const preview = await send(sample('devices'), { mode: 'preview' });
    const done = await send(sample('devices'));
    const counts = { total: 3, created: 3, failed: 0, noted: 1, unusedHeaders: [] };
    expect([preview, done]).toMatchObject([counts, counts]);
    expect(done.notes.map(({ line, code, value }: Answer['body']) => [line, code, value])).toEqual([
      [1, 'SEPARATOR_LINE', 'sep=;'],
      [2, 'TITLE_LINE', 'Inventaire du dépôt'],
    ]);
    expect(await device('lt-0001')).toMatchObject({
      condition: 'new',
      fundId: fund.id,
      accessories: ['Chargeur', 'housse'],
      status: 'available',
      siteId: depot.id,
      acquiredOn: '2026-09-01',
      purchaseCostCents: 32_900,
      imei: null,
    });
    expect(await device('LT-0002')).toMatchObject({ serialNumber: '0051002', status: 'intake', acquiredOn: '2026-09-01' });
    expect(await device('490154203237518')).toMatchObject({ assetTag: 'SM-0001', serialNumber: null, accessories: [] });
    expect(await said(done, 'notes')).toEqual(['5 Statut STATUS_NOT_TAKEN']);
    expect(await send(sample('devices'))).toMatchObject({ unchanged: 3, failed: 0 });
  });

  test('schools pass', async () => {
    expect(await send(sample('schools'), { kind: 'schools' })).toMatchObject({ created: 1, failed: 0, noted: 0, notes: [] });
  });

  test.each(IMPORT_KIND_NAMES)('that of domain/kinds/%s.ts makes something of each row, a second time nothing', async (kind) => {
    const done = await send(sample(kind), { kind });
    expect([done.state, done.unusedHeaders, done.created]).toEqual(['finished', [], done.total]);
    expect(done.total).toBeGreaterThan(0);
    expect(await send(sample(kind), { kind })).toMatchObject({ unchanged: done.total, failed: 0 });
  });
});

describe('of a device that is there', () => {
  test('a location that is no site and a status are told, never passed over in silence', async () => {
    await send(`${HEADER}\nA-1,S-1,Book,laptop,Dépôt central,Ready to Deploy\n`);
    const done = await send(`${HEADER}\na-1,s–1,Book,laptop,Nowhere,Archived\n`);
    expect(done).toMatchObject({ unchanged: 1, noted: 1 });
    expect((await rowsOf(done, '?noted=true'))[0]).toMatchObject({
      outcome: 'unchanged',
      notes: [
        { column: 'Location', value: 'Nowhere', code: 'UNKNOWN_SITE' },
        { column: 'Status', value: 'Archived', code: 'STATUS_NOT_CHANGED' },
      ],
    });
    expect(await send(`${HEADER}\nA-1,,,,DEPOT CENTRAL,disponible\n`)).toMatchObject({ unchanged: 1, noted: 0 });
    expect(await rowsOf(done, '?noted=true&outcome=created')).toEqual([]);
  });

  test('condition, fund, numbers and accessories change; what is not said stays', async () => {
    const more = 'Asset Tag,Condition,Fund,IMEI,ICCID,Accessories';
    await send(`${HEADER}\nA-1,S-1,Phone,smartphone,Dépôt central,\n`);
    expect(await send(`${more}\nA-1,Usé,DEPARTEMENT 2026,49-015420-323751-8,8933150319050000005,Chargeur + coque\n`)).toMatchObject({
      updated: 1,
    });
    const after = await device('A-1');
    expect(after).toMatchObject({
      condition: 'worn',
      fundId: fund.id,
      imei: '490154203237518',
      iccid: '8933150319050000005',
      accessories: ['Chargeur', 'coque'],
      serialNumber: 'S-1',
    });
    expect((await council.api.get('/devices?q=490154203237518')).body.data).toHaveLength(1);
    expect(await send(`${more}\nA-1,,n/a,,-,\n`)).toMatchObject({ unchanged: 1 });
    expect(await device('A-1')).toEqual(after);
  });

  test('its fund stays while it is promised, and it is not written down', async () => {
    const { id } = await aDevice(council.api, { assetTag: 'A-1', siteId: depot.id });
    await onServer(app.databaseUrl, (client) => client.query(`UPDATE devices SET status = 'reserved' WHERE id = $1`, [id]));
    expect(await said(await send('Asset Tag,Fund\nA-1,Département 2026\n'), 'faults')).toEqual(['2 Fund FUND_IN_USE']);
    expect(await said(await send('Asset Tag,Condition\nA-1,Cassé\n'), 'faults')).toEqual(['2 Condition CONDITION_IN_USE']);
    expect(await send('Asset Tag,Condition\nA-1,Usé\n')).toMatchObject({ updated: 1 });
  });
});

describe('of a new device', () => {
  test('a location that is no site is told where the form names one', async () => {
    const done = await send(`${HEADER}\nA-1,,Book,laptop,Nowhere,\nA-2,,Book,laptop,,\n`, { siteId: depot.id });
    expect([done.created, await said(done, 'notes')]).toEqual([2, ['2 Location UNKNOWN_SITE']]);
  });

  test('funds and numbers that cannot be are faults', async () => {
    await aFund(council.api, { name: 'Double' });
    await aFund(council.api, { name: 'DOUBLE' });
    const header = `${HEADER},Fund,IMEI,ICCID,Condition,Accessories`;
    const row = (tag: string, fields: string) => `${tag},,Phone,smartphone,Dépôt central,,${fields}`;
    const rows = [
      row('A-1', 'Nobody,,,,'),
      row('A-2', 'double,,,,'),
      row('A-3', ',490154203237519,,,'),
      row('A-4', ',,123,,'),
      row('A-5', ',,,splendid,'),
      row('A-6', `,,,,"${Array.from({ length: 21 }, (_, n) => `a${n}`).join(';')}"`),
      row('A-7', ',4.90154E+14,,,'),
      row('A-8', ',490154203237518,,,'),
      row('A-9', ',490154203237518,,,'),
    ];
    const done = await send([header, ...rows].join('\n'));
    expect(await said(done, 'faults')).toEqual([
      ...['2 Fund UNKNOWN_FUND', '3 Fund AMBIGUOUS_FUND', '4 IMEI INVALID_IMEI', '5 ICCID INVALID_ICCID', '6 Condition NOT_ONE_OF'],
      ...['7 Accessories TOO_MANY', '8 IMEI SCIENTIFIC_NOTATION', '10 IMEI MET_EARLIER'],
    ]);
    expect(await said(await send(`${header}\n${row('B-1', ',490154203237518,,,')}`), 'faults')).toEqual(['2 IMEI ALREADY_EXISTS']);
  });
});

describe('what spreadsheets make of keys', () => {
  test('marks, words for nothing and spellings are seen through; shortened numbers are told', async () => {
    const rows = [
      `"=""00123""",n/a,Book,laptop,Dépôt central,`,
      `'00124,néant,Book,laptop,dépôt  central,`,
      `LT\u200B-9,—,Bo\u2011ok,laptop,DÉPÔT CENTRAL,`,
      `lt–9,,Book,laptop,Dépôt central,`,
      `1.23E+15,"3,51E+14",Book,laptop,Dépôt central,`,
      `N/A,,Book,laptop,Dépôt central,`,
      `LT-10,sn-1,Book,laptop,Dépôt central,`,
      `LT-11,SN‑1,Book,laptop,Dépôt central,`,
    ];
    const done = await send([HEADER, ...rows].join('\n'));
    expect(await said(done, 'faults')).toEqual([
      ...['5 Asset Tag MET_EARLIER', '6 Asset Tag SCIENTIFIC_NOTATION', '6 Serial SCIENTIFIC_NOTATION', '7 Asset Tag REQUIRED'],
      '9 Serial MET_EARLIER',
    ]);
    expect([await device('00123'), await device('00124'), await device('LT-9')]).toMatchObject([
      { assetTag: '00123', serialNumber: null },
      { assetTag: '00124', serialNumber: null },
      { assetTag: 'LT-9', serialNumber: null },
    ]);
  });
});

describe('above the header', () => {
  const plain = 'Asset Tag;Model;Category;Location\nA-1;Book, 11;laptop;Dépôt central\n';
  test.each([
    ['a sep= line', `sep=;\n${plain}`, ['1 SEPARATOR_LINE']],
    ['a sep= line in quotation marks', `"sep=;"\r\n${plain}`, ['1 SEPARATOR_LINE']],
    ['a sep= line behind a byte order mark', `\uFEFFsep=;\r${plain.replaceAll('\n', '\r')}`, ['1 SEPARATOR_LINE']],
    ['titles with commas', `Inventaire, au 2 novembre, 2026\n\nMairie, Gonesse\n${plain}`, ['1 TITLE_LINE', '3 TITLE_LINE']],
    ['a title over two lines', `"Inventaire\n2026";;;\n${plain}`, ['1 TITLE_LINE']],
    ['nothing', plain, []],
  ])('%s', async (_, content, notes) => {
    const done = await send(content);
    expect([done.created, done.total, done.notes.map(({ line, code }: Answer['body']) => `${line} ${code}`)]).toEqual([1, 1, notes]);
    expect((await rowsOf(done))[0].line).toBe(content.split(/\r\n|\r|\n/).findIndex((text) => text.startsWith('A-1')) + 1);
  });

  test('of a file without a header that is known, the problem names what is missing', async () => {
    const done = await send('Stock\nSerial;Model\nS-1;Book\n');
    expect(done).toMatchObject({ state: 'failed', problem: expect.stringMatching(/no column Asset Tag/) });
  });
});

describe('schools', () => {
  const header = 'UAI;Nom;Type;Adresse;CP;Code INSEE;Ville;E-mail';
  test('whose codes lost their zero are mended, and it is said', async () => {
    const done = await send(`${header}\n951099D;Jean Moulin;Collège;1 rue;1000;1053;Bourg;ce.0951099d@ac-versailles.fr\n`, {
      kind: 'schools',
    });
    expect(done).toMatchObject({ created: 1, noted: 1 });
    expect(await said(done, 'notes')).toEqual(['UAI', 'CP', 'Code INSEE'].map((column) => `2 ${column} LEADING_ZERO_RESTORED`));
    const [school] = (await council.api.get('/schools?code=0951099D')).body.data;
    expect(school.municipalityCode).toBe('01000');
    const sites = (await council.api.get(`/sites?schoolId=${school.id}`)).body.data;
    expect(sites).toMatchObject([{ address: { postalCode: '01000' } }]);
    expect(await send(`${header}\n0951099d;Jean Moulin;Collège;1 rue;01000;01053;Bourg;\n`, { kind: 'schools' })).toMatchObject({
      unchanged: 1,
      noted: 0,
    });
  });

  test('codes whose letter does not fit, and addresses of e-mail by the one rule, are faults', async () => {
    const done = await send(`${header}\n951099E;A;;;;;;\n0750654D;B;;;;;;a@b..co\n`, { kind: 'schools' });
    expect(await said(done, 'faults')).toEqual(['2 UAI INVALID_UAI', '3 E-mail INVALID_EMAIL']);
  });
});
