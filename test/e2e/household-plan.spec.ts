import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/cli/commands.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let path: string;
let household: { id: string; learners: { id: string }[]; equipment: { id: string }[] };
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  household = (await aHousehold(council.api, {
    equipment: [{ category: 'smartphone', label: 'Téléphone de "maman"', available: [{ weekday: 1, from: '09:00', to: '10:00' }] }],
    connectivity: { kind: 'fixed' },
  })) as typeof household;
  path = `/households/${household.id}/plan`;
});
afterAll(() => app.close());

const as = async (accept: string, query = '') => {
  const answer = await fetch(`${app.url}/api/v1${path}${query}`, { headers: { ...council.api.headers, accept } });
  return { status: answer.status, type: answer.headers.get('content-type'), headers: answer.headers, text: await answer.text() };
};

test('the week as data', async () => {
  const [learner] = household.learners;
  const [phone] = household.equipment;
  expect(expectStatus(await council.api.get(path), 200)).toEqual({
    blocks: [{ learner: learner?.id, device: phone?.id, kind: 'live', weekday: 1, from: '09:00', to: '10:00' }],
    learners: [
      { id: learner?.id, liveMinutes: { demanded: 600, served: 60 }, workMinutes: { demanded: 600, served: 0 }, uncoveredMinutes: 1140 },
    ],
    uncoveredMinutes: 1140,
  });
});

test('the week for a calendar, for the weeks that are asked for, in the council’s time zone', async () => {
  const { status, type, headers, text } = await as('text/calendar', '?from=2026-11-09&until=2026-11-29&language=en');
  expect([status, type, headers.get('content-disposition')]).toEqual([
    200,
    'text/calendar; charset=utf-8',
    'attachment; filename="plan.ics"',
  ]);
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1);
  expect(text).toContain('DTSTART;TZID=Europe/Paris:20261109T090000\r\n');
  expect(text).toContain('RRULE:FREQ=WEEKLY;COUNT=3\r\n');
  expect(text).toMatch(/^SUMMARY.*Amal/m);
  const again = await as('text/calendar', '?from=2026-11-09&until=2026-12-06&language=fr');
  expect(/UID:(.*)/.exec(again.text)?.[1]).toBe(/UID:(.*)/.exec(text)?.[1]);
});

test('the week as a page, in the language that is asked for', async () => {
  const { status, type, headers, text } = await as('text/html,*/*;q=0.8', '?language=ar');
  expect([status, type]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  expect(text).toMatch(/<html[^>]* dir="rtl"/);
  expect(text).toContain('Téléphone de &quot;maman&quot;');
  expect((await as('text/html')).text).toMatch(/<html[^>]* lang="fr"/);
});

test('what is lent is in it', async () => {
  const site = await aSite(council.api);
  const { id } = await aDevice(council.api, { siteId: site.id });
  await aLoan(council.api, { householdId: household.id, siteId: site.id, items: [{ deviceId: id, conditionOut: 'good' }] });
  const { blocks, uncoveredMinutes } = expectStatus(await council.api.get(path), 200);
  expect(uncoveredMinutes).toBe(0);
  expect(blocks.some(({ device }: { device: string }) => device === id)).toBe(true);
});

test('weeks that end before they begin, or never', async () => {
  for (const query of ['?from=2026-11-09&until=2026-11-08', '?from=2026-11-09&until=2028-11-09']) {
    const { status, body } = await council.api.get(path + query);
    expect([status, body.errors[0]]).toMatchObject([422, { pointer: '/until', code: 'OUT_OF_RANGE' }]);
  }
  for (const from of ['9999-12-31', '1000-01-01']) {
    expect((await council.api.get(`${path}?from=${from}`)).body.errors[0]).toMatchObject({ pointer: '/from', code: 'OUT_OF_RANGE' });
  }
  expect((await council.api.get(`${path}?from=tomorrow`)).status).toBe(422);
});

test('a family of nobody and nothing has a week too', async () => {
  const { id } = await aHousehold(council.api, { learners: [], equipment: [] });
  path = `/households/${id}/plan`;
  for (const accept of ['application/json', 'text/calendar', 'text/html']) expect((await as(accept)).status).toBe(200);
  path = `/households/${household.id}/plan`;
});

test('who may: whoever may read the household', async () => {
  expect((await council.api.anonymous.get(path)).status).toBe(401);
  expect((await (await aClient(app, council.id, ['requests:read'])).get(path)).status).toBe(403);
  expect((await (await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(council.api)).id })).get(path)).status).toBe(403);
  expect((await (await aCouncil(app)).api.get(path)).status).toBe(404);
  const elsewhere = await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(council.api)).id });
  expect((await elsewhere.get(path)).status).toBe(404);
});

describe('what the plan is made from', () => {
  const input = () => `/households/${household.id}/plan-input`;

  test('makes the same plan on the command line, and has no name in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'passerelle-plan-'));
    const file = join(folder, 'household.json');
    const answer = expectStatus(await council.api.get(input()), 200);
    await writeFile(file, JSON.stringify(answer));
    const plan = await commands.find(({ name }) => name === 'needs:plan')?.run(['--input', file]);
    await rm(folder, { recursive: true });
    expect(plan).toEqual(expectStatus(await council.api.get(path), 200));
    expect(expectStatus(await council.api.post('/needs/plan', answer), 200)).toEqual(plan);
    // The telephone, and the laptop that is on loan.
    expect(answer.equipment).toHaveLength(2);
    const { learners } = expectStatus(await council.api.get(`/households/${household.id}`), 200);
    for (const name of [learners[0].givenName, learners[0].familyName, 'maman']) expect(JSON.stringify(answer)).not.toContain(name);
  });

  test('who may: whoever may read the plan', async () => {
    expect((await council.api.anonymous.get(input())).status).toBe(401);
    expect((await (await aClient(app, council.id, ['requests:read'])).get(input())).status).toBe(403);
    expect((await (await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(council.api)).id })).get(input())).status).toBe(403);
    expect((await (await aCouncil(app)).api.get(input())).status).toBe(404);
    const elsewhere = await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(council.api)).id });
    expect((await elsewhere.get(input())).status).toBe(404);
    expect((await (await aPerson(app, council.id, 'auditor')).get(input())).status).toBe(200);
  });
});
