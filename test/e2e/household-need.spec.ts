import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Transactions } from '../../src/platform/index.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aKit, aLoan, anAgreement, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const evenings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '18:00', to: '20:00' }));
const onePhone = {
  learners: [
    { givenName: 'Amal', familyName: 'B.', level: 'college' },
    { givenName: 'Idris', familyName: 'B.', level: 'primary' },
  ],
  equipment: [{ category: 'smartphone', label: 'maman', available: evenings }],
  connectivity: { kind: 'mobile', available: evenings },
};
/** Minutes of school at home that the two have in a week, as shipped. */
const DEMANDED = 5 * (240 + 180);

const needOf = async (id: string, query = '') => expectStatus(await council.api.get(`/households/${id}/need${query}`), 200);
/** What the jobs have stored, whatever a reading would compute. */
const stored = (id: string) =>
  app.nest
    .get(Transactions)
    .read(council.id, (tx) =>
      tx.one<{ uncovered: number; version: string }>(
        `SELECT uncovered_minutes AS uncovered, inputs_version AS version FROM household_needs WHERE council_id = current_council() AND household_id = $1`,
        [id],
      ),
    );

describe('the need of a household', () => {
  let household: { id: string; version: number; learners: { id: string }[] };
  let laptop: { id: string };
  let both: { id: string };
  beforeAll(async () => {
    council = await aCouncil(app);
    laptop = (await aKit(council.api, { name: 'Laptop' })) as { id: string };
    const components = [{ category: 'laptop', count: 1 }, { category: 'router', count: 1 }]; // prettier-ignore
    both = (await aKit(council.api, { name: 'Laptop and router', components, costCents: 38_000 })) as { id: string };
    household = (await aHousehold(council.api, onePhone)) as typeof household;
  });

  test('what is missing, what each kit would change, and which one is enough', async () => {
    const [amal, idris] = household.learners.map(({ id }) => id);
    expect(await needOf(household.id, '?language=en')).toEqual({
      householdId: household.id,
      computedAt: app.clock.now().toISOString(),
      inputs: { householdVersion: 1, version: expect.stringMatching(/^[0-9a-f]{32}$/) },
      liveMinutes: { demanded: 900, served: 0 },
      workMinutes: { demanded: 1200, served: 0 },
      uncoveredMinutes: DEMANDED,
      learners: [
        { id: amal, timetable: 'shipped', liveMinutes: { demanded: 600, served: 0 }, workMinutes: { demanded: 600, served: 0 }, uncoveredMinutes: 1200 },
        { id: idris, timetable: 'shipped', liveMinutes: { demanded: 300, served: 0 }, workMinutes: { demanded: 600, served: 0 }, uncoveredMinutes: 900 },
      ],
      kits: [
        { kitId: laptop.id, name: 'Laptop', costCents: 32_000, valueMinutes: 1200, uncoveredMinutes: 900 },
        { kitId: both.id, name: 'Laptop and router', costCents: 38_000, valueMinutes: DEMANDED, uncoveredMinutes: 0 },
      ],
      recommendation: {
        kitId: both.id,
        valueMinutes: DEMANDED,
        secondAddsMinutes: 0,
        gaining: [
          { learnerId: amal, lackingMinutes: 1200, gainedMinutes: 1200 },
          { learnerId: idris, lackingMinutes: 900, gainedMinutes: 900 },
        ],
        losing: [],
      },
      noRecommendation: null,
      sentence: 'A laptop and a 4G router would give Amal and Idris back 35 of the 35 hours a week that they now miss. A second one would add nothing.',
    }); // prettier-ignore
  });

  test('the sentence is in the language that is asked for, else in the council’s', async () => {
    expect((await needOf(household.id)).sentence).toContain('rendrait à Amal et Idris');
    expect((await needOf(household.id, '?language=ar')).sentence).toContain('يستعيد');
    const spanish = await council.api.get(`/households/${household.id}/need`, { headers: { 'accept-language': 'es-MX, fr;q=0.5' } });
    expect(expectStatus(spanish, 200).sentence).toContain('devolvería');
    const inFrench = await council.api.get(`/households/${household.id}/need`, { headers: { 'accept-language': 'de, fr;q=0.9' } });
    expect(inFrench.body.sentence).toContain('rendrait');
    const inTheCouncils = await council.api.get(`/households/${household.id}/need`, { headers: { 'accept-language': 'de' } });
    expect(inTheCouncils.body.sentence).toContain('rendrait');
    expect((await council.api.get(`/households/${household.id}/need?language=français`)).status).toBe(422);
  });

  test('a job computes and stores it, with nothing but ids in it', async () => {
    await app.drain();
    expect(await stored(household.id)).toEqual({ uncovered: DEMANDED, version: (await needOf(household.id)).inputs.version });
  });

  test('whatever it depends on changes it: at once for who reads, and by jobs for what is stored', async () => {
    const check = async (uncovered: number, why: string) => {
      expect([why, (await needOf(household.id)).uncoveredMinutes]).toEqual([why, uncovered]);
      await app.drain();
      expect([why, await stored(household.id)]).toEqual([why, { uncovered, version: (await needOf(household.id)).inputs.version }]);
    };
    const path = `/households/${household.id}`;
    expectStatus(await council.api.patch(path, 1, { connectivity: { kind: 'fixed' } }), 200);
    await check(DEMANDED, 'lessons are at times when the phone is away');
    const added = await council.api.post(`${path}/learners`, { givenName: 'Ines', familyName: 'B.', level: 'lycee' });
    expectStatus(added, 201);
    await check(DEMANDED + 5 * 300, 'a learner more');
    expectStatus(await council.api.delete(`${path}/learners/${added.body.id}`, { headers: { 'if-match': '*' } }), 204);
    await check(DEMANDED, 'a learner less');

    const site = await aSite(council.api);
    const device = await aDevice(council.api, { siteId: site.id });
    const loan = await aLoan(council.api, {
      householdId: household.id,
      siteId: site.id,
      items: [{ deviceId: device.id, conditionOut: 'good' }],
    });
    await check(0, 'a laptop is lent');
    expect((await needOf(household.id)).noRecommendation).toBe('NOTHING_MISSING');
    expectStatus(await council.api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: site.id }), 200);
    await check(DEMANDED, 'it came back');

    const profile = expectStatus(
      await council.api.post('/school-profiles', { level: 'primary', live: [], work: [{ weekday: 1, minutes: 30 }] }),
      201,
    );
    await check(5 * 240 + 30, 'the council set primary hours');
    expectStatus(await council.api.patch(`/school-profiles/${profile.id}`, 1, { work: [] }), 200);
    await check(5 * 240, 'and took them away');
    await aKit(council.api, { name: 'Tablet', components: [{ category: 'tablet', count: 1 }], costCents: 20_000 });
    await check(5 * 240, 'a kit more');
    expect((await needOf(household.id)).kits).toHaveLength(3);
  });

  test('the streams of a router that is lent are the council’s', async () => {
    const three = await aHousehold(council.api, {
      learners: ['A', 'B', 'C'].map((givenName) => ({ givenName, familyName: 'D.', level: 'college' })),
      equipment: [{ category: 'laptop' }, { category: 'laptop' }, { category: 'laptop' }],
      connectivity: { kind: 'none' },
    });
    const site = await aSite(council.api);
    const model = await aDeviceModel(council.api, { category: 'router' });
    const router = await aDevice(council.api, { siteId: site.id, modelId: model.id });
    const items = [{ deviceId: router.id, conditionOut: 'good' }];
    expectStatus(await council.api.post('/loans', { householdId: three.id, siteId: site.id, items, agreement: anAgreement }), 201);
    expect((await needOf(three.id)).liveMinutes).toEqual({ demanded: 1800, served: 600 });
    const { version } = expectStatus(await council.api.get('/council'), 200);
    expectStatus(await council.api.patch('/council', version, { lentConnectionStreams: 3 }), 200);
    expect((await needOf(three.id)).liveMinutes).toEqual({ demanded: 1800, served: 1800 });
    await app.drain();
    expect((await stored(three.id))?.version).toBe((await needOf(three.id)).inputs.version);
  });

  test('a change and its computations at once, fifty times: what is stored is of the last', async () => {
    for (let turn = 0; turn < 50; turn++) {
      const { version } = expectStatus(await council.api.get(`/households/${household.id}`), 200);
      await Promise.all([
        council.api.patch(`/households/${household.id}`, version, { equipment: turn % 2 ? [{ category: 'laptop' }] : [] }),
        app.drain(),
        app.drain(),
      ]);
      await app.drain();
      const { uncoveredMinutes, inputs } = await needOf(household.id);
      expect([turn, await stored(household.id)]).toEqual([turn, { uncovered: uncoveredMinutes, version: inputs.version }]);
    }
    expect((await needOf(household.id)).uncoveredMinutes).toBe(0);
  });

  test('who may: whoever may read the household', async () => {
    const path = `/households/${household.id}/need`;
    expect((await council.api.anonymous.get(path)).status).toBe(401);
    expect((await (await aClient(app, council.id, ['requests:read'])).get(path)).status).toBe(403);
    expect((await (await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(council.api)).id })).get(path)).status).toBe(403);
    expect((await (await aCouncil(app)).api.get(path)).status).toBe(404);
    const elsewhere = await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(council.api)).id });
    expect((await elsewhere.get(path)).status).toBe(404);
  });
});

