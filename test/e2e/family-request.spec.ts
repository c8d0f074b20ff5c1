import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AskingService } from '../../src/modules/requests/index.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aFamily, aPerson, type TestCouncil } from '../support/people.js';
import { FamilyPages, h1Of } from '../support/family-pages.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.patch('/council', 1, { openToFamilies: true }), 200);
  expectStatus(await api.post('/kits', { name: 'Portable', components: [{ category: 'laptop', count: 1 }], costCents: 30_000 }), 201);
});

const WHO = { contacts: [{ name: 'Nadia B.', relationship: 'parent' }] };
const AMAL = { givenName: 'Amal', familyName: 'B.', level: 'college' };

async function aFamilyAtHome(overrides: Readonly<Record<string, unknown>> = {}) {
  const household = await aHousehold(api, { ...WHO, learners: [], ...overrides });
  return { household, pages: new FamilyPages(app.url, await aFamily(app, council.id, household)) };
}

const requestsOf = async ({ id }: Body): Promise<Body[]> => expectStatus(await api.get(`/requests?householdId=${id}`), 200).data as Body[];
const fileOf = async ({ id }: Body): Promise<Body> => expectStatus(await api.get(`/households/${id}`), 200);

/** Answers everything before the page that shows it all. */
async function answerAll(pages: FamilyPages, { site = 'none', school = 'none' } = {}): Promise<void> {
  await pages.answer('child-1', AMAL);
  await pages.answer('school-1', { school });
  await pages.answer('devices', { smartphone: '1' });
  await pages.answer('device-1', { time: 'evenings' });
  await pages.answer('connection', { connection: 'phone' });
  await pages.answer('alone', { alone: 'yes' });
  await pages.answer('statement', { statement: 'Le téléphone est cassé.' });
  await pages.answer('wishes', { 'wish-laptop': 'yes', 'wish-tablet': 'yes' });
  await pages.answer('pickup', { site });
}

/** Presses the button that sends, as often as it says. */
async function send(pages: FamilyPages, times = 1) {
  const { fields } = await pages.open('/f/request/check');
  return Promise.all(Array.from({ length: times }, () => pages.send('/f/request/send', { request: fields.request ?? '' })));
}

