import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  api = council.api;
});
afterAll(() => app.close());

type Body = Answer['body'];

const faults = ({ body }: Answer) => body.errors.map(({ code, pointer }: { code: string; pointer: string }) => `${code} ${pointer}`);
const aLine = (household: Body, overrides: object = {}) => ({
  class: 'computer',
  learnerIds: [household.learners[0].id],
  acceptableCategories: ['laptop', 'tablet'],
  ...overrides,
});
const aBody = (household: Body, overrides: object = {}) => ({
  householdId: household.id,
  channel: 'desk',
  statement: null,
  pickupSiteId: null,
  submit: true,
  lines: [aLine(household)],
  ...overrides,
});

describe('making', () => {
  test('a submitted request waits from now on', async () => {
    const household = await aHousehold(api);
    const site = await aSite(api);
    const router = { class: 'connectivity', learnerIds: [household.learners[0].id], acceptableCategories: ['sim', 'router'] };
    const statement = "L'aîné révise\nsur mon téléphone 📱 \u0645\u0631\u062d\u0628\u0627";
    const sent = aBody(household, { statement, pickupSiteId: site.id, lines: [aLine(household), router] });
    const answer = await api.post('/requests', sent);
    const made = expectStatus(answer, 201);
    expect(answer.headers.get('location')).toBe(`/api/v1/requests/${made.id}`);
    expect(made).toMatchObject({ householdId: household.id, channel: 'desk', statement, pickupSiteId: site.id });
    expect(made.submittedAt).toBe(app.clock.now().toISOString());
    expect(made.lines).toHaveLength(2);
    expect(made.lines[0]).toMatchObject({ class: 'computer', state: 'waiting', waitingSince: made.submittedAt, score: 110 });
    expect(made.lines[1]).toMatchObject({ ...router, state: 'waiting', pickupSiteId: site.id, position: 1 });
    const read = await api.get(`/requests/${made.id}`);
    expect([read.headers.get('etag'), read.body]).toEqual([`"${made.version}"`, made]);
  });

  test('without submit it is a draft, and no position is counted', async () => {
    const household = await aHousehold(api);
    const draft = await aRequest(api, household.id, { submit: false });
    expect(draft).toMatchObject({ version: 1, submittedAt: null, lines: [{ state: 'draft', waitingSince: null, position: null }] });
    const { submit, statement, pickupSiteId, ...least } = aBody(household);
    expect([submit, statement, pickupSiteId]).toEqual([true, null, null]);
    expect(expectStatus(await api.post('/requests', least), 201)).toMatchObject({ submittedAt: null, statement: null, pickupSiteId: null });
  });

  test('what is wrong is said, all at once, with its place', async () => {
    const household = await aHousehold(api);
    const other = await aHousehold(api);
    const faulty = aBody(household, {
      pickupSiteId: newId(),
      lines: [
        aLine(household, { acceptableCategories: ['laptop', 'router', 'laptop'] }),
        aLine(household, { learnerIds: [other.learners[0].id, household.learners[0].id, household.learners[0].id] }),
      ],
    });
    const answer = await api.post('/requests', faulty);
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID_INPUT']);
    expect(faults(answer)).toEqual([
      'UNKNOWN_REFERENCE /pickupSiteId',
      'DUPLICATE /lines/0/acceptableCategories/2',
      'WRONG_CLASS /lines/0/acceptableCategories/1',
      'DUPLICATE /lines/1/class',
      'DUPLICATE /lines/1/learnerIds/2',
      'UNKNOWN_REFERENCE /lines/1/learnerIds/0',
    ]);
    const missing = await api.post('/requests', {});
    expect(faults(missing)).toEqual(['REQUIRED /householdId', 'REQUIRED /channel', 'REQUIRED /lines']);
    const empty = await api.post(
      '/requests',
      aBody(household, { lines: [aLine(household, { learnerIds: [], acceptableCategories: [] })] }),
    );
    expect(faults(empty)).toEqual(['TOO_FEW /lines/0/learnerIds', 'TOO_FEW /lines/0/acceptableCategories']);
    expect(faults(await api.post('/requests', aBody(household, { lines: [] })))).toEqual(['TOO_FEW /lines']);
    expect(faults(await api.post('/requests', aBody(household, { lines: Array.from({ length: 7 }, () => aLine(household)) })))).toEqual([
      'TOO_MANY /lines',
    ]);
    expect(faults(await api.post('/requests', aBody(household, { channel: 'fax', statement: 'a\u0000b' })))).toEqual([
      'NOT_ONE_OF /channel',
      'FORBIDDEN_CHARACTERS /statement',
    ]);
    expect((await api.post('/requests', aBody(household, { colour: 'red' }))).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
    expect((await api.post('/requests', '{')).body).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
  });

  test('a household that is not there, or of another council, is an unknown reference', async () => {
    const strangers = await aHousehold((await aCouncil(app)).api);
    const household = await aHousehold(api);
    for (const householdId of [newId(), strangers.id]) {
      const answer = await api.post('/requests', aBody(household, { householdId }));
      expect([answer.status, answer.body.code, faults(answer)]).toEqual([422, 'UNKNOWN_REFERENCE', ['UNKNOWN_REFERENCE /householdId']]);
    }
  });

  test('a learner who has left is not a learner of the household any more', async () => {
    const household = await aHousehold(api, {
      learners: [
        { givenName: 'Amal', familyName: 'B.', level: 'college' },
        { givenName: 'Idir', familyName: 'B.', level: 'primary' },
      ],
    });
    expect((await api.delete(`/households/${household.id}/learners/${household.learners[0].id}`)).status).toBeLessThan(300);
    expect(faults(await api.post('/requests', aBody(household)))).toEqual(['UNKNOWN_REFERENCE /lines/0/learnerIds/0']);
  });
});

describe('one open line of a class', () => {
  test('a second one is refused, at once and at submission, until the first is closed', async () => {
    const household = await aHousehold(api);
    const first = await aRequest(api, household.id);
    const draft = await aRequest(api, household.id, { submit: false });
    const refusal = {
      status: 409,
      code: 'OPEN_LINE_EXISTS',
      reasons: [{ code: 'OPEN_LINE_EXISTS', overridable: false, message: expect.stringContaining('withdraw') }],
    };
    expect((await api.post('/requests', aBody(household))).body).toMatchObject(refusal);
    expect((await api.post(`/requests/${draft.id}/submission`)).body).toMatchObject(refusal);
    expect((await api.get(`/requests/${draft.id}`)).body).toEqual(draft);
    expectStatus(await api.post(`/request-lines/${first.lines[0].id}/moves`, { move: 'withdraw' }), 200);
    expect(expectStatus(await api.post(`/requests/${draft.id}/submission`), 200).lines[0].state).toBe('waiting');
  });

  test('of two submissions at once exactly one wins, every time', async () => {
    for (let turn = 0; turn < 50; turn++) {
      const household = await aHousehold(api);
      const draft = await aRequest(api, household.id, { submit: false });
      const answers = await Promise.all([
        api.post('/requests', aBody(household)),
        api.post(`/requests/${draft.id}/submission`),
        api.post('/requests', aBody(household)),
      ]);
      expect(answers.filter(({ status }) => status < 300)).toHaveLength(1);
      for (const { status, body } of answers.filter(({ status }) => status >= 300))
        expect([status, body.code]).toEqual([409, 'OPEN_LINE_EXISTS']);
      const { data } = (await api.get(`/requests?householdId=${household.id}&state=waiting`)).body;
      expect(data).toHaveLength(1);
    }
  }, 60_000);
});

describe('changing and submitting', () => {
  test('a draft may be changed; its lines are replaced together', async () => {
    const household = await aHousehold(api);
    const site = await aSite(api);
    const draft = await aRequest(api, household.id, { submit: false, statement: 'a', pickupSiteId: site.id });
    const path = `/requests/${draft.id}`;
    const lines = [
      aLine(household, { acceptableCategories: ['desktop'] }),
      aLine(household, { class: 'accessory', acceptableCategories: ['webcam'] }),
    ];
    const changed = expectStatus(await api.patch(path, draft.version, { statement: null, lines }), 200);
    expect(changed).toMatchObject({ statement: null, pickupSiteId: site.id, version: 2, channel: 'desk' });
    expect(changed.lines).toMatchObject(lines.map((line) => ({ ...line, state: 'draft', pickupSiteId: site.id })));
    const anywhere = expectStatus(await api.patch(path, 2, { pickupSiteId: null, channel: 'phone' }), 200);
    expect(anywhere).toMatchObject({ pickupSiteId: null, channel: 'phone' });
    expect(anywhere.lines).toMatchObject([{ id: changed.lines[0].id, pickupSiteId: null }, { pickupSiteId: null }]);
    expect((await api.patch(path, 2, { statement: 'late' })).body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
    expect((await api.send('PATCH', path, {})).body).toMatchObject({ status: 428, code: 'IF_MATCH_REQUIRED' });
    expect(faults(await api.patch(path, 3, { lines: null, channel: null }))).toEqual(['REQUIRED /channel', 'REQUIRED /lines']);
    expect(faults(await api.patch(path, 3, { pickupSiteId: newId(), lines: [aLine(household, { learnerIds: [newId()] })] }))).toEqual([
      'UNKNOWN_REFERENCE /pickupSiteId',
      'UNKNOWN_REFERENCE /lines/0/learnerIds/0',
    ]);
    expect((await api.patch(path, 3, { householdId: household.id })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  });

  test('submission begins the waiting; a second one is no move any more, and nothing is changed after it', async () => {
    const household = await aHousehold(api);
    const draft = await aRequest(api, household.id, { submit: false });
    const submitted = expectStatus(await api.post(`/requests/${draft.id}/submission`), 200);
    expect(submitted).toMatchObject({ version: 2, submittedAt: app.clock.now().toISOString(), lines: [{ state: 'waiting' }] });
    const again = await api.post(`/requests/${draft.id}/submission`);
    expect(again.body).toMatchObject({ status: 409, code: 'INVALID_MOVE', from: 'waiting', possible: ['withdraw', 'suspend', 'refuse'] });
    const change = await api.patch(`/requests/${draft.id}`, 2, { statement: 'more' });
    expect(change.body).toMatchObject({ status: 409, code: 'REQUEST_SUBMITTED', reasons: [{ overridable: false }] });
    expect((await api.get(`/requests/${draft.id}`)).body).toEqual(submitted);
  });

  test('a draft whose lines were withdrawn has nothing to submit, until it asks for something again', async () => {
    const household = await aHousehold(api);
    const draft = await aRequest(api, household.id, { submit: false });
    expectStatus(await api.post(`/request-lines/${draft.lines[0].id}/moves`, { move: 'withdraw' }), 200);
    expect((await api.post(`/requests/${draft.id}/submission`)).body).toMatchObject({
      code: 'INVALID_MOVE',
      from: 'withdrawn',
      possible: [],
    });
    expect((await api.patch(`/requests/${draft.id}`, 1, { lines: [aLine(household)] })).status).toBe(412);
    expectStatus(await api.patch(`/requests/${draft.id}`, 2, { lines: [aLine(household)] }), 200);
    const { lines } = expectStatus(await api.post(`/requests/${draft.id}/submission`), 200);
    expect(lines.map(({ state }: Body) => state).sort()).toEqual(['waiting', 'withdrawn']);
  });

  test('a draft that names a learner who has left the household meanwhile is not submitted until it is changed', async () => {
    const learner = { givenName: 'Amal', familyName: 'B.', level: 'college', schoolId: null, examYear: false };
    const household = await aHousehold(api, { learners: [learner, { ...learner, givenName: 'Sami' }] });
    const [stays, leaves] = household.learners;
    const draft = await aRequest(api, household.id, {
      submit: false,
      lines: [aLine(household, { learnerIds: [stays.id, leaves.id] })],
    });
    expectStatus(await api.delete(`/households/${household.id}/learners/${leaves.id}`), 204);
    const refused = await api.post(`/requests/${draft.id}/submission`);
    expect([refused.status, faults(refused)]).toEqual([422, ['LEARNER_LEFT /lines/0/learnerIds/1']]);
    expect((await api.get(`/requests/${draft.id}`)).body).toEqual(draft);
    const lines = [aLine(household, { learnerIds: [stays.id] })];
    expectStatus(await api.patch(`/requests/${draft.id}`, 1, { lines }), 200);
    expect(expectStatus(await api.post(`/requests/${draft.id}/submission`), 200).lines).toMatchObject([{ state: 'waiting' }]);
  });

  test('of two submissions of one draft at once exactly one is the first', async () => {
    for (let turn = 0; turn < 50; turn++) {
      const { id } = await aRequest(api, (await aHousehold(api)).id, { submit: false });
      const answers = await Promise.all([1, 2].map(() => api.post(`/requests/${id}/submission`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('INVALID_MOVE');
    }
  }, 60_000);
});

describe('listing', () => {
  test('by household, state and class, in pages that neither skip nor repeat', async () => {
    const { api: own } = await aCouncil(app);
    const household = await aHousehold(own);
    const made: string[] = [];
    for (const submit of [true, false, false, false, false]) made.push((await aRequest(own, household.id, { submit })).id);
    await aRequest(own, (await aHousehold(own)).id, { submit: false });
    const found: string[] = [];
    let next = `/requests?householdId=${household.id}&limit=2`;
    for (;;) {
      const answer = await own.get(next);
      const { data, nextCursor } = expectStatus(answer, 200);
      found.push(...data.map(({ id }: Body) => id));
      if (nextCursor === null) break;
      expect(answer.headers.get('link')).toContain('rel="next"');
      next = `/requests?householdId=${household.id}&limit=2&cursor=${nextCursor}`;
    }
    expect(found).toEqual(made);
    const ids = async (query: string) => expectStatus(await own.get(`/requests?${query}`), 200).data.map(({ id }: Body) => id);
    expect(await ids(`householdId=${household.id}&state=waiting`)).toEqual([made[0]]);
    expect(await ids(`householdId=${household.id}&state=waiting&class=connectivity`)).toEqual([]);
    expect(await ids(`householdId=${household.id}&class=computer`)).toEqual(made);
    expect(await ids(`householdId=${newId()}`)).toEqual([]);
  });

  test('bad parameters are told apart', async () => {
    const code = async (query: string) => (await api.get(`/requests?${query}`)).body.code;
    expect(await code('limit=0')).toBe('INVALID_LIMIT');
    expect(await code('cursor=forged.AAAA')).toBe('INVALID_CURSOR');
    expect(await code('householdId=7')).toBe('INVALID_ID');
    expect(await code('colour=red')).toBe('UNKNOWN_PARAMETER');
    expect(await code('state=asleep')).toBe('INVALID_INPUT');
    expect(await code('sort=name')).toBe('INVALID_INPUT');
    expect((await api.get('/requests?state=refused&sort=position')).body).toMatchObject({ status: 422, errors: [{ code: 'NO_POSITION' }] });
    const { nextCursor } = (await api.get('/requests?limit=1')).body;
    expect(await code(`sort=position&cursor=${nextCursor}`)).toBe('INVALID_CURSOR');
  });
});

describe('who may', () => {
  test('nobody, a client without the scope, a wrong role and another council are kept out', async () => {
    const household = await aHousehold(api);
    const { id } = await aRequest(api, household.id, { submit: false });
    const draft = `/requests/${id}`;
    const [reader, writer] = await Promise.all([aClient(app, council.id, ['requests:read']), aClient(app, council.id, ['requests:write'])]);
    const auditor = await aPerson(app, council.id, 'auditor');
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(api)).id });
    const stranger = (await aCouncil(app)).api;
    for (const path of ['/requests', draft]) {
      expect((await api.anonymous.get(path)).status).toBe(401);
      expect((await writer.get(path)).status).toBe(403);
      expect((await agent.get(path)).status).toBe(403);
      expect((await auditor.get(path)).status).toBe(200);
      expect((await reader.get(path)).status).toBe(200);
    }
    for (const write of [
      (who: Api) => who.post('/requests', aBody(household, { submit: false })),
      (who: Api) => who.patch(draft, 1, { statement: 'x' }),
      (who: Api) => who.post(`${draft}/submission`),
    ]) {
      expect((await write(api.anonymous)).status).toBe(401);
      for (const who of [reader, agent, auditor]) expect((await write(who)).status).toBe(403);
    }
    expect((await stranger.get(draft)).status).toBe(404);
    expect((await stranger.get('/requests')).body.data).toEqual([]);
    expect((await stranger.get(`/requests?householdId=${household.id}`)).body.data).toEqual([]);
    expect((await stranger.patch(draft, 1, {})).status).toBe(404);
    expect((await stranger.post(`${draft}/submission`)).status).toBe(404);
    expect((await api.get(`/requests/${newId()}`)).status).toBe(404);
    expect((await api.get('/requests/7')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
    expectStatus(await (await aPerson(app, council.id, 'council_manager')).post(`${draft}/submission`), 200);
  });

  test('a school administrator reaches the households of the school and those of its learners, as if there were no others', async () => {
    const own = await aCouncil(app);
    const [mine, theirs] = [(await aSchool(own.api)).id, (await aSchool(own.api)).id];
    const pupil = (schoolId: string) => [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId }];
    const ofSchool = await aHousehold(own.api, { schoolId: mine, learners: pupil(theirs) });
    const ofLearner = await aHousehold(own.api, { schoolId: theirs, learners: pupil(mine) });
    const elsewhere = await aHousehold(own.api, { schoolId: theirs, learners: pupil(theirs) });
    const administrator = await aPerson(app, own.id, 'school_administrator', { schoolId: mine });
    const draft = async ({ id }: Body) => (await aRequest(own.api, id, { submit: false })).id;
    const reachable = [await draft(ofSchool), await draft(ofLearner)];
    const hidden = await draft(elsewhere);
    for (const query of ['', `?schoolId=${mine}`, `?schoolId=${theirs}`, '?class=computer']) {
      const ids = (await administrator.get(`/requests${query}`)).body.data.map(({ id }: Body) => id);
      expect(ids).not.toContain(hidden);
      if (query === '') expect(ids).toEqual(reachable);
    }
    expect((await administrator.get(`/requests/${hidden}`)).status).toBe(404);
    expect((await administrator.patch(`/requests/${hidden}`, 1, {})).status).toBe(404);
    expect((await administrator.post(`/requests/${hidden}/submission`)).status).toBe(404);
    expect(faults(await administrator.post('/requests', aBody(elsewhere)))).toEqual(['UNKNOWN_REFERENCE /householdId']);
    for (const id of reachable) expectStatus(await administrator.post(`/requests/${id}/submission`), 200);
    const inQueue = (await administrator.get('/requests?sort=position')).body.data.map(({ id }: Body) => id);
    expect(inQueue.sort()).toEqual([...reachable].sort());
    const byLine = async (schoolId: string) => (await own.api.get(`/requests?schoolId=${schoolId}`)).body.data.map(({ id }: Body) => id);
    expect([await byLine(mine), await byLine(theirs)]).toEqual([[reachable[1]], [reachable[0], hidden]]);
  });
});

test('every write leaves its trace, without a personal word in it', async () => {
  const household = await aHousehold(api);
  const { id, lines } = await aRequest(api, household.id, { submit: false, statement: 'Nadia has no screen' });
  await api.patch(`/requests/${id}`, 1, { statement: 'Nadia has none' });
  await api.post(`/requests/${id}/submission`);
  await api.post(`/request-lines/${lines[0].id}/moves`, { move: 'refuse', reason: 'Nadia moved away' });
  const events = await app.nest
    .get(Transactions)
    .tenantRead<{ action: string; fields: string[] }>(council.id, 'SELECT * FROM audit_events WHERE subject = ANY($1) ORDER BY id', [
      [id, lines[0].id],
    ]);
  expect(events.map(({ action, fields }) => [action, fields])).toEqual([
    ['request.created', []],
    ['request.changed', ['statement']],
    ['request_line.moved', ['state']],
    ['request_line.moved', ['state']],
  ]);
  expect(JSON.stringify(events)).not.toContain('Nadia');
  expect(app.logged.join('\n')).not.toContain('Nadia');
});
