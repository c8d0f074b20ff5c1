import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Conformance, conformanceOf, type Operation } from '../support/conformance.js';
import { longestHold } from '../support/loop-probe.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { isThorough } from '../support/thorough.js';
import { textsOf, worstBodies } from '../support/worst-bodies.js';
import { sendFile } from '../support/upload.js';
import { aWorld, bodyIn, pathIn, type World } from '../support/world.js';

// Every operation of the OpenAPI document is sent the worst that fits into one request, signed in and not: none may keep others waiting.
// `npm test` sends each operation some of it, so that everything is sent to some; `npm run test:thorough` sends all to all.

const MOST_MS = 100;
const MOST_BYTES = 64 * 1024;
/** What other work of this process or this machine costs now and then, such as collecting garbage, is not there six times. */
const TRIES = 6;
/** The longest that address and headers may be, with room for the rest. */
const HEADERS = 15_000;
const PATIENCE = 900_000;
/** Of what could be sent to an operation, one of so many is. */
const ONE_OF = isThorough ? 1 : 12;
const FORM = 'application/x-www-form-urlencoded';

let app: TestApp;
let council: TestCouncil;
let world: World;
let person: Awaited<ReturnType<typeof aPerson>>;
let api: Conformance;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  world = await aWorld(council.api, app.drain);
  person = await aPerson(app, council.id, 'council_manager');
  api = await conformanceOf(app.url);
}, 120_000);
afterAll(async () => {
  agent.destroy();
  await app.close();
});

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: Buffer;
}