describe('a family that asks', () => {
  test('is led from question to question, sees what would help before it chooses, and has a request that waits', async () => {
    const school = await aSchool(api, { name: 'Collège Jean Moulin' });
    const site = await aSite(api, { name: 'Maison des familles' });
    const { household, pages } = await aFamilyAtHome();
    expect((await pages.open('/f/request')).location).toBe('/f/request/child-1');
    expect((await pages.answer('child-1', { ...AMAL, exam: 'yes' })).location).toBe('/f/request/school-1');
    expect((await pages.open('/f/request/school-1')).text).toContain('Collège Jean Moulin');
    expect((await pages.answer('school-1', { school: school.id })).location).toBe('/f/request/devices');
    expect((await pages.answer('devices', { smartphone: ' ١ ' })).location).toBe('/f/request/device-1');
    expect((await pages.answer('device-1', { time: 'not_at_work' })).location).toBe('/f/request/hours-1');
    expect((await pages.answer('hours-1', { from: '8h', to: '17h10', day1: 'yes', day2: 'yes' })).location).toBe('/f/request/connection');
    expect((await pages.answer('connection', { connection: 'phone' })).location).toBe('/f/request/alone');
    expect((await pages.answer('alone', { alone: 'yes' })).location).toBe('/f/request/statement');
    expect((await pages.answer('statement', { statement: 'Bonjour\r\n👋 مرحبا' })).location).toBe('/f/request/wishes');
    const wishes = await pages.open('/f/request/wishes');
    expect(wishes.text).toMatch(/Un ordinateur portable rendrait à ⁨Amal⁩ [^<]*heures par semaine/);
    expect(wishes.text).toMatch(/name="wish-laptop"[^>]* checked/);
    expect((await pages.answer('wishes', { 'wish-tablet': 'yes', 'wish-laptop': 'yes', 'wish-router': 'yes' })).location).toBe(
      '/f/request/pickup',
    );
    expect((await pages.answer('pickup', { site: site.id })).location).toBe('/f/request/check');
    const check = await pages.open('/f/request/check');
    for (const words of ['Amal B.', 'Collège Jean Moulin', 'lundi et mardi', 'Maison des familles – Gonesse', '👋 مرحبا']) {
      expect(check.text).toContain(words);
    }
    expect((await fileOf(household)).learners).toEqual([]);

    const [sent] = await send(pages);
    expect(sent?.status).toBe(303);
    const [request, ...others] = await requestsOf(household);
    expect(others).toEqual([]);
    expect(sent?.location).toBe(`/f/request/sent/${request.id}`);
    expect(request).toMatchObject({ channel: 'web', statement: 'Bonjour\n👋 مرحبا', pickupSiteId: site.id });
    const { learners, equipment, connectivity, homeAlone, facts } = await fileOf(household);
    expect(learners).toEqual([expect.objectContaining({ ...AMAL, examYear: true, schoolId: school.id })]);
    expect(request.lines).toEqual([
      expect.objectContaining({
        class: 'computer',
        state: 'waiting',
        acceptableCategories: ['laptop', 'tablet'],
        learnerIds: [learners[0].id],
      }),
      expect.objectContaining({ class: 'connectivity', state: 'waiting', acceptableCategories: ['router'] }),
    ]);
    expect(equipment[0]).toMatchObject({
      category: 'smartphone',
      available: expect.arrayContaining([{ weekday: 1, from: '17:15', to: '23:45' }]),
    });
    expect(connectivity.kind).toBe('mobile');
    expect([homeAlone, facts.homeAlone.source]).toEqual([true, 'declared']);
    const page = await pages.open(sent?.location ?? '');
    expect(h1Of(page)).toBe('Votre demande est envoyée');
    expect(page.text).toContain('Vous êtes à la place 1 de la file.');
    // What was sent is not kept a second time: asking again begins with the file.
    expect((await pages.open('/f/request')).location).toBe('/f/request/child-1');
    expect((await pages.open('/f/request/child-1')).fields).toMatchObject({ givenName: 'Amal', familyName: 'B.' });
    expect((await pages.open('/f/request/wishes')).text).not.toContain('wish-laptop');
  });

  test('makes one request, however often it is sent, and from however many telephones', async () => {
    const { household, pages } = await aFamilyAtHome();
    await answerAll(pages);
    const answers = await send(pages, 6);
    const [request, ...others] = await requestsOf(household);
    expect(others).toEqual([]);
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`))).toEqual(new Set([`303 /f/request/sent/${request.id}`]));
    expect((await fileOf(household)).learners).toHaveLength(1);
    expect((await pages.send('/f/request/send', { request: request.id })).location).toBe(`/f/request/sent/${request.id}`);
  });

  test('goes on with another telephone where it stopped, and can go back and change', async () => {
    const { household, pages } = await aFamilyAtHome();
    await pages.answer('child-1', AMAL);
    await pages.answer('school-1', { school: 'none' });
    const other = new FamilyPages(app.url, await aFamily(app, council.id, household));
    expect((await other.open('/f/request')).location).toBe('/f/request/devices');
    await other.answer('child-1', { ...AMAL, givenName: 'Amélie' });
    expect((await pages.open('/f/request/child-1')).fields.givenName).toBe('Amélie');
    await answerAll(pages);
    expect((await pages.answer('child-1', { ...AMAL, givenName: 'Zoé', from: 'check' })).location).toBe('/f/request/check');
    expect((await pages.open('/f/request/check')).text).toContain('Zoé B.');
    // A school of another level is another school: it is asked before everything stands there again.
    expect((await pages.answer('child-1', { ...AMAL, level: 'lycee', from: 'check' })).location).toBe('/f/request/school-1');
    expect((await pages.open('/f/request/check')).location).toBe('/f/request');
  });

  test('keeps the answers of two telephones that answer at once, to two questions or to one', async () => {
    const { household, pages } = await aFamilyAtHome();
    const other = new FamilyPages(app.url, await aFamily(app, council.id, household));
    await Promise.all([pages.answer('connection', { connection: 'fixed' }), other.answer('alone', { alone: 'no' })]);
    const { answers } = await app.nest.get(AskingService).find({
      ...(await actorOf(household)),
    });
    expect([answers.connection, answers.alone]).toEqual(['fixed', false]);
    const form = await pages.open('/f/request/child-1');
    await Promise.all([1, 2, 3].map(() => pages.answer('child-1', { ...AMAL, subject: form.fields.subject ?? '' })));
    expect((await pages.open('/f/request/child-1')).fields.givenName).toBe('Amal');
    expect((await pages.open('/f/request/child-2')).fields.givenName).toBe('');
  });

  test('finds a thing under its new number when another telephone took out the one before, and says when it is gone', async () => {
    const { pages } = await aFamilyAtHome();
    await pages.answer('child-1', AMAL);
    await pages.answer('child-2', { ...AMAL, givenName: 'Bilal' });
    const second = await pages.open('/f/request/child-2');
    const school = await pages.open('/f/request/school-1');
    expect((await pages.answer('child-1', { ...AMAL, go: 'remove' })).status).toBe(303);
    await pages.answer('child-2', { ...AMAL, givenName: 'Bilal', familyName: 'C.', subject: second.fields.subject ?? '' });
    expect((await pages.open('/f/request/child-1')).fields).toMatchObject({ givenName: 'Bilal', familyName: 'C.' });
    expect((await pages.open('/f/request/child-2')).fields.givenName).toBe('');
    const gone = await pages.answer('school-1', { school: 'none', subject: school.fields.subject ?? '' });
    expect(gone.status).toBe(409);
    expect(gone.text).toContain('Ceci a changé sur un autre téléphone');
    await pages.answer('devices', { laptop: '1', tablet: '1' });
    const laptop = await pages.open('/f/request/device-2');
    await pages.answer('devices', { laptop: '1' });
    await pages.answer('device-2', { time: 'always', subject: laptop.fields.subject ?? '' });
    expect((await pages.open('/f/request/device-1')).text).toMatch(/value="always"[^>]* checked/);
  });

  test('takes what the file says as answered, and leaves proven facts as they are', async () => {
    const learners = [{ ...AMAL, className: '4e B' }];
    const equipment = [
      { category: 'smartphone', label: 'maman', available: [{ weekday: 1, from: '18:00', to: '20:00' }] },
      { category: 'router', label: 'box' },
    ];
    const { household, pages } = await aFamilyAtHome({
      learners,
      equipment,
      connectivity: { kind: 'fixed', simultaneousLive: 2 },
      homeAlone: false,
    });
    expectStatus(await api.post(`/households/${household.id}/verifications`, { fields: ['homeAlone', 'connectivity', 'equipment'] }), 200);
    const before = await fileOf(household);
    await pages.answer('school-1', { school: 'none' });
    expect((await pages.open('/f/request')).location).toBe('/f/request/statement');
    for (const question of ['child-1', 'devices', 'device-1', 'hours-1', 'connection', 'alone']) {
      const { fields } = await pages.open(`/f/request/${question}`);
      expect([question, (await pages.answer(question, fields)).status]).toEqual([question, 303]);
    }
    await pages.answer('statement', { statement: '  ' });
    await pages.answer('wishes', { 'wish-laptop': 'yes' });
    await pages.answer('pickup', { site: 'none' });
    await send(pages);
    const after = await fileOf(household);
    for (const part of ['learners', 'equipment', 'connectivity', 'homeAlone', 'facts', 'version'])
      expect(after[part]).toEqual(before[part]);
    expect((await requestsOf(household))[0].statement).toBeNull();
  });

  test('types a child in again that was taken out, and makes no second one of it', async () => {
    const { household, pages } = await aFamilyAtHome({ learners: [AMAL, { ...AMAL, givenName: 'Bilal' }] });
    await pages.answer('child-1', { go: 'remove' });
    await pages.answer('child-2', { ...AMAL, givenName: 'AMAL' });
    await pages.answer('school-2', { school: 'none' });
    await pages.answer('child-1', { ...AMAL, givenName: 'Bilal' });
    await answerAllButChildren(pages);
    await send(pages);
    const { learners } = await fileOf(household);
    expect(learners.map(({ givenName }: Body) => givenName as string)).toEqual(['AMAL', 'Bilal']);
    expect((await requestsOf(household))[0].lines[0].learnerIds).toHaveLength(2);
  });

  test('hears at the end that somebody else of the council asked in the meantime', async () => {
    const { household, pages } = await aFamilyAtHome({ learners: [AMAL] });
    await pages.answer('child-1', AMAL);
    await answerAllButChildren(pages);
    await aRequest(api, household.id as string);
    const [refused] = await send(pages);
    expect(refused?.status).toBe(409);
    expect(refused?.text).toMatch(/role="alert"><p>[^<]{20,}/);
    await pages.answer('wishes', { 'wish-router': 'yes' });
    expect((await send(pages))[0]?.status).toBe(303);
  });

  test('can throw away what it answered', async () => {
    const { pages } = await aFamilyAtHome();
    await answerAll(pages);
    expect((await pages.send('/f/request/forget', {})).location).toBe('/f');
    expect((await pages.open('/f/request')).location).toBe('/f/request/child-1');
  });
});

async function answerAllButChildren(pages: FamilyPages): Promise<void> {
  await pages.answer('school-1', { school: 'none' });
  await pages.answer('devices', {});
  await pages.answer('connection', { connection: 'none' });
  await pages.answer('alone', { alone: 'no' });
  await pages.answer('statement', {});
  await pages.answer('wishes', { 'wish-laptop': 'yes' });
  await pages.answer('pickup', { site: 'none' });
}

async function actorOf(household: Body) {
  const { familyActor } = await import('../../src/modules/identity/access/authenticator.js');
  const contactId = household.contacts[0].id as string;
  const actor = familyActor({
    councilId: council.id,
    contactId,
    householdId: household.id as string,
    sessionId: contactId,
    helperId: null,
  });
  return actor as typeof actor & { family: NonNullable<typeof actor.family> };
}

describe('what is wrong comes back with what was typed', () => {
  test.each([
    ['child-1', {}, ['givenName', 'familyName', 'level']],
    ['child-1', { ...AMAL, givenName: 'x'.repeat(41) }, ['givenName']],
    ['child-1', { ...AMAL, givenName: '123456789AB' }, ['givenName']],
    ['child-1', { ...AMAL, familyName: 'a\u0007b' }, ['familyName']],
    ['child-1', { ...AMAL, level: 'staff' }, ['level']],
    ['devices', { smartphone: 'beaucoup', tablet: '5' }, ['smartphone', 'tablet']],
    ['connection', { connection: 'pigeon' }, ['connection']],
    ['alone', {}, ['alone']],
    ['statement', { statement: 'é'.repeat(2001) }, ['statement']],
    ['statement', { statement: 'a\u0000b' }, ['statement']],
    ['wishes', {}, ['wish-laptop']],
    ['wishes', { 'wish-charger': 'yes' }, ['wish-laptop']],
    ['pickup', { site: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' }, ['site']],
    ['school-1', { school: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10' }, ['school']],
    ['school-1', {}, ['school']],
  ])('%s %j', async (question, fields, wrong) => {
    const { pages } = await aFamilyAtHome();
    if (question !== 'child-1') await pages.answer('child-1', AMAL);
    const back = await pages.answer(question, fields);
    expect(back.status).toBe(422);
    expect([...back.text.matchAll(/<a href="#field-([\w-]+)">/g)].map((found) => found[1])).toEqual(wrong);
    for (const [name, value] of Object.entries(fields)) {
      if (name in back.fields && !value.includes('\u0000') && !value.includes('\u0007')) expect(back.fields[name]).toBe(value);
    }
  });

  test('keeps names in every script, and shows no markup of theirs', async () => {
    const { pages } = await aFamilyAtHome();
    const names = { givenName: ' أمل 👧 ', familyName: '<b>O’Neil</b>' };
    expect((await pages.answer('child-1', { ...AMAL, ...names })).status).toBe(303);
    const page = await pages.open('/f/request/child-1');
    expect(page.fields).toMatchObject({ givenName: 'أمل 👧', familyName: '<b>O’Neil</b>' });
    expect(page.text).not.toContain('<b>O');
  });

  test('a school is found by its name or its town, in any spelling, and one that does not exist is not', async () => {
    const moulin = await aSchool(api, { name: 'Collège Jean Moulin' });
    const address = { line1: '1 rue', line2: null, postalCode: '95400', city: 'Villiers-le-Bel', country: 'FR' };
    await aSite(api, { name: 'Accueil', schoolId: moulin.id, address });
    await aSchool(api, { name: 'Lycée Jean Moulin', level: 'lycee' });
    for (let number = 1; number <= 21; number++) await aSchool(api, { name: `Collège Autre ${String(number)}` });
    const { pages } = await aFamilyAtHome();
    await pages.answer('child-1', AMAL);
    expect((await pages.open('/f/request/school-1')).text).not.toContain('Collège');
    for (const find of ['moulin', 'JEAN  collège', 'villiers-LE', 'MOULIN villiers']) {
      const found = await pages.answer('school-1', { find, go: 'find' });
      expect([find, found.status, found.fields.find]).toEqual([find, 200, find]);
      expect(found.text).toContain('Collège Jean Moulin – Villiers-le-Bel');
      expect(found.text).not.toContain('Lycée Jean');
    }
    const many = await pages.answer('school-1', { find: 'autre' });
    expect([many.status, many.text.match(/type="radio"/g)?.length]).toEqual([200, 21]);
    expect(many.text).toContain('Il y en a d’autres');
    const none = await pages.answer('school-1', { find: '100 %_ <i>Poudlard</i>', go: 'find' });
    expect(none.text).toContain('Nous ne trouvons pas ⁨100 %_ &lt;i>Poudlard');
    expect((await pages.answer('school-1', { find: 'autre', school: moulin.id, go: 'on' })).location).toBe('/f/request/devices');
    expect((await pages.open('/f/request/school-1')).text).toMatch(new RegExp(`value="${moulin.id as string}"[^>]* checked`));
  });
});

describe('nobody else', () => {
  test('sees or sends what a family answered: not another family, nor its other parent, nor staff, nor another council', async () => {
    const two = [...WHO.contacts, { name: 'Karim B.', relationship: 'parent' }];
    const { household, pages } = await aFamilyAtHome({ contacts: two });
    await answerAll(pages);
    const { request = '' } = (await pages.open('/f/request/check')).fields;
    const { pages: another } = await aFamilyAtHome();
    const father = new FamilyPages(app.url, await aFamily(app, council.id, household, 1));
    const elsewhere = await aCouncil(app);
    expectStatus(await elsewhere.api.patch('/council', 1, { openToFamilies: true }), 200);
    const stranger = new FamilyPages(app.url, await aFamily(app, elsewhere.id, await aHousehold(elsewhere.api, WHO)));
    for (const other of [another, father, stranger]) {
      expect((await other.open('/f/request')).location).toBe('/f/request/child-1');
      expect((await other.open('/f/request/statement')).text).not.toContain('cassé');
      expect((await other.send('/f/request/send', { request })).location).toBe('/f/request');
    }
    expect(await requestsOf(household)).toEqual([]);
    await pages.send('/f/request/send', { request });
    for (const other of [another, stranger]) expect((await other.open(`/f/request/sent/${request}`)).status).toBe(404);
    // It is the file's: the other parent sees that something was asked.
    expect((await father.open(`/f/request/sent/${request}`)).status).toBe(200);
  });

  test('is let in without the session of a family: staff and nobody come to the sign-in', async () => {
    const staff = new FamilyPages(app.url, await aPerson(app, council.id, 'council_manager'));
    const nobody = new FamilyPages(app.url, { headers: {} });
    for (const visitor of [staff, nobody]) {
      expect((await visitor.open('/f/request/child-1')).location).toBe('/f/sign-in?next=%2Ff%2Frequest%2Fchild-1');
      const asked = await visitor.send('/f/request/child-1', AMAL);
      expect([asked.status, asked.text.includes('value="Amal"')]).toEqual([401, true]);
    }
  });
});

test('what nobody goes on with is forgotten after ninety days, and not before', async () => {
  const { household, pages } = await aFamilyAtHome();
  await pages.answer('child-1', AMAL);
  const asking = app.nest.get(AskingService);
  const actor = await actorOf(household);
  const isKept = async () => {
    await asking.forgetOld();
    return (await asking.find(actor)).requestId !== null;
  };
  app.clock.moveTo(new Date(START.getTime() + 89 * 86_400_000));
  expect(await isKept()).toBe(true);
  app.clock.moveTo(new Date(START.getTime() + 91 * 86_400_000));
  expect(await isKept()).toBe(false);
});
