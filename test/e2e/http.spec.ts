import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aSchool } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

let app: TestApp;
let council: TestCouncil;
let school: Answer['body'];
beforeAll(async () => {
  app = await startTestApp({ IDEMPOTENCY_LEASE_SECONDS: '2' });
  council = await aCouncil(app);
  school = await aSchool(council.api);
});
afterAll(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json' };

/** Without the client's good manners. */
async function raw(method: string, path: string, init: { headers?: Record<string, string>; body?: string } = {}) {
  const answer = await fetch(`${app.url}${path}`, { method, ...init, headers: { ...council.api.headers, ...init.headers } });
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type') === 'application/problem+json; charset=utf-8';
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    problem: isProblem && text !== '' ? (JSON.parse(text) as Record<string, unknown>) : null,
  };
}

function expectProblem({ status, headers, problem }: Awaited<ReturnType<typeof raw>>, expected: number, code: string) {
  expect([status, problem?.code]).toEqual([expected, code]);
  expect(problem).toMatchObject({
    status: expected,
    type: `urn:passerelle:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title: expect.any(String),
    detail: expect.any(String),
  });
  expect(problem?.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/);
}

/** What is said to bytes that no client would send. */
async function overSocket(bytes: string, { until: end }: { until?: RegExp } = {}): Promise<string> {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.write(bytes);
  if (end) await until('the answer', () => end.test(said));
  else await closed;
  socket.destroy();
  return said;
}

describe('what cannot be read is a problem document', () => {
  const body = (text: string) => ({ headers: JSON_TYPE, body: text });

  test.each([
    ['broken JSON', body('{"code": '), 400, 'MALFORMED_BODY'],
    ['JSON with a trailing comma', body('{"code": "0951099D",}'), 400, 'MALFORMED_BODY'],
    ['__proto__', body('{"__proto__": {"role": "x"}}'), 400, 'MALFORMED_BODY'],
    ['a constructor that pollutes', body('{"constructor": {"prototype": {"role": "x"}}}'), 400, 'MALFORMED_BODY'],
    ['an unknown field', body('{"code": "0951099D", "name": "x", "level": "college", "colour": 1}'), 400, 'UNKNOWN_FIELD'],
    ['an unknown field beside a fault', body('{"code": "0", "colour": 1}'), 400, 'UNKNOWN_FIELD'],
    ['an array', body('[]'), 422, 'INVALID_INPUT'],
    ['text', body('"x"'), 422, 'INVALID_INPUT'],
    ['null', body('null'), 422, 'INVALID_INPUT'],
    ['a number', body('1'), 422, 'INVALID_INPUT'],
    ['nothing', { headers: JSON_TYPE }, 422, 'INVALID_INPUT'],
    ['no body and no type', {}, 422, 'INVALID_INPUT'],
    ['a NUL in a text', body('{"code": "0951099D", "name": "a\\u0000b", "level": "college"}'), 422, 'INVALID_INPUT'],
    ['plain text', { headers: { 'content-type': 'text/plain' }, body: 'x' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'code=0951099D' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a multipart form', { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['XML', { headers: { 'content-type': 'application/xml' }, body: '<x/>' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a content type that is none', { headers: { 'content-type': 'x' }, body: '{}' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['10 MB', body(JSON.stringify({ name: 'x'.repeat(10_000_000) })), 413, 'BODY_TOO_LARGE'],
    ['a list in lists in lists, 100,000 deep', body(`{"name": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`), 400, 'MALFORMED_BODY'],
    ['an object in objects, 10,000 deep', body(`{"name": ${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`), 400, 'MALFORMED_BODY'],
  ])('as a body: %s', async (_, init, status, code) => {
    expectProblem(await raw('POST', '/api/v1/schools', init), status, code);
  });

  test('a body without a content type', async () => {
    const said = await overSocket(
      `POST /api/v1/schools HTTP/1.1\r\nhost: x\r\nauthorization: ${council.api.headers.authorization}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`,
    );
    expect(said).toMatch(/^HTTP\/1.1 415 /);
    expect(said).toContain('"code":"UNSUPPORTED_MEDIA_TYPE"');
  });

  test.each([
    ['limit=0', 400, 'INVALID_LIMIT'],
    ['limit=9999', 400, 'INVALID_LIMIT'],
    ['limit=-1', 400, 'INVALID_LIMIT'],
    ['limit=1.5', 400, 'INVALID_LIMIT'],
    ['limit=abc', 400, 'INVALID_LIMIT'],
    ['limit=', 400, 'INVALID_LIMIT'],
    ['limit=1&limit=2', 400, 'INVALID_LIMIT'],
    ['colour=red', 400, 'UNKNOWN_PARAMETER'],
    ['colour=red&limit=0', 400, 'UNKNOWN_PARAMETER'],
    ['__proto__=x', 400, 'UNKNOWN_PARAMETER'],
    ['cursor=x', 400, 'INVALID_CURSOR'],
    ['cursor=', 400, 'INVALID_CURSOR'],
    ['cursor=WyJ4Il0.AAAAAAAAAAAAAAAAAAAAAA', 400, 'INVALID_CURSOR'],
    [`cursor=${'x'.repeat(1001)}`, 400, 'INVALID_CURSOR'],
    ['cursor=a&cursor=b', 400, 'INVALID_CURSOR'],
    ['cursor=%00', 400, 'INVALID_CURSOR'],
    ['code=%00', 422, 'INVALID_INPUT'],
  ])('as a query: %s', async (query, status, code) => {
    expectProblem(await raw('GET', `/api/v1/schools?${query}`), status, code);
  });

  test.each([
    ['PATCH', '/schools/1', '[]', 'INVALID_ID'],
    ['PATCH', '/schools/1', 'null', 'INVALID_ID'],
    ['PATCH', '/schools/1', '{"name": 1}', 'INVALID_ID'],
    ['POST', '/households/1/verifications', '"x"', 'INVALID_ID'],
    ['POST', '/devices/1/moves', '{"move": 7}', 'INVALID_ID'],
    ['PATCH', '/households/1/learners/2', '[]', 'INVALID_ID'],
  ])('what cannot be read comes before what is wrong: %s %s %s', async (method, path, text, code) => {
    expectProblem(await raw(method, `/api/v1${path}`, { headers: { ...JSON_TYPE, 'if-match': '*' }, body: text }), 400, code);
  });

  test('a cursor of another list, or of another program', async () => {
    await aSchool(council.api);
    const { nextCursor } = expectStatus(await council.api.get('/schools?limit=1'), 200);
    expectStatus(await council.api.get(`/schools?limit=1&cursor=${nextCursor}`), 200);
    expectProblem(await raw('GET', `/api/v1/sites?cursor=${nextCursor}`), 400, 'INVALID_CURSOR');
    const forged = `${Buffer.from('["00000000-0000-0000-0000-000000000000"]').toString('base64url')}.${String(nextCursor).split('.')[1]}`;
    expectProblem(await raw('GET', `/api/v1/schools?cursor=${forged}`), 400, 'INVALID_CURSOR');
  });

  test.each([
    ['/api/v1/schools/1', 400, 'INVALID_ID'],
    ['/api/v1/schools/%00', 400, 'INVALID_ID'],
    ["/api/v1/schools/'%20OR%201=1", 400, 'INVALID_ID'],
    [`/api/v1/schools/${'a'.repeat(100)}`, 400, 'INVALID_ID'],
    ['/api/v1/schools/%zz', 400, 'MALFORMED_REQUEST'],
    ['/api/v1/schools/%c3%28', 400, 'MALFORMED_REQUEST'],
    ['/api/v1/sch%00ools', 404, 'NOT_FOUND'],
    ['/api/v1/schools/', 404, 'NOT_FOUND'],
    ['/api/v1/Schools', 404, 'NOT_FOUND'],
    ['/api/v1//schools', 404, 'NOT_FOUND'],
    ['/nowhere', 404, 'NOT_FOUND'],
  ])('as a path: %s', async (path, status, code) => {
    expectProblem(await raw('GET', path), status, code);
  });

  test('a parameter of a path that is thousands of characters long', async () => {
    const { status, problem } = await raw('GET', `/api/v1/schools/${'a'.repeat(5000)}`);
    expect([400, 404, 414]).toContain(status);
    expect(problem?.code).toBeDefined();
  });

  test('an address longer than servers read', async () => {
    const said = await overSocket(`GET /api/v1/schools?q=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1.1 431 /);
    expect(said).toContain('content-type: application/problem+json');
    expect(said).toContain('"code":"MALFORMED_REQUEST"');
  });

  test('bytes that are not HTTP, and a method that is none', async () => {
    for (const bytes of ['hello\r\n\r\n', 'BREW / HTTP/1.1\r\nhost: x\r\n\r\n']) {
      const said = await overSocket(bytes);
      expect(said).toMatch(/^HTTP\/1.1 400 /);
      expect(JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4))).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST' });
    }
  });

  test('a method that the path does not take', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) expectProblem(await raw(method, '/api/v1/schools'), 404, 'NOT_FOUND');
  });

  test('nothing of what was wrong is logged', async () => {
    await raw('POST', '/api/v1/schools', { headers: JSON_TYPE, body: '{"name": "Nadia Secret"' });
    await raw('GET', '/api/v1/schools?q=NadiaSecret');
    await raw('GET', '/api/v1/households/NadiaSecret');
    expect(app.logged.join('')).not.toContain('Secret');
  });
});