describe('a profile of one school', () => {
  test('computes the needs of those who have to do with it, beyond one batch, and no other’s', async () => {
    council = await aCouncil(app);
    const [school, other] = [await aSchool(council.api), await aSchool(council.api)];
    const college = { givenName: 'Amal', familyName: 'B.', level: 'college' };
    const bySchool: { id: string }[] = [];
    for (let number = 0; number < 60; number++) bySchool.push((await aHousehold(council.api, { schoolId: school.id })) as { id: string });
    const byLearner = await aHousehold(council.api, { learners: [{ ...college, schoolId: school.id }] });
    const elsewhere = await aHousehold(council.api, { schoolId: other.id });
    await app.drain();
    const versions = async () => {
      const found: (string | undefined)[] = [];
      for (const { id } of [...bySchool, byLearner, elsewhere]) found.push((await stored(id as string))?.version);
      return found;
    };
    const before = await versions();
    const body = { schoolId: school.id, level: 'college', live: [], work: [{ weekday: 1, minutes: 60 }] };
    const profile = expectStatus(await council.api.post('/school-profiles', body), 201);
    await app.drain();
    const after = await versions();
    expect(after.map((version, i) => version === before[i])).toEqual([...bySchool.map(() => false), false, true]);
    expect((await stored(byLearner.id as string))?.uncovered).toBe(60);

    expectStatus(await council.api.patch(`/school-profiles/${profile.id}`, 1, { schoolId: other.id }), 200);
    await app.drain();
    expect(await versions()).toEqual([...before.slice(0, -1), expect.not.stringMatching(before.at(-1) ?? '')]);
    expect((await stored(elsewhere.id as string))?.uncovered).toBe(60);
  });
});