/** Status and size of the answer; what is sent is ready beforehand, so that this thread has little to do but to answer it. */
function send({ method, path, headers, body }: Sent): Promise<{ status: number; bytes: number; start: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${app.url}${path}`, { method, agent, headers: { ...headers, 'content-length': body?.length ?? 0 } });
    request.once('error', reject);
    request.once('response', (answer) => {
      let bytes = 0;
      let start = '';
      answer.on('data', (chunk: Buffer) => {
        if (bytes === 0) start = chunk.subarray(0, 300).toString();
        bytes += chunk.length;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, bytes, start }));
      answer.once('error', reject);
    });
    request.end(body);
  });
}

const isFaulty = (status: number) => status >= 400;

/** What is wrong with the answer to a request, in words; null when nothing is. */
async function faultOf(name: string, sent: Sent, { mustFail = true } = {}): Promise<string | null> {
  let least = Infinity;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const { value, holdMs } = await longestHold(() =>
      send(sent).catch((error: unknown) => ({ status: 0, bytes: 0, start: String(error) })),
    );
    if (value.status === 0) return `${name}: ${value.start}`;
    if (value.status >= 500 && value.status !== 503) return `${name}: ${value.status} ${value.start}`;
    if (mustFail && !isFaulty(value.status)) return `${name}: ${value.status}, though it is wrong`;
    if (isFaulty(value.status) && value.bytes > MOST_BYTES) return `${name}: ${value.status} with ${value.bytes} bytes`;
    least = Math.min(least, holdMs);
    if (least <= MOST_MS) return null;
  }
  return `${name}: holds the event loop for ${Math.round(least)} ms`;
}

/** The headers of a caller who may call it. */
function callerOf(operation: Operation): OutgoingHttpHeaders {
  const precondition = ['PUT', 'PATCH', 'DELETE'].includes(operation.method) ? { 'if-match': '*' } : {};
  if (operation.isPublic) return precondition;
  return { ...(operation.rights?.scope ? council.api.headers : person.headers), ...precondition };
}

/** Another part of them for each operation. */
function someOf<T>(all: readonly T[], operation: Operation): T[] {
  const place = api.operations.indexOf(operation);
  return all.filter((_, index) => (index + place) % ONE_OF === 0);
}

const addressOf = (operation: Operation) => `/api/v1${pathIn(world, operation)}`;
const hasJson = ({ requestBody }: Operation) => requestBody?.content['application/json'] !== undefined;

test(
  'bodies, signed in',
  async () => {
    const faults: string[] = [];
    for (const operation of api.operations.filter(hasJson)) {
      const headers = { ...callerOf(operation), 'content-type': 'application/json' };
      const bodies = worstBodies(operation, api.document, bodyIn(world, operation, api.document));
      for (const { name, body } of someOf(bodies, operation)) {
        const mustFail = !/longest texts|allowed$/.test(name);
        const sent = { method: operation.method, path: addressOf(operation), headers, body: body() };
        faults.push(...[await faultOf(`${operation.name}, ${name}`, sent, { mustFail })].flatMap((fault) => fault ?? []));
      }
    }
    expect(faults).toEqual([]);
  },
  PATIENCE,
);

test(
  'bodies, by nobody',
  async () => {
    const body = Buffer.from(`[${'{},'.repeat(340_000)}{}]`);
    const faults: string[] = [];
    for (const operation of api.operations.filter((each) => hasJson(each) && !each.isPublic)) {
      const sent = { method: operation.method, path: addressOf(operation), headers: { 'content-type': 'application/json' }, body };
      const fault = await faultOf(operation.name, sent);
      if (fault) faults.push(fault);
    }
    expect(faults).toEqual([]);
  },
  PATIENCE,
);

describe('forms', () => {
  const forms: [string, string][] = [
    ['a hundred thousand fields', 'a=b&'.repeat(100_000)],
    ['a hundred thousand different fields', Array.from({ length: 100_000 }, (_, index) => `k${index}=1`).join('&')],
    ['a hundred thousand signs between nothing', '&'.repeat(1_000_000)],
    ['a field of 1 MiB', `scope=${'a'.repeat(1_000_000)}`],
    ['a field of blanks', `scope=${'+'.repeat(1_000_000)}`],
    ['a name of 1 MiB', `${'a'.repeat(1_000_000)}=1`],
    ['escapes', `scope=${'%41'.repeat(340_000)}`],
    ['broken escapes', `scope=${'%'.repeat(1_000_000)}`],
  ];

  test(
    'with more than any form has',
    async () => {
      const faults: string[] = [];
      for (const operation of api.operations.filter(({ requestBody }) => requestBody?.content[FORM] !== undefined)) {
        for (const [name, form] of forms) {
          const headers = { 'content-type': FORM, authorization: `Basic ${Buffer.from('a:b').toString('base64')}` };
          const sent = { method: operation.method, path: addressOf(operation), headers, body: Buffer.from(form) };
          const fault = await faultOf(`${operation.name}, ${name}`, sent);
          if (fault) faults.push(fault);
        }
      }
      expect(faults).toEqual([]);
    },
    PATIENCE,
  );

  test(
    'with a file',
    async () => {
      const part = (name: string, value: string) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
      const bodies: [string, string][] = [
        ['many fields', Array.from({ length: 16_000 }, (_, index) => part(`k${index}`, '')).join('')],
        [
          'many files',
          'x'.repeat(1) &&
            Array.from({ length: 9000 }, () => `--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n`).join(''),
        ],
        ['a field of 1 MiB', part('kind', 'a'.repeat(1_000_000))],
        ['a name of 1 MiB', part('a'.repeat(1_000_000), 'a')],
        ['many headers', `--x\r\n${'a: b\r\n'.repeat(150_000)}\r\n`],
        ['many line breaks', `--x\r\n${'\r\n'.repeat(500_000)}`],
        ['many borders', '--x\r\n'.repeat(200_000)],
        ['nearly borders', '\r\n--'.repeat(250_000)],
      ];
      const faults: string[] = [];
      for (const operation of api.operations.filter(({ requestBody }) => requestBody?.content['multipart/form-data'] !== undefined)) {
        for (const [name, text] of bodies) {
          const headers = { ...callerOf(operation), 'content-type': 'multipart/form-data; boundary=x' };
          const sent = { method: operation.method, path: addressOf(operation), headers, body: Buffer.from(`${text}--x--\r\n`) };
          const fault = await faultOf(`${operation.name}, ${name}`, sent);
          if (fault) faults.push(fault);
        }
      }
      expect(faults).toEqual([]);
    },
    PATIENCE,
  );
});

test(
  'files, whose rows a job reads',
  async () => {
    const cells = (count: number, piece: (index: number) => string) => Array.from({ length: count }, (_, index) => piece(index)).join(',');
    const files: [string, string][] = [
      ['signs that end nothing', `Asset Tag,Model Name\n${')'.repeat(1_000_000)}x,Book\n`],
      ['marks on one letter', `Asset Tag,Model Name\na${'\u0301\u0316'.repeat(120_000)},a${'\u0301\u0316'.repeat(120_000)}\n`],
      ['half a million headers', `${cells(500_000, () => 'a')}\n`],
      ['headers that are all known', `${cells(90_000, () => 'Asset Tag')}\n1\n`],
      ['a name of 1 MiB', `Asset Tag,${'é'.repeat(500_000)}\n1,2\n`],
      ['a formula of quotation marks', `Asset Tag,Model Name\n"=${'""'.repeat(500_000)}",x\n`],
      [
        'rows of letters that are folded',
        `Asset Tag,Model Name,Category,Notes\n${`,${'ÀÉ'.repeat(50)},Ordinateur,${'é'.repeat(900)}\n`.repeat(450)}`,
      ],
      ['rows of nothing', `Asset Tag,Model Name\n${','.repeat(1)}\n`.repeat(60_000)],
    ];
    const faults: string[] = [];
    for (const [name, text] of files) {
      const { id } = expectStatus(await sendFile(council.api, text), 202);
      const { holdMs } = await longestHold(() => app.drain());
      const { state } = expectStatus(await council.api.get(`/imports/${id}`), 200);
      if (holdMs > MOST_MS || !['finished', 'failed'].includes(state)) faults.push(`${name}: ${state}, ${Math.round(holdMs)} ms`);
    }
    expect(faults).toEqual([]);
  },
  PATIENCE,
);

test(
  'queries',
  async () => {
    const faults: string[] = [];
    const encoded = textsOf(1500).map((text) => encodeURIComponent(text).slice(0, HEADERS).replace(/%.?$/, ''));
    for (const operation of api.operations.filter(({ method }) => method === 'GET')) {
      const names = operation.parameters.filter((each) => each.in === 'query').map(({ name }) => name);
      const queries = [
        Array.from({ length: 2500 }, (_, index) => `k${index}`).join('&'),
        'a&'.repeat(HEADERS / 2),
        '__proto__=1&constructor=1',
        ...names.map((name) => `${name}=1&`.repeat(HEADERS / (name.length + 3))),
        ...names.flatMap((name) => encoded.map((text) => `${name}=${text}`)),
      ];
      for (const query of someOf(queries, operation)) {
        const sent = { method: 'GET', path: `${addressOf(operation)}?${query}`, headers: callerOf(operation) };
        const fault = await faultOf(`${operation.name}?${query.slice(0, 40)}`, sent, { mustFail: false });
        if (fault) faults.push(fault);
      }
    }
    expect(faults).toEqual([]);
  },
  PATIENCE,
);

test(
  'headers',
  async () => {
    const headers: OutgoingHttpHeaders[] = [
      { 'accept-language': Array.from({ length: 2500 }, (_, index) => `x${index}`).join(',') },
      { 'accept-language': 'fr;q=0.1,'.repeat(HEADERS / 9) },
      { 'accept-language': ','.repeat(HEADERS) },
      { accept: 'text/html;q=0.5;a;a;a,'.repeat(HEADERS / 22) },
      { accept: ';'.repeat(HEADERS) },
      { cookie: 'a=b;'.repeat(HEADERS / 4) },
      { cookie: `passerelle_session=${'%25'.repeat(HEADERS / 4)}` },
      { 'if-match': '"1",'.repeat(HEADERS / 4) },
      { 'idempotency-key': `"${'a'.repeat(HEADERS)}"` },
      { authorization: `Bearer ${'a '.repeat(HEADERS / 2)}` },
      { authorization: `Basic ${'a'.repeat(HEADERS)}` },
      { 'content-type': `application/json;${'a;'.repeat(HEADERS / 3)}` },
      { 'content-type': `multipart/form-data; boundary=${'a'.repeat(HEADERS / 2)}` },
      { traceparent: '0'.repeat(HEADERS) },
      { origin: `http://${'a.'.repeat(HEADERS / 3)}` },
      { 'x-forwarded-for': '1.1.1.1,'.repeat(HEADERS / 9) },
    ];
    const faults: string[] = [];
    for (const operation of api.operations) {
      for (const each of someOf(headers, operation)) {
        const body = hasJson(operation) ? Buffer.from('{}') : undefined;
        const ordinary = { ...callerOf(operation), ...(body && { 'content-type': 'application/json' }) };
        const sent = { method: operation.method, path: addressOf(operation), headers: { ...ordinary, ...each }, ...(body && { body }) };
        const name = `${operation.name}, ${JSON.stringify(each).slice(0, 40)}`;
        const fault = await faultOf(name, sent, { mustFail: false });
        if (fault) faults.push(fault);
      }
    }
    expect(faults).toEqual([]);
  },
  PATIENCE,
);