describe('every answer', () => {
  test('HEAD is as GET, without a body', async () => {
    const { status, text, headers } = await raw('HEAD', `/api/v1/schools/${school.id}`);
    expect([status, text, headers.get('etag')]).toEqual([200, '', '"1"']);
    expect((await raw('HEAD', '/api/v1/schools', { headers: { authorization: '' } })).status).toBe(401);
    expect((await fetch(`${app.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  });

  test('has an id, and belongs to the trace of its request', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const { problem } = await raw('GET', '/api/v1/nothing', { headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } });
    expect(problem?.traceId).toBe(trace);
    for (const wrong of [
      'x',
      `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
      `ff-${trace}-00f067aa0ba902b7-01`,
      `00-${trace.toUpperCase()}-00f067aa0ba902b7-01`,
      `00-${trace}-00f067aa0ba902b7-01-more`,
      `01-${trace}-00f067aa0ba902b7-01more`,
    ]) {
      const answer = await raw('GET', '/api/v1/nothing', { headers: { traceparent: wrong } });
      expect(answer.problem?.traceId).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
      expect(answer.problem?.traceId).not.toBe(trace);
    }
    const later = await raw('GET', '/api/v1/nothing', { headers: { traceparent: `01-${trace}-00f067aa0ba902b7-01-more` } });
    expect(later.problem?.traceId).toBe(trace);
    const [one, other] = await Promise.all([
      raw('GET', '/api/v1/schools'),
      raw('GET', '/api/v1/schools', { headers: { 'x-request-id': 'mine' } }),
    ]);
    expect(one.headers.get('x-request-id')).not.toBe(other.headers.get('x-request-id'));
    expect(other.headers.get('x-request-id')).not.toBe('mine');
  });

  test('is one structured line in the log, without personal data and without the query', async () => {
    const from = app.logged.length;
    const { headers } = await raw('GET', '/api/v1/households?q=Nadia');
    const lines = await until('the line', () => (app.logged.length > from ? app.logged.slice(from) : null));
    expect(lines).toHaveLength(1);
    const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(line).toEqual({
      level: 30,
      time: expect.any(String),
      msg: 'request',
      requestId: headers.get('x-request-id'),
      traceId: expect.any(String),
      method: 'GET',
      route: '/api/v1/households',
      status: 200,
      milliseconds: expect.any(Number),
      caller: expect.stringMatching(/^client:/),
      council: council.id,
    });
    await raw('GET', '/api/v1/nowhere/Nadia');
    await until('the line', () => app.logged.some((each) => each.includes('"status":404')));
    expect(app.logged.join('')).not.toContain('Nadia');
  });

  test('that has a next page names it with every filter as it was sent', async () => {
    const tags = ['WHY?NOT-1', 'WHY?NOT-2', 'WHY-3'];
    for (const assetTag of tags) await aDevice(council.api, { assetTag });
    const { headers } = await raw('GET', '/api/v1/devices?limit=1&q=why?not');
    const next = /^<(.+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
    expect(new URL(next, app.url).searchParams.get('q')).toBe('why?not');
    expect(JSON.parse((await raw('GET', next)).text)).toMatchObject({ data: [{ assetTag: 'WHY?NOT-2' }], nextCursor: null });
  });

  test('says what is left of the rate', async () => {
    const { headers } = await raw('GET', '/api/v1/schools');
    expect(headers.get('ratelimit-policy')).toBe('"caller";q=1000000;w=60');
    expect(headers.get('ratelimit')).toMatch(/^"caller";r=\d+;t=\d+$/);
  });
});

describe('versions', () => {
  const patch = (headers: Record<string, string>) =>
    raw('PATCH', `/api/v1/schools/${school.id}`, { headers: { ...JSON_TYPE, ...headers }, body: '{"email": null}' });

  test('a change without If-Match: 428', async () => {
    expectProblem(await patch({}), 428, 'IF_MATCH_REQUIRED');
  });

  test.each(['"99"', 'W/"1"', '1', '"x"', '""', '"01"', '"98", "99"', 'W/"1", "99"', '*, "99"', '"999999999999999999999"'])(
    'with If-Match %s: 412',
    async (tag) => {
      expectProblem(await patch({ 'if-match': tag }), 412, 'VERSION_MISMATCH');
    },
  );

  test('with If-Match *, or the right one', async () => {
    const any = await patch({ 'if-match': '*' });
    expect([any.status, any.headers.get('etag')]).toEqual([200, '"2"']);
    expect((await patch({ 'if-match': '"2"' })).headers.get('etag')).toBe('"3"');
    // Any of a list (RFC 9110, 13.1.1).
    expect((await patch({ 'if-match': '"99", "3",W/"4"' })).headers.get('etag')).toBe('"4"');
  });

  test('of 20 changes at once upon one version one stands', async () => {
    const fresh = await aSchool(council.api);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => council.api.patch(`/schools/${fresh.id}`, 1, { name: `N${index}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
  });
});

describe('Idempotency-Key', () => {
  let key: string;
  let keys = 0;
  beforeEach(() => {
    key = `"key ${++keys}"`;
  });
  const model = (name: string) => ({ category: 'laptop', manufacturer: 'Acme', name });
  const post = (body: unknown, path = '/device-models', api = council.api) => api.post(path, body, { headers: { 'idempotency-key': key } });
  const models = async () => expectStatus(await council.api.get('/device-models?limit=200'), 200).data as { name: string }[];

  test('twenty at once have one effect; the others are told it, or to wait', async () => {
    for (let round = 0; round < 10; round++) {
      key = `"round ${round}"`;
      const answers = await Promise.all(Array.from({ length: 20 }, () => post(model(`Once ${round}`))));
      const made = answers.filter(({ status }) => status === 201);
      expect(new Set(made.map(({ body }) => body.id)).size).toBe(1);
      expect(made.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
      for (const { status, body, headers } of answers.filter((each) => each.status !== 201)) {
        expect([status, body.code, headers.get('retry-after')]).toEqual([409, 'IDEMPOTENCY_IN_FLIGHT', '1']);
      }
      expect((await models()).filter(({ name }) => name === `Once ${round}`)).toHaveLength(1);
    }
  });

  test('a repetition is answered as the first, headers too', async () => {
    const first = await post(model('Twice'));
    const again = await post(model('Twice'));
    expect([again.status, again.body]).toEqual([201, first.body]);
    for (const name of ['etag', 'location']) expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  test('with another body: 422', async () => {
    expectStatus(await post(model('First')), 201);
    expect((await post(model('Second'))).body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  test('a 422 is kept, and replayed', async () => {
    const first = await post({ ...model('x'), category: 'fridge' });
    const again = await post({ ...model('x'), category: 'fridge' });
    expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([422, 422, 'true']);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });

  test('a refusal may be tried again once its cause is gone', async () => {
    const { id } = await aDevice(council.api);
    const move = { move: 'pass_inspection', condition: 'good', dataWiped: true };
    expect((await post(move, `/devices/${id}/moves`)).status).toBe(409);
    expectStatus(await council.api.post(`/devices/${id}/moves`, { move: 'inspect', reason: 'noise' }), 200);
    expectStatus(await post(move, `/devices/${id}/moves`), 200);
  });

  test('what could not be read leaves the key free', async () => {
    expect((await post({ ...model('Free'), colour: 'red' })).status).toBe(400);
    expectStatus(await post(model('Free')), 201);
  });

  test('is forgotten after 24 hours, not before', async () => {
    const first = await post(model('Day'));
    // By the database's clock, whatever those of processes show.
    const isOlderBy = (seconds: number) =>
      onServer(app.databaseUrl, (client) =>
        client.query(`UPDATE idempotency_keys SET created_at = now() - interval '24 hours' + $1 * interval '1 second'`, [-seconds]),
      );
    await isOlderBy(-10);
    expect((await post(model('Day'))).body.id).toBe(first.body.id);
    await isOlderBy(10);
    const later = await post({ ...model('Day'), name: 'Another day' });
    expect(later.status).toBe(201);
    expect(later.body.id).not.toBe(first.body.id);
  });

  test('is in flight for as long as a file may come in, whatever the clock and the lease say', async () => {
    const start = app.clock.now().getTime();
    const slow = upload(key, 'Asset Tag\r\n');
    slow.sent.write(slow.form.slice(0, 100));
    const isRead = (condition: string) => async () =>
      ((
        await onServer(app.databaseUrl, (client) => client.query(`SELECT FROM idempotency_keys WHERE answered_at IS NULL AND ${condition}`))
      ).rowCount ?? 0) > 0;
    await until('it is begun', isRead('true'));
    // Its row is locked by the transaction that takes the file in: nobody renews the lease, and nobody may take the key.
    await until('its lease is over', isRead('leased_until < clock_timestamp()'), 20_000);
    app.clock.moveTo(new Date(start + 3600_000));
    const again = upload(key, 'Asset Tag\r\n');
    again.sent.end(again.form);
    expect((await again.answer).status).toBe(409);
    slow.sent.end(slow.form.slice(100));
    const taken = await slow.answer;
    expect(taken.status).toBe(202);
    const replayed = upload(key, 'Asset Tag\r\n');
    replayed.sent.end(replayed.form);
    expect(await replayed.answer).toEqual(taken);
    app.clock.moveTo(new Date(start));
  }, 60_000);

  test.each(['key', '""', '"', 'key"', `"${'x'.repeat(256)}"`, '"a\tb"'])('malformed, %j: 400', async (malformed) => {
    key = malformed;
    expect((await post(model('Malformed'))).body).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST' });
  });

  test('of 255 characters, quotes among them', async () => {
    key = `"${'"'.repeat(255)}"`;
    expectStatus(await post(model('Long')), 201);
  });

  test('is the caller’s own, and the path’s', async () => {
    const first = await post(model('Own'));
    const other = await aClient(app, council.id, ['inventory:write']);
    expect((await post(model('Own too'), '/device-models', other)).body.id).not.toBe(first.body.id);
    expectStatus(await post({ name: 'Fonds', funder: 'x' }, '/funds'), 201);
  });

  test('rights come before a replay', async () => {
    expectStatus(await post(model('Rights')), 201);
    const token = council.api.headers.authorization ?? '';
    await onServer(app.databaseUrl, (client) =>
      client.query(`UPDATE access_tokens SET scopes = '{loans:read}' WHERE council_id = $1 AND 'inventory:write' = ANY (scopes)`, [
        council.id,
      ]),
    );
    expect((await post(model('Rights'))).status).toBe(403);
    await onServer(app.databaseUrl, (client) =>
      client.query(
        'UPDATE access_tokens t SET scopes = c.scopes FROM api_clients c WHERE c.council_id = t.council_id AND c.id = t.client_id',
      ),
    );
    expect(token).not.toBe('');
    expectStatus(await post(model('Rights')), 201);
  });

  test('a secret that is shown once is not in the replay, nor kept', async () => {
    const client = { name: 'System', scopes: ['loans:read'] };
    const first = expectStatus(await post(client, '/clients'), 201);
    const again = expectStatus(await post(client, '/clients'), 201);
    const { secret, ...rest } = first;
    expect(secret).toEqual(expect.any(String));
    expect(again).toEqual(rest);
    const kept = await onServer(app.databaseUrl, (database) => database.query('SELECT body::text FROM idempotency_keys'));
    expect(JSON.stringify(kept.rows)).not.toContain(secret);
  });

  test('says nothing to GET and PATCH', async () => {
    const answer = await council.api.get('/device-models', { headers: { 'idempotency-key': 'malformed' } });
    expect(answer.status).toBe(200);
  });
});

/** A form with one file, to be sent piece by piece. */
function upload(key: string, content: string) {
  const part = (disposition: string, value: string) => `--x\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${value}\r\n`;
  const form = `${part('name="kind"', 'devices')}${part('name="mode"', 'apply')}${part('name="file"; filename="f.csv"', content)}--x--\r\n`;
  const headers = { ...council.api.headers, 'idempotency-key': key, 'content-type': 'multipart/form-data; boundary=x' };
  const sent = httpRequest(`${app.url}/api/v1/imports`, {
    method: 'POST',
    headers: { ...headers, 'content-length': Buffer.byteLength(form) },
  });
  const answer = new Promise<{ status?: number; location?: string }>((resolve) => {
    sent.on('response', (got) => {
      got.resume().on('end', () => resolve({ status: got.statusCode, location: got.headers.location }));
    });
  });
  return { form, sent, answer };
}

describe('cross-site requests', () => {
  test('a person’s write without the token of a page: 403; a read: 200', async () => {
    const { cookie } = (await aPerson(app, council.id, 'council_manager')).headers;
    expectProblem(
      await raw('POST', '/api/v1/schools', { headers: { authorization: '', cookie: cookie ?? '', ...JSON_TYPE }, body: '{}' }),
      403,
      'CSRF_TOKEN_INVALID',
    );
    expect((await raw('GET', '/api/v1/schools', { headers: { authorization: '', cookie: cookie ?? '' } })).status).toBe(200);
  });

  test('no origin is let in', async () => {
    const { headers } = await raw('GET', '/api/v1/schools', { headers: { origin: 'https://example.org' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a program that stops', () => {
  test('waits for a running request, and not for idle connections', async () => {
    const stopping = await startTestApp({}, { beside: app });
    const agent = new Agent({ keepAlive: true });
    const send = (method: string, path: string, body?: string) =>
      new Promise<number>((resolve, reject) => {
        const sent = httpRequest(
          `${stopping.url}/api/v1${path}`,
          { method, agent, headers: { ...council.api.headers, ...JSON_TYPE, 'if-match': '*' } },
          (answer) => {
            answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
          },
        );
        sent.on('error', reject).end(body);
      });
    await Promise.all([send('GET', '/schools'), send('GET', '/schools'), send('GET', '/schools')]);
    expect(Object.values(agent.freeSockets).flat().length).toBeGreaterThan(0);

    await onServer(app.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT 1 FROM schools WHERE id = $1 FOR UPDATE', [school.id]);
      const running = send('PATCH', `/schools/${school.id}`, '{"email": null}');
      const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'passerelle'`;
      await until('it waits', async () => ((await onServer(app.databaseUrl, (other) => other.query(waits))).rowCount ?? 0) > 0);
      const began = Date.now();
      let closed = false;
      const closing = stopping.close().then(() => {
        closed = true;
      });
      await until('it takes no new connection', () =>
        fetch(`${stopping.url}/healthz`).then(
          () => false,
          () => true,
        ),
      );
      expect(closed).toBe(false);
      await client.query('COMMIT');
      expect(await running).toBe(200);
      await closing;
      expect(Date.now() - began).toBeLessThan(10_000);
    });
    agent.destroy();
  });
});
