import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Conformance, conformanceOf } from '../support/conformance.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { until } from '../support/until.js';
import { aWorld, pathIn, type World } from '../support/world.js';

let app: TestApp;
let council: TestCouncil;
let world: World;
let api: Conformance;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  world = await aWorld(council.api, app.drain);
  api = await conformanceOf(app.url);
}, 120_000);
afterAll(() => app.close());

async function open({ allowHalfOpen = false } = {}): Promise<Socket> {
  const { hostname, port } = new URL(app.url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen });
  await once(socket, 'connect');
  return socket;
}

/** However it comes: who goes on writing is told by an error first. */
const closed = (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));

/** Everything that is answered to these bytes, and after how long it ends. */
async function overSocket(bytes: string): Promise<{ said: string; milliseconds: number }> {
  const begun = performance.now();
  const socket = await open();
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return { said, milliseconds: performance.now() - begun };
}

function expectProblemOf(said: string, status: number, detail: RegExp): void {
  expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(said).toMatch(/\r\ncontent-type: application\/problem\+json; charset=utf-8\r\n/i);
  expect(JSON.parse(said.slice(said.indexOf('\r\n\r\n') + 4))).toMatchObject({ status, detail: expect.stringMatching(detail) });
}

const headersText = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');

/** What was logged of more than an ordinary request. */
const complaints = (from: number) => app.logged.slice(from).filter((line) => (JSON.parse(line) as { level: number }).level > 30);
const requestsSince = (from: number) => app.logged.slice(from).filter((line) => line.includes('"msg":"request"'));

describe('a caller who hangs up', () => {
  test('in the middle of a body is no fault of ours, nor of the database', async () => {
    const from = app.logged.length;
    let attempts = 0;
    // Who calls is looked up after the request has begun. Whoever hangs up before that is logged without a name; the next one stays longer.
    const named = await until('a line that names who hung up', async () => {
      attempts += 1;
      const socket = await open();
      socket.write(
        `POST /api/v1/schools HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n${headersText(council.api.headers)}\r\n{"name":`,
      );
      expectStatus(await council.api.get('/council'), 200);
      await pause(10 * (attempts - 1));
      socket.resetAndDestroy();
      const lines = () => requestsSince(from).filter((each) => each.includes('"method":"POST"'));
      await until('its line', () => lines().length === attempts);
      return lines().find((line) => line.includes('"caller":"client:'));
    });
    expect(JSON.parse(named)).toMatchObject({ hungUp: true, caller: expect.stringMatching(/^client:/) });
    expect(complaints(from)).toEqual([]);
  });

  test('in the middle of a file is none either', async () => {
    const from = app.logged.length;
    const socket = await open();
    socket.write(
      `POST /api/v1/imports HTTP/1.1\r\nhost: x\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 100000\r\n${headersText(council.api.headers)}\r\n--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nAsset Tag\r\n`,
    );
    expectStatus(await council.api.get('/council'), 200);
    socket.resetAndDestroy();
    await until('the line', () => requestsSince(from).some((each) => each.includes('"route":"/api/v1/imports"')));
    expect(complaints(from)).toEqual([]);
  });

  test('in the middle of an answer is none either', async () => {
    const files = api.operations.filter(({ method, name }) => method === 'GET' && /file|csv/.test(name));
    expect(files.length).toBeGreaterThan(1);
    for (const operation of files) {
      const from = app.logged.length;
      const path = `/api/v1${pathIn(world, operation)}`;
      const socket = await open();
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n${headersText(council.api.headers)}\r\n`);
      await once(socket, 'data');
      socket.resetAndDestroy();
      await until('the line', () => requestsSince(from).length > 0);
      expect([operation.name, complaints(from)]).toEqual([operation.name, []]);
    }
  });
});

describe('what Node would answer by itself is a problem document', () => {
  test('an expectation that nobody can meet: 417', async () => {
    const { said } = await overSocket('GET /healthz HTTP/1.1\r\nhost: x\r\nexpect: 200-ok\r\n\r\n');
    expectProblemOf(said, 417, /100-continue/);
  });

  test('whoever waits for 100 Continue is told to go on', async () => {
    const body = JSON.stringify({ code: '0951099D', name: 'Collège Jean Moulin', level: 'college' });
    const headers = {
      ...council.api.headers,
      'content-type': 'application/json',
      expect: '100-continue',
      'content-length': body.length + 1,
    };
    const request = httpRequest(`${app.url}/api/v1/schools`, { method: 'POST', headers });
    request.flushHeaders();
    await once(request, 'continue');
    request.end(body);
    const [answer] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
    answer.resume();
    expect(answer.statusCode).toBe(201);
  });

  test.each(['/healthz', '/api/v1/schools', '/nowhere'])('a request for %s without Host: 400', async (path) => {
    const { said } = await overSocket(`GET ${path} HTTP/1.1\r\nconnection: close\r\n\r\n`);
    expectProblemOf(said, 400, /Host/);
  });

  test('HTTP/1.0 needs no Host', async () => {
    const { said } = await overSocket('GET /healthz HTTP/1.0\r\n\r\n');
    expect(said).toMatch(/^HTTP\/1.1 200 /);
  });

  test('a tunnel: 400', async () => {
    const { said } = await overSocket('CONNECT example.org:443 HTTP/1.1\r\nhost: example.org\r\n\r\n');
    expectProblemOf(said, 400, /proxy/);
  });

  test('a tunnel that is torn down before it is refused, or after, harms nobody', async () => {
    for (const waitMs of [0, 0, 1, 5, 20]) {
      const socket = await open();
      socket.on('error', () => undefined);
      socket.write('CONNECT example.org:443 HTTP/1.1\r\nhost: example.org\r\n\r\n');
      if (waitMs > 0) await pause(waitMs);
      socket.resetAndDestroy();
    }
    await pause(50);
    expectStatus(await council.api.get('/council'), 200);
  });

  test('whoever was refused and stays all the same is cut off', async () => {
    const socket = await open({ allowHalfOpen: true });
    socket.on('error', () => undefined).resume();
    socket.write('CONNECT example.org:443 HTTP/1.1\r\nhost: example.org\r\n\r\n');
    const drops = setInterval(() => socket.write('x'), 100);
    await closed(socket);
    clearInterval(drops);
  });

  test('lengths that contradict each other: 400', async () => {
    const { said } = await overSocket(
      'POST /session HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expectProblemOf(said, 400, /HTTP/);
  });
});

test('headers that come drop by drop are cut off after 15 seconds, as promised', async () => {
  const begun = performance.now();
  // It goes on although it was told to end.
  const socket = await open({ allowHalfOpen: true });
  let said = '';
  socket.setEncoding('utf8').on('data', (text: string) => (said += text));
  socket.on('error', () => undefined);
  socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n');
  const drops = setInterval(() => socket.write('x: y\r\n'), 150);
  await closed(socket);
  clearInterval(drops);
  expectProblemOf(said, 408, /in time/);
  const seconds = (performance.now() - begun) / 1000;
  expect(seconds).toBeGreaterThan(14);
  expect(seconds).toBeLessThan(20);
}, 60_000);

test('a content type that is not taken: 415, which the document has, with the one that is', async () => {
  const person = await aPerson(app, council.id, 'council_manager');
  const writes = api.operations.filter(({ method }) => method !== 'GET');
  const faults: string[] = [];
  for (const operation of writes) {
    const caller = operation.rights?.scope || operation.isPublic ? council.api : person;
    const headers = { 'content-type': 'text/plain', 'if-match': '*' };
    // What is answered is held against the document by `send`.
    const answer = await caller.send(operation.method, pathIn(world, operation), 'x', { headers });
    const wanted = Object.keys(operation.requestBody?.content ?? { 'application/json': {} })[0] ?? '';
    const isRight = answer.status === 415 && answer.headers.get('accept') === wanted && String(answer.body.detail).includes(wanted);
    if (!isRight) faults.push(`${operation.name}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }
  expect(faults).toEqual([]);
});

test('a long part of a form that has no name is read over', async () => {
  const body = `--x\r\n\r\n${'a'.repeat(1_000_000)}\r\n--x--\r\n`;
  const headers = { ...council.api.headers, 'content-type': 'multipart/form-data; boundary=x' };
  const answer = await fetch(`${app.url}/api/v1/imports`, { method: 'POST', headers, body, signal: AbortSignal.timeout(20_000) });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'INVALID_INPUT']);
});

