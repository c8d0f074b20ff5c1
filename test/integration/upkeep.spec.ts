import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AnnotatedMethodFinder } from '../../src/platform/outbox/annotated-method-finder.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

/** What is forgotten, and when: $1 is how long before, or after, the present it lies. */
const AGES: Readonly<Record<string, string>> = {
  sessions: `UPDATE sessions SET expires_at = now() - interval '1 day' + $1::interval`,
  access_tokens: `UPDATE access_tokens SET expires_at = now() + $1::interval`,
  sign_in_failures: `UPDATE sign_in_failures SET forget_at = $2::timestamptz + $1::interval`,
  idempotency_keys: `UPDATE idempotency_keys SET created_at = now() - interval '24 hours' + $1::interval`,
  outbox: `UPDATE outbox SET done_at = now() - interval '30 days' + $1::interval`,
};

const ask = <Row extends object>(text: string, values: unknown[] = []) =>
  onServer(app.databaseUrl, async (client) => (await client.query(text, values)).rows as Row[]);

/** The tables that hold something still. */
async function kept(): Promise<string[]> {
  const names = Object.keys(AGES);
  const counts = await Promise.all(names.map((name) => ask<{ count: string }>(`SELECT count(*) FROM ${name}`)));
  return names.filter((_, index) => Number(counts[index]?.[0]?.count) > 0);
}

async function forgetAt(age: string): Promise<void> {
  for (const text of Object.values(AGES)) await ask(text, text.includes('$2') ? [age, app.clock.now()] : [age]);
  for (const { name, call } of app.nest.get(AnnotatedMethodFinder).find<number, () => Promise<unknown>>('platform:every'))
    if (name.startsWith('forget')) await call();
}

test('what is kept for a time is forgotten after it, and not before', async () => {
  await aPerson(app, council.id, 'council_manager');
  const file = {
    contacts: [{ name: 'Nadia B.', relationship: 'parent' }],
    learners: [{ givenName: 'A', familyName: 'B', level: 'college' }],
  };
  expectStatus(await council.api.post('/households', file, { headers: { 'idempotency-key': '"one"' } }), 201);
  await aHousehold(council.api);
  await app.drain();
  expect((await council.api.post('/session', { email: 'nobody@example.org', password: 'wrong' })).status).toBe(401);
  await forgetAt('1 minute');
  expect(await kept()).toEqual(Object.keys(AGES));
  await forgetAt('-1 minute');
  expect(await kept()).toEqual([]);
});