describe('kits', () => {
  test('are made, read and changed; each name once, each category once', async () => {
    council = await aCouncil(app);
    const kit = await aKit(council.api, { name: 'Ordinateur' });
    expect(kit).toMatchObject({ name: 'Ordinateur', components: [{ category: 'laptop', count: 1 }], costCents: 32_000, version: 1 });
    expect(expectStatus(await council.api.get(`/kits/${kit.id}`), 200)).toEqual(kit);
    expect(expectStatus(await council.api.get('/kits'), 200)).toEqual({ data: [kit], nextCursor: null });
    expect(expectStatus(await council.api.patch(`/kits/${kit.id}`, 1, { costCents: 30_000 }), 200)).toMatchObject({
      costCents: 30_000,
      version: 2,
    });
    const body = { name: 'ORDINATEUR', components: [{ category: 'laptop', count: 1 }], costCents: 1 };
    expect((await council.api.post('/kits', body)).body.code).toBe('ALREADY_EXISTS');
    const twice = { name: 'Two', components: [...body.components, ...body.components], costCents: -1 };
    expect((await council.api.post('/kits', twice)).body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/costCents']);
    expect((await council.api.post('/kits', { ...twice, costCents: 1 })).body.errors[0]).toMatchObject({
      pointer: '/components/1/category',
      code: 'REPEATED',
    });
  });

  test('a catalogue has at most fifty', async () => {
    const many = (await aCouncil(app)).api;
    for (let number = 0; number < 50; number++) await aKit(many);
    const answer = await many.post('/kits', { name: 'One more', components: [{ category: 'sim', count: 1 }], costCents: 1 });
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, 'TOO_MANY']);
  });

  test('two who add the fiftieth at once, fifty times: one of them does', async () => {
    for (let turn = 0; turn < 50; turn++) {
      const { api, id } = await aCouncil(app);
      await app.nest.get(Transactions).write(id, (tx) =>
        tx.execute(
          `INSERT INTO kits (council_id, id, name, components, cost_cents, created_at, updated_at)
           SELECT $1, gen_random_uuid(), 'Kit ' || n, '[]', 1, now(), now() FROM generate_series(1, 49) n`,
          [id],
        ),
      );
      const kit = (name: string) => ({ name, components: [{ category: 'sim', count: 1 }], costCents: 1 });
      const answers = await Promise.all([api.post('/kits', kit('one')), api.post('/kits', kit('other'))]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    }
  });
});

