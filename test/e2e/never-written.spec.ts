import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { conformanceOf } from '../support/conformance.js';
import { gatewaySettings } from '../support/sms-gateway.js';
import { aCouncil, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

const TEXT = { subject: 'Votre prêt', body: 'Prêt {loanReference}, {dueOn}.' };

/** What a council has one of, with something to write there; null: nothing is shipped, so that nothing can be read before. */
const SINGLE: Readonly<Record<string, { readonly body: unknown; readonly isShipped: boolean }>> = {
  '/agreement-texts/2026-09/fr': { body: { text: 'Nous prenons soin de l’appareil.' }, isShipped: true },
  '/allocation-policy': { body: { reserves: [], maximumWaitingDays: 30 }, isShipped: true },
  '/closed-days': { body: { days: ['2026-12-25'] }, isShipped: true },
  '/help-texts': { body: { texts: [{ topic: 'charging', language: 'fr', text: 'Le soir.' }] }, isShipped: true },
  '/loan-policies': { body: { rules: [] }, isShipped: true },
  '/notice-policies': { body: { rules: [] }, isShipped: true },
  '/notice-templates/loan_due/email/fr': { body: TEXT, isShipped: true },
  '/sms-gateway': { body: gatewaySettings('https://sms.example.org'), isShipped: false },
};

test('what a council has one of, all of it', async () => {
  const { operations } = await conformanceOf(app.url);
  const single = operations.flatMap(({ method, path }) => (method === 'PUT' && path !== '/loans/{id}/due-date' ? [path] : []));
  expect(single.map((path) => path.replace(/[{].*/, '')).sort()).toEqual(
    Object.keys(SINGLE)
      .map((path) => path.replace(/2026-09\/fr|loan_due\/email\/fr/, ''))
      .sort(),
  );
});

test.each(Object.entries(SINGLE))('%s has the version 0 before it was first written', async (path, { body, isShipped }) => {
  const before = await council.api.get(path);
  expect(before.status).toBe(isShipped ? 200 : 404);
  if (isShipped) expect(before.headers.get('etag')).toBe('"0"');
  expect((await council.api.put(path, 1, body)).status).toBe(412);
  const first = await council.api.put(path, 0, body);
  expectStatus(first, 200);
  expect(first.headers.get('etag')).toBe('"1"');
  expect((await council.api.put(path, 0, body)).status).toBe(412);
  expect((await council.api.put(path, null, body)).status).toBe(412);
  expect((await council.api.put(path, 1, body)).headers.get('etag')).toBe('"2"');
});
