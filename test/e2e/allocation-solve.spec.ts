import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { aRandomRound, aRound } from '../support/rounds.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

const PATH = '/allocation/solve';
const round = aRound({ p1: 1, p2: 1 }, [['l1', 900, ['p1', 'p2']], ['l2', 800, ['p1', 'p2']], ['l3', 700, ['p1']], ['l4', 600, []]]); // prettier-ignore

test('who is served from which pool, and why others are not', async () => {
  const result = expectStatus(await council.api.post(PATH, round), 200);
  expect(result).toEqual({
    assignments: [{ line: 'l1', pool: 'p1', rank: 0 }, { line: 'l2', pool: 'p2', rank: 1 }],
    unserved: [
      { line: 'l3', reason: 'OUTRANKED', cutoff: { line: 'l2', score: 800, ticket: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      { line: 'l4', reason: 'NO_ELIGIBLE_POOL' },
    ],
    stats: { lines: 4, served: 2, capacity: 2, used: 2, rankSum: 1 },
  }); // prettier-ignore
  expect(expectStatus(await council.api.post(PATH, { ...round, lines: round.lines.toReversed() }), 200)).toEqual(result);
});

test('every fault is said with its place; unknown fields go first', async () => {
  const wrong = { seed: '0', pools: [...round.pools, ...round.pools], lines: [{ ...round.lines[0], score: 'high', pools: ['p9'] }] };
  const { status, body } = await council.api.post(PATH, wrong);
  expect([status, body.code]).toEqual([422, 'INVALID_INPUT']);
  expect(body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`)).toEqual([
    '/seed INVALID',
    '/pools/2/id DUPLICATE',
    '/pools/3/id DUPLICATE',
    '/lines/0/score WRONG_TYPE',
    '/lines/0/pools/0 UNKNOWN_REFERENCE',
  ]);
  const unknown = await council.api.post(PATH, { ...wrong, fund: 'f1' });
  expect([unknown.status, unknown.body.code, unknown.body.errors]).toEqual([
    400,
    'UNKNOWN_FIELD',
    [{ pointer: '/fund', code: 'UNKNOWN_FIELD', message: 'is not known here' }],
  ]);
  for (const body of ['[]', 'null', '1']) {
    const answer = await council.api.post(PATH, body);
    expect([answer.status, answer.body.errors]).toEqual([422, [{ pointer: '', code: 'WRONG_TYPE', message: 'must be a JSON object' }]]);
  }
});

test('more than 1 MiB is too much; less is answered while others are', async () => {
  const full = aRandomRound({ lines: 6000, pools: 40, devices: 2000, signatures: 500, demand: 'alike' }, 20_261_102);
  const [large, other] = await Promise.all([council.api.post(PATH, full), council.api.get('/council')]);
  expect(expectStatus(large, 200).stats).toMatchObject({ lines: 6000, capacity: 2000 });
  expectStatus(other, 200);
  const tooLarge = await council.api.post(PATH, { ...full, lines: [...full.lines, ...full.lines, ...full.lines] });
  expect([tooLarge.status, tooLarge.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
});

test('who may: those who may read allocations', async () => {
  expect((await council.api.anonymous.post(PATH, round)).status).toBe(401);
  expect((await (await aClient(app, council.id, ['allocation:write', 'requests:read'])).post(PATH, round)).status).toBe(403);
  expect((await (await aClient(app, council.id, ['allocation:read'])).post(PATH, round)).status).toBe(200);
  for (const role of ['council_manager', 'auditor'] as const) {
    expect((await (await aPerson(app, council.id, role)).post(PATH, round)).status).toBe(200);
  }
});