test('a GET is answered whatever content type it names', async () => {
  expectStatus(await council.api.get('/council', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }), 200);
});

test('no page is shown inside another one', async () => {
  const pages: string[] = [];
  const addresses = [
    '/docs',
    ...api.operations
      .filter(({ method }) => method === 'GET')
      .map((operation) => `/api/v1${pathIn(world, operation)}${world.queries[operation.name] ?? ''}`),
  ];
  for (const address of addresses) {
    const answer = await fetch(`${app.url}${address}`, { headers: { ...council.api.headers, accept: 'text/html' } });
    await answer.arrayBuffer();
    if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
    pages.push(address);
    expect([address, answer.headers.get('content-security-policy')]).toEqual([
      address,
      expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
    ]);
  }
  expect(pages.length).toBeGreaterThan(2);
});

describe('the metrics', () => {
  const asked = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers });
  const TOKEN = 'a-token-of-the-operator';

  test('are for whoever sits at this machine', async () => {
    expect((await asked(app.url)).status).toBe(200);
    expect((await asked(app.url, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(404);
    const foreign = await overSocket('GET /metrics HTTP/1.1\r\nhost: passerelle.example.org\r\nconnection: close\r\n\r\n');
    expectProblemOf(foreign.said, 404, /./);
  });

  test('and for whoever has the token, where there is one', async () => {
    const other = await startTestApp({ METRICS_TOKEN: TOKEN }, { beside: app });
    try {
      const far = { 'x-forwarded-for': '192.0.2.1' };
      expect((await asked(other.url, { ...far, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
      expect((await asked(other.url, { ...far, authorization: `Bearer ${TOKEN}x` })).status).toBe(401);
      const unsigned = await asked(other.url, far);
      expect([unsigned.status, unsigned.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="metrics"']);
      expect((await asked(other.url)).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});
