import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, Api } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { conformanceOf } from '../support/conformance.js';
import { startPausingProgram } from '../support/pausing.js';
import { aCouncil } from '../support/people.js';
import { type PostContext, RECIPES, type PostRequest } from '../support/repeated-posts.js';
import { onServer } from '../support/test-database.js';
import { isThorough } from '../support/thorough.js';
import { until } from '../support/until.js';

const LEASE_SECONDS = '2';
/** Where a request is when its process is killed, in their order, and whether its effect stands then. */
const POINTS: readonly (readonly [point: string, stands: boolean])[] = [
  ['before-the-key-is-taken', false],
  ['after-the-key-is-taken', false],
  ['before-the-effect-is-committed', false],
  ['before-the-answer-is-kept', true],
  ['before-the-answer-is-sent', true],
];

/**
 * Whether the operation with this number is killed at this point: `npm run test:faults` kills each at all of them. `npm test` kills each once
 * before its effect stands, and once when it stands and its answer is not kept: what is read again then is another thing for each operation.
 * Answers that are kept are sent again in one way, so a tenth of the operations tries that.
 */
function isKilledAt(point: string, stands: boolean, number: number): boolean {
  if (isThorough) return true;
  if (stands) return point === 'before-the-answer-is-kept' || number % 10 === 0;
  const before = POINTS.filter((each) => !each[1]);
  return before[number % before.length]?.[0] === point;
}

/** What they say first is in no replay. */
const SHOWN_ONCE = [
  'POST /clients',
  'POST /clients/{id}/rotation',
  'POST /households/{id}/access-codes',
  'POST /households/{id}/helpers',
  'POST /session/totp',
];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ IDEMPOTENCY_LEASE_SECONDS: LEASE_SECONDS });
});
afterAll(() => app.close());

interface Tried extends PostContext {
  readonly operation: string;
  readonly key: string;
  readonly sent: PostRequest;
  /** Audit events of the council before. */
  readonly before: number;
}

const send = (url: string, { api, sent, key }: Tried): Promise<Answer> =>
  new Api(url, (sent.as ?? api).headers).send('POST', sent.path, sent.body ?? {}, { headers: { 'idempotency-key': `"${key}"` } });

const auditEvents = (councilId: string): Promise<number> =>
  onServer(app.databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT count(*)::integer AS events FROM audit_events WHERE council_id = $1', [councilId]);
    return rows[0].events as number;
  });

/** The answer once nobody has the key any more. */
const answered = (tried: Tried): Promise<Answer> =>
  until(`${tried.operation} is answered`, async () => {
    const answer = await send(app.url, tried);
    return answer.body.code === 'IDEMPOTENCY_IN_FLIGHT' ? null : answer;
  });

const saidBy = ({ status, headers, body }: Answer) => ({ status, body, etag: headers.get('etag'), location: headers.get('location') });
const replayed = ({ headers }: Answer) => headers.get('idempotency-replayed') === 'true';

test('every POST with an effect has a recipe here (test/support/repeated-posts.ts), and every other says that it has none', async () => {
  const { operations } = await conformanceOf(app.url);
  const posts = operations.filter(({ method }) => method === 'POST');
  const named = (...effects: (string | undefined)[]) =>
    posts
      .filter(({ effect }) => effects.includes(effect))
      .map(({ name }) => name)
      .sort();
  expect(named(undefined)).toEqual([]);
  expect(named('makes', 'changes')).toEqual(Object.keys(RECIPES).sort());
  expect(named('none')).toEqual([
    'POST /allocation/solve',
    'POST /needs/plan',
    'POST /notice-templates/preview',
    'POST /priority-policies/preview',
  ]);
  expect(named('own')).toEqual([
    'POST /invitations/acceptance',
    'POST /oauth/token',
    'POST /public/{councilCode}/sms-receipts',
    'POST /session',
    'POST /session/family',
    // Its SMS leaves at once, and nothing is stored: sent again, it is tried again.
    'POST /sms-gateway/test',
  ]);
});

describe.each(POINTS)('killed %s', (point, stands) => {
  test('every POST that is killed there is done once, and answered as the first time', async () => {
    const recipes = Object.entries(RECIPES).filter((_, number) => isKilledAt(point, stands, number));
    expect(recipes.length).toBeGreaterThan(4);
    const tried: Tried[] = [];
    for (const [operation, recipe] of recipes) {
      const place = { app, ...(await aCouncil(app)) };
      const sent = await recipe(place).catch((error: unknown) => {
        throw new Error(`what ${operation} needs could not be made: ${(error as Error).message}`, { cause: error });
      });
      tried.push({ ...place, operation, key: `pause:${point}:${operation}`, sent, before: await auditEvents(place.id) });
    }
    const program = await startPausingProgram(app, { IDEMPOTENCY_LEASE_SECONDS: LEASE_SECONDS });
    const early: string[] = [];
    for (const each of tried) {
      send(program.url, each).then(
        ({ status, body }) => early.push(`${each.operation}: ${status} ${JSON.stringify(body)}`),
        () => undefined,
      );
    }
    await until('all are where they go no further', () => early.length > 0 || program.paused.size === tried.length, 60_000);
    expect(early).toEqual([]);
    await program.kill();

    const faults: string[] = [];
    for (const each of tried) {
      const left = (await auditEvents(each.id)) - each.before;
      const first = await answered(each);
      const done = (await auditEvents(each.id)) - each.before;
      const again = await send(app.url, each);
      const doneAgain = (await auditEvents(each.id)) - each.before;
      const isRight =
        [200, 201, 202].includes(first.status) &&
        (stands ? left === done : left === 0) &&
        done > 0 &&
        doneAgain === done &&
        replayed(first) === stands &&
        replayed(again) &&
        (!stands && SHOWN_ONCE.includes(each.operation)
          ? first.status === again.status
          : isDeepStrictEqual(saidBy(first), saidBy(again))) &&
        (first.headers.get('location') === null || (await isThere(each, first)));
      if (!isRight)
        faults.push(`${each.operation}: ${JSON.stringify([left, done, doneAgain, replayed(first), saidBy(first), saidBy(again)])}`);
    }
    expect(faults).toEqual([]);
  }, 300_000);
});

/** Whether the Location of what was made leads to it; learners are read with their household. */
async function isThere({ operation, sent, api }: Tried, answer: Answer): Promise<boolean> {
  const path = (answer.headers.get('location') ?? '').replace('/api/v1', '');
  if (['POST /households/{id}/learners', 'POST /pickup-slots'].includes(operation)) return true;
  return (await (sent.as ?? api).get(path)).status === 200;
}