describe('school profiles', () => {
  test('a school administrator sets their own school’s, and no other', async () => {
    council = await aCouncil(app);
    const [own, other] = [await aSchool(council.api), await aSchool(council.api)];
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: own.id });
    const body = { level: 'college', live: [{ weekday: 1, from: '09:00', to: '10:30' }], work: [{ weekday: 2, minutes: 90 }] };
    const made = expectStatus(await administrator.post('/school-profiles', { ...body, schoolId: own.id }), 201);
    expect(made).toMatchObject({ ...body, schoolId: own.id, className: null, version: 1 });
    expectStatus(await administrator.patch(`/school-profiles/${made.id}`, 1, { work: [] }), 200);
    for (const schoolId of [other.id, null]) {
      expect((await administrator.post('/school-profiles', { ...body, schoolId })).body.errors[0].code).toBe('OUTSIDE_YOUR_SCHOOL');
    }
    expect((await administrator.patch(`/school-profiles/${made.id}`, 2, { schoolId: other.id })).status).toBe(422);
    const foreign = expectStatus(await council.api.post('/school-profiles', { ...body, schoolId: other.id }), 201);
    expect((await administrator.patch(`/school-profiles/${foreign.id}`, 1, { work: [] })).status).toBe(404);
    expect((await council.api.get(`/school-profiles?schoolId=${other.id}`)).body.data).toEqual([foreign]);
  });

  test('one of each scope; what is wrong is said with its place', async () => {
    const school = await aSchool(council.api);
    const body = { schoolId: school.id, level: 'lycee', className: '1re A', live: [], work: [] };
    expectStatus(await council.api.post('/school-profiles', body), 201);
    expect((await council.api.post('/school-profiles', { ...body, className: '1RE a' })).status).toBe(409);
    const wrong = {
      level: 'lycee',
      className: '1re A',
      live: [{ weekday: 1, from: '10:00', to: '09:00' }],
      work: [1, 1].map((weekday) => ({ weekday, minutes: 30 })),
    };
    expect((await council.api.post('/school-profiles', wrong)).body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/live/0/to',
      '/work/1/weekday',
      '/schoolId',
    ]);
  });
});
