import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aRequest, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let school: Body;
let household: Body;
const card = () => ({ id: household.id, reference: household.reference, name: 'Nadia B.' });

beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  const { api } = council;
  school = await aSchool(api);
  const site = await aSite(api, { schoolId: school.id });
  const contacts = [
    { name: 'Nadia B.', relationship: 'parent', notify: true },
    { name: 'Samir B.', relationship: 'parent', notify: false },
  ];
  // Two, so that a second computer may be promised to them.
  const learners = ['Amal', 'Idris'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' }));
  household = await aHousehold(api, { schoolId: school.id, contacts, learners });
  const learnerIds = [household.learners[0].id];
  const lines = [
    { class: 'computer', learnerIds, acceptableCategories: ['laptop'] },
    { class: 'connectivity', learnerIds, acceptableCategories: ['router'] },
  ];
  // Nobody can be told of the offer: it is on the review list.
  const request = await aRequest(api, household.id, { lines });
  await aLoan(api, { householdId: household.id, siteId: site.id });
  const second = await aRequest(api, household.id, { lines: [{ class: 'computer', learnerIds, acceptableCategories: ['laptop'] }] });
  await anOffer(api, second.lines[0].id, (await aDevice(api, { siteId: site.id })).id);
  expect(request.lines).toHaveLength(2);
  await app.drain();
});
afterAll(() => app.close());

const LISTS = [
  '/request-lines',
  '/request-lines?sort=position',
  '/requests',
  '/requests?sort=position',
  '/offers',
  '/loans',
  '/notices',
  '/review-list',
];
const ALL = ['requests:read', 'allocation:read', 'loans:read', 'notices:read'] as const;

const householdsOf = async (api: Api, path: string): Promise<unknown[]> => {
  const { data } = expectStatus(await api.get(path), 200);
  expect(data.length).toBeGreaterThan(0);
  return data.map((row: Body) => row.household);
};

test.each(LISTS)('%s names the household for who may read it', async (path) => {
  const people = [
    council.api,
    await aPerson(app, council.id, 'council_manager'),
    await aPerson(app, council.id, 'auditor'),
    await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
  ];
  for (const person of people) for (const named of await householdsOf(person, path)) expect(named).toEqual(card());
});

test.each(LISTS)('%s names nobody for who may not', async (path) => {
  const client = await aClient(app, council.id, ALL);
  for (const named of await householdsOf(client, path)) expect(named).toBeNull();
});

test('a desk sees its loans, not the files behind them', async () => {
  const { data } = expectStatus(await council.api.get('/loans'), 200);
  const desk = await aPerson(app, council.id, 'desk_agent', { siteId: data[0].siteId });
  expect(await householdsOf(desk, '/loans')).toEqual([null]);
});
