import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { aCouncil, aFamily, aPerson, type TestCouncil } from '../support/people.js';

const PATH = '/help-texts';
const OURS = { topic: 'charging', language: 'tr', text: 'Akşam şarj edin.\n\nSabah hazır.' };

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  council = await aCouncil(app);
});
afterAll(() => app.close());

const find = ({ texts }: Answer['body'], topic: string, language: string) =>
  (texts as (typeof OURS & { own: boolean })[]).find((each) => each.topic === topic && each.language === language);

test('a new council has the shipped texts: four, in eight languages', async () => {
  const answer = await council.api.get(PATH);
  expect([answer.status, answer.headers.get('etag'), answer.body.version, answer.body.texts.length]).toEqual([200, '"0"', null, 32]);
  const french = find(answer.body, 'charging', 'fr');
  expect([french?.own, french?.text.includes('Branchez-le le soir')]).toEqual([false, true]);
});

test('texts are put whole, under their version, and what is not named is shipped again', async () => {
  const first = await council.api.put(PATH, null, { texts: [OURS] });
  expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
  expect(find(first.body, 'charging', 'tr')).toEqual({ ...OURS, own: true });
  expect((await council.api.put(PATH, null, { texts: [] })).status).toBe(412);
  expect((await council.api.send('PUT', PATH, { texts: [] })).status).toBe(428);
  const second = expectStatus(await council.api.put(PATH, 1, { texts: [{ ...OURS, language: 'fr' }] }), 200);
  expect([find(second, 'charging', 'tr')?.own, find(second, 'charging', 'fr')?.own, second.version]).toEqual([false, true, 2]);
  expect((await council.api.get(PATH)).body).toEqual(second);
  expect((await council.api.get('/audit-events?action=help_texts.replaced')).body.data).toHaveLength(2);
});

test('what is wrong is said with its place', async () => {
  const refused = await council.api.put(PATH, null, { texts: [OURS, { ...OURS, text: 'Başka' }] });
  expect(refused.body.errors).toMatchObject([{ pointer: '/texts/1', code: 'DUPLICATE' }]);
  const wrong = await council.api.put(PATH, null, { texts: [{ topic: 'cooking', language: 'de', text: ' ' }] });
  expect([wrong.status, wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
    422,
    ['/texts/0/topic', '/texts/0/language', '/texts/0/text'],
  ]);
});

test('two who write the first texts at once: one is told that somebody was quicker', async () => {
  const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await council.api.put(PATH, null, { texts: [OURS] })).status));
  expect(statuses.sort()).toEqual([200, 412, 412, 412]);
});

test('a family reads them, and writes none', async () => {
  expectStatus(await council.api.patch('/council', 1, { openToFamilies: true }), 200);
  const family = await aFamily(app, council.id, (await aHousehold(council.api)) as Parameters<typeof aFamily>[2]);
  expect((await family.get(PATH)).body.texts).toHaveLength(32);
  expect((await family.put(PATH, null, { texts: [OURS] })).status).toBe(403);
  const auditor = await aPerson(app, council.id, 'auditor');
  expect((await auditor.put(PATH, null, { texts: [] })).status).toBe(403);
});
