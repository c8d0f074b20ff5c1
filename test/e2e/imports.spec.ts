import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { connect } from 'node:net';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { all, anImport, sendFile, sendForm } from '../support/upload.js';

const HEADER = 'Asset Tag,Model,Category,Location';
const MEBIBYTE = 1024 * 1024;

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  api = council.api;
  await aSite(api, { name: 'Dépôt' });
});
afterAll(() => app.close());

let number = 0;
const aFile = () => `${HEADER}\nT-${++number},Book,laptop,Dépôt\n`;
const file = () => ['file', new Blob([aFile()])] as const;
const pointers = (answer: Answer) => answer.body.errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`);

describe('sending a file', () => {
  test('answers 202 with the import and its Location at once', async () => {
    const answer = await sendFile(api, aFile(), { mode: 'preview' });
    const made = expectStatus(answer, 202);
    expect(made).toEqual({
      id: expect.any(String),
      version: 1,
      createdAt: '2026-11-02T08:00:00.000Z',
      updatedAt: '2026-11-02T08:00:00.000Z',
      kind: 'devices',
      mode: 'preview',
      state: 'queued',
      total: null,
      processed: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      failed: 0,
      problem: null,
      unusedHeaders: [],
      noted: 0,
      notes: [],
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/imports/${made.id}`);
    const read = await api.get(`/imports/${made.id}`);
    expect([read.status, read.headers.get('etag'), read.body]).toEqual([200, '"1"', made]);
  });

  test('fields may stand before the file, behind it, or around it', async () => {
    const [kind, mode] = [['kind', 'devices'] as const, ['mode', 'apply'] as const];
    const orders = [
      [kind, mode, file()],
      [file(), kind, mode],
      [mode, file(), kind],
    ];
    const sent = await Promise.all(orders.map((parts) => sendForm(api, parts)));
    await app.drain();
    for (const answer of sent) {
      const { id } = expectStatus(answer, 202);
      expect((await api.get(`/imports/${id}`)).body).toMatchObject({ state: 'finished', created: 1 });
    }
  });

  test('twice with one key is one import', async () => {
    const [content, headers] = [aFile(), { 'idempotency-key': '"once"' }];
    const first = expectStatus(await sendFile(api, content, {}, headers), 202);
    const again = await sendFile(api, content, {}, headers);
    expect([expectStatus(again, 202), again.headers.get('location')]).toEqual([first, `/api/v1/imports/${first.id}`]);
    expect((await sendFile(api, `${content}\n\n`, {}, headers)).body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('a key stands for the file’s content and the form’s fields, not for their length or order', async () => {
    const headers = { 'idempotency-key': '"content"' };
    const content = aFile();
    const first = expectStatus(await sendFile(api, content, {}, headers), 202);
    const corrected = content.replace(/.\n$/, '!\n');
    expect(corrected).toHaveLength(content.length);
    for (const [file, fields] of [
      [corrected, {}],
      [content, { kind: 'schools' }],
      [content, { mode: 'preview' }],
    ] as const) {
      expect((await sendFile(api, file, fields, headers)).body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    }
    const turned = [
      ['file', new Blob([content])],
      ['mode', 'apply'],
      ['kind', 'devices'],
    ] as const;
    expect(expectStatus(await sendForm(api, turned, headers), 202)).toEqual(first);
    expect((await api.get('/imports?limit=200')).body.data.filter(({ id }: { id: string }) => id === first.id)).toHaveLength(1);
  });

  test('a refused form is refused again under its key, and another is another', async () => {
    const headers = { 'idempotency-key': '"refused"' };
    const content = aFile();
    const refused = await sendFile(api, content, { kind: 'hats' }, headers);
    const again = await sendFile(api, content, { kind: 'hats' }, headers);
    expect([refused.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([422, 422, 'true']);
    expect(again.body).toEqual(refused.body);
    expect((await sendFile(api, aFile(), { kind: 'hats' }, headers)).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('what the form lacks, or says wrongly, is told all at once', async () => {
    expect(pointers(await sendForm(api, [['siteId', 'x']]))).toEqual([
      '/file REQUIRED',
      '/kind REQUIRED',
      '/mode REQUIRED',
      '/siteId INVALID_ID',
    ]);
    const fields = { kind: 'hats', mode: 'try', mapping: '{"a": 1}' };
    const wrong = await sendFile(api, aFile(), fields);
    expect([wrong.status, wrong.body.code]).toEqual([422, 'INVALID_INPUT']);
    expect(pointers(wrong)).toEqual(['/kind NOT_ONE_OF', '/mode NOT_ONE_OF', '/mapping INVALID']);
    expect(
      pointers(
        await sendForm(api, [
          ['kind', 'devices'],
          ['mode', 'apply'],
          ['file', aFile()],
        ]),
      ),
    ).toEqual(['/file INVALID']);
    expect(pointers(await sendFile(api, aFile(), { mapping: '[]' }))).toEqual(['/mapping INVALID']);
  });

  test('what the form says against a rule is told, and nothing of the file stays', async () => {
    const before = (await all(api, '/imports')).length;
    const other = await aSite((await aCouncil(app)).api);
    for (const siteId of [newId(), other.id]) {
      expect((await sendFile(api, aFile(), { siteId })).body).toMatchObject({
        status: 422,
        code: 'UNKNOWN_REFERENCE',
        errors: [{ pointer: '/siteId' }],
      });
    }
    const mine = await aSite(api);
    expect(pointers(await sendFile(api, 'x', { kind: 'schools', siteId: mine.id }))).toEqual(['/siteId NOT_APPLICABLE']);
    expect(pointers(await sendFile(api, aFile(), { mapping: '{"Their tag": "Colour"}' }))).toEqual(['/mapping NOT_ONE_OF']);
    expect(await all(api, '/imports')).toHaveLength(before);
  });

  test('a form that cannot be read is 400', async () => {
    const [kind, mode] = [['kind', 'devices'] as const, ['mode', 'apply'] as const];
    expect((await sendForm(api, [kind, mode, file(), ['colour', 'red']])).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
    expect((await sendForm(api, [kind, mode, file(), ['picture', new Blob(['x'])]])).body).toMatchObject({
      status: 400,
      code: 'UNKNOWN_FIELD',
    });
    expect((await sendForm(api, [kind, kind, mode, file()])).body).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
    expect((await sendForm(api, [kind, mode, file(), file()])).body).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
    const raw = (body: string, type = 'multipart/form-data; boundary=x') =>
      api.send('POST', '/imports', body, { headers: { 'content-type': type } });
    for (const body of [
      'nonsense',
      '--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\ndev',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nAsset',
    ]) {
      expect((await raw(body)).body).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
    }
    expect((await raw('--x--', 'multipart/form-data')).body).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
  });

  test('anything but a form is 415, and a form anywhere else too', async () => {
    expect((await api.post('/imports', { kind: 'devices' })).body).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect((await api.send('POST', '/imports', aFile(), { headers: { 'content-type': 'text/csv' } })).status).toBe(415);
    const form = new FormData();
    form.append('name', 'x');
    expect((await fetch(`${app.url}/api/v1/schools`, { method: 'POST', body: form, headers: api.headers })).status).toBe(415);
  });

  test('64 MiB are taken and more is 413; a field is not that long', async () => {
    const before = (await all(api, '/imports')).length;
    const line = `${'x'.repeat(1023)}\n`;
    const most = line.repeat(64 * 1024);
    expect(expectStatus(await sendFile(api, most, { mode: 'preview' }), 202).state).toBe('queued');
    for (const content of [`${most}x`, line.repeat(65 * 1024)]) {
      expect((await sendFile(api, content)).body).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    }
    expect((await sendForm(api, [file(), ['mapping', 'x'.repeat(MEBIBYTE)]])).body).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    expect((await api.post('/schools', { name: 'x'.repeat(MEBIBYTE) })).body).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    expect(await all(api, '/imports')).toHaveLength(before + 1);
    await app.drain();
  });

  test('many at once are taken, or sent away for a moment: none is lost', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => sendFile(api, aFile())));
    for (const { status, headers } of answers)
      expect([202, status === 503 && headers.get('retry-after') !== null ? 503 : 0]).toContain(status);
    await app.drain();
    for (const { status, body } of answers)
      if (status === 202) expect((await api.get(`/imports/${body.id}`)).body).toMatchObject({ created: 1 });
  });
});

test('senders that break off leave nothing, and take nobody’s turn', async () => {
  const before = (await all(api, '/imports')).length;
  const { hostname, port } = new URL(app.url);
  for (let turn = 0; turn < 8; turn += 1) {
    const socket = connect(Number(port), hostname);
    const headers = [
      'POST /api/v1/imports HTTP/1.1',
      `host: ${hostname}`,
      `authorization: ${api.headers.authorization}`,
      'content-length: 1000000',
    ];
    const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
    socket.write([...headers, 'content-type: multipart/form-data; boundary=x', '', part].join('\r\n'));
    socket.write('x'.repeat(600_000), () => socket.destroy());
    await once(socket, 'close');
  }
  let answer = await sendFile(api, aFile());
  while (answer.status === 503) answer = await sendFile(api, aFile());
  expectStatus(answer, 202);
  await app.drain();
  expect(await all(api, '/imports')).toHaveLength(before + 1);
  await onServer(app.databaseUrl, async (client) => {
    expect((await client.query('SELECT FROM import_chunks')).rowCount).toBe(0);
  });
});

describe('a file that cannot be read', () => {
  const utf16 = (text: string) => new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')]);
  test.each<[string, string | Uint8Array<ArrayBuffer>, RegExp]>([
    ['nothing in it', '', /^The file is empty\.$/],
    ['a byte-order mark only', '\uFEFF', /^The file is empty\.$/],
    ['empty lines only', '\n\r\n\n', /^The file is empty\.$/],
    ['UTF-16', utf16(`${HEADER}\n`), /UTF-16: .*"CSV UTF-8"/],
    ['UTF-16 without its mark', new Uint8Array(Buffer.from(`${HEADER}\n`, 'utf16le')), /UTF-16, or no text/],
    [
      'Latin-1',
      new Uint8Array(Buffer.from(`${HEADER}\nA,Book,laptop,Depot\nB,Book,laptop,Dépôt\n`, 'latin1')),
      /not in UTF-8 \(line 3 .*"CSV UTF-8"/,
    ],
    ['a character cut off at the end', new Uint8Array([...Buffer.from(`${HEADER}\nA,Book,laptop,D`), 0xc3]), /not in UTF-8/],
    ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), /a workbook or an archive/],
    ['another kind', 'Identifiant_de_l_etablissement;Nom_etablissement\n0350122T;Les Lucioles\n', /^None of the headers is known/],
    ['no header', 'A-1,Book 11,laptop\n', /^None of the headers is known/],
    ['no key column', 'Model,Category\nBook,laptop\n', /no column Asset Tag/],
    [
      'a header twice',
      'Asset Tag,Model,asset_tag\nA,Book,B\n',
      /"Asset Tag" \(column 1\) and "asset_tag" \(column 3\) both mean Asset Tag/,
    ],
    [
      'a quotation mark never closed',
      `${HEADER}\nA,Book,laptop,Dépôt\nB,"Book,laptop,Dépôt\nC,Book,laptop,Dépôt\n`,
      /begins on line 3 .* never closed/,
    ],
    [
      'a cell of ten megabytes',
      `${HEADER}\nA,Book,laptop,Dépôt\nB,${'x'.repeat(10_000_000)},laptop,Dépôt\n`,
      /begins on line 3 .* longer than 1048576 bytes/,
    ],
  ])('has %s: state failed, and why', async (_, content, problem) => {
    const read = await anImport(app, api, content);
    expect(read).toMatchObject({ state: 'failed', processed: 0, created: 0, problem: expect.stringMatching(problem) });
    expect(await all(api, `/imports/${read.id}/rows`)).toEqual([]);
  });

  test('a mapping of a header that is not there', async () => {
    expect(await anImport(app, api, aFile(), { mapping: '{"Tag": "Asset Tag"}' })).toMatchObject({
      state: 'failed',
      problem: expect.stringContaining('"Tag"'),
    });
  });

  test('a header without rows is an import of nothing', async () => {
    expect(await anImport(app, api, `${HEADER}\n`)).toMatchObject({ state: 'finished', total: 0, processed: 0 });
  });
});

test.each([
  ['UTF-8 with its mark, CRLF and semicolons', (text: string) => `\uFEFF${text.replaceAll(',', ';').replaceAll('\n', '\r\n')}`],
  ['tabs', (text: string) => text.replaceAll(',', '\t')],
  ['old line ends, and none at the end', (text: string) => text.replaceAll('\n', '\r').slice(0, -1)],
  ['empty rows', (text: string) => `\n\n${text}\n,,,\n\n`],
  ['other cases and spaces in its header', (text: string) => text.replace(HEADER, 'ASSET_TAG, model ,  category,LOCATION')],
])('a file with %s is read', async (_, change) => {
  expect(await anImport(app, api, change(aFile()))).toMatchObject({ state: 'finished', total: 1, created: 1 });
});

test('a mapping says which header is which', async () => {
  const content = `Inventory no.,Model,What it is,Place,Category\nM-1,Book,laptop,Dépôt,Furniture\n`;
  const mapping = JSON.stringify({ 'inventory NO': 'Asset Tag', 'What it is': 'category', Place: 'Location' });
  expect(await anImport(app, api, content, { mapping })).toMatchObject({ created: 1, unusedHeaders: ['Category'] });
});

describe('reading imports', () => {
  let id: string;
  beforeAll(async () => {
    const rows = Array.from({ length: 7 }, (_, place) => `R-${place},Book,${place % 2 ? 'Backhoe' : 'laptop'},Dépôt`);
    ({ id } = await anImport(app, api, [HEADER, ...rows].join('\n')));
  });

  test('rows come in the order of their lines, page by page, and by outcome', async () => {
    const first = expectStatus(await api.get(`/imports/${id}/rows?limit=3`), 200);
    expect(first.data[0]).toEqual({ line: 2, outcome: 'created', faults: [], notes: [] });
    const second = await api.get(`/imports/${id}/rows?limit=3&cursor=${first.nextCursor}`);
    expect(second.body.data.map(({ line }: { line: number }) => line)).toEqual([5, 6, 7]);
    expect(second.headers.get('link')).toContain('rel="next"');
    const failed = expectStatus(await api.get(`/imports/${id}/rows?outcome=failed`), 200);
    expect([failed.data.map(({ line }: { line: number }) => line), failed.nextCursor]).toEqual([[3, 5, 7], null]);
    expect((await api.get(`/imports/${id}/rows?outcome=unchanged`)).body.data).toEqual([]);
  });

  test('imports come in the order in which they were sent', async () => {
    const sent: string[] = [];
    for (const name of ['T-1', 'T-2', 'T-3']) sent.push((await anImport(app, api, `${HEADER}\n${name},Book,Acme,Cergy\n`)).id);
    const imports = await all(api, '/imports');
    expect(imports.slice(-3).map((each) => each.id)).toEqual(sent);
    const first = expectStatus(await api.get('/imports?limit=2'), 200);
    expect(expectStatus(await api.get(`/imports?limit=2&cursor=${first.nextCursor}`), 200).data[0]).toEqual(imports[2]);
  });

  test('bad input is told', async () => {
    expect((await api.get('/imports?limit=0')).body).toMatchObject({ status: 400, code: 'INVALID_LIMIT' });
    expect((await api.get('/imports?cursor=forged')).body).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
    expect((await api.get(`/imports/${id}/rows?cursor=forged.too`)).body).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
    expect((await api.get('/imports?kind=devices')).body).toMatchObject({ status: 400, code: 'UNKNOWN_PARAMETER' });
    expect((await api.get('/imports/x')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
    expect((await api.get(`/imports/${id}/rows?outcome=lost`)).body).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
  });

  test('what is not there, and what is another council’s, is 404', async () => {
    const stranger = (await aCouncil(app)).api;
    for (const path of ['', '/rows', '/errors.csv']) {
      expect((await api.get(`/imports/${newId()}${path}`)).status).toBe(404);
      expect((await stranger.get(`/imports/${id}${path}`)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    expect((await stranger.get('/imports')).body).toEqual({ data: [], nextCursor: null });
  });
});

describe('rights', () => {
  const paths = ['/imports', `/imports/${newId()}`, `/imports/${newId()}/rows`, `/imports/${newId()}/errors.csv`];

  test('nobody, and clients without the scope, are kept out', async () => {
    const writer = await aClient(app, council.id, ['imports:write', 'inventory:read']);
    const reader = await aClient(app, council.id, ['imports:read']);
    for (const path of paths) {
      expect((await api.anonymous.get(path)).status).toBe(401);
      expect((await writer.get(path)).status).toBe(403);
      expect([200, 404]).toContain((await reader.get(path)).status);
    }
    expect((await sendFile(api.anonymous, aFile())).status).toBe(401);
    expect((await sendFile(reader, aFile())).status).toBe(403);
    expect((await sendFile(writer, aFile())).status).toBe(202);
  });

  test('managers send files; auditors read; nobody else does either', async () => {
    const [school, site] = [await aSchool(api), await aSite(api)];
    const manager = await aPerson(app, council.id, 'council_manager');
    const auditor = await aPerson(app, council.id, 'auditor');
    const others = [
      await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
      await aPerson(app, council.id, 'desk_agent', { siteId: site.id }),
    ];
    expect((await sendFile(manager, aFile())).status).toBe(202);
    expect((await sendFile(auditor, aFile())).status).toBe(403);
    expect([(await manager.get('/imports')).status, (await auditor.get('/imports')).status]).toEqual([200, 200]);
    for (const person of others) {
      expect((await sendFile(person, aFile())).status).toBe(403);
      for (const path of paths) expect((await person.get(path)).status).toBe(403);
    }
  });
});

test('the document knows the form, and the log nothing of any file', async () => {
  const document = (await (await fetch(`${app.url}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, { post: { requestBody: { content: object }; responses: object } }>;
  };
  const { post } = document.paths['/api/v1/imports']!;
  expect(Object.keys(post.requestBody.content)).toEqual(['multipart/form-data']);
  expect(Object.keys(post.responses)).toEqual(expect.arrayContaining(['202', '400', '401', '403', '413', '415', '422', '503']));
  await anImport(app, api, `${HEADER}\nSECRET-TAG,Book,Backhoe,SECRET-PLACE\n`);
  expect(app.logged.join('\n')).not.toContain('SECRET');
});
