import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NOT_SERVED_REASONS } from '../../src/modules/allocation/domain/round.texts.js';
import { Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aFund, aHousehold, anAgreement, aRequest, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
let site: Body;
let laptop: string;
let tablet: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  site = await aSite(api);
  laptop = (await aDeviceModel(api)).id;
  tablet = (await aDeviceModel(api, { category: 'tablet' })).id;
});
afterAll(() => app.close());

const DAY = 86_400_000;
const daysLater = (days: number) => app.clock.moveTo(new Date(START.getTime() + days * DAY));
const aLaptop = (overrides: Record<string, unknown> = {}) => aDevice(api, { siteId: site.id, modelId: laptop, ...overrides });
/** A line with so many learners: each is worth ten points. */
const aLine = async (learners = 1, household: Record<string, unknown> = {}, request: Record<string, unknown> = {}): Promise<Body> => {
  const all = Array.from({ length: learners }, (_, index) => ({ givenName: `Enfant ${index}`, familyName: 'B.', level: 'college' }));
  return (await aRequest(api, (await aHousehold(api, { learners: all, ...household })).id, request)).lines[0];
};
const wanting = (...acceptableCategories: string[]) => acceptableCategories;
const lineOf = (body: Body, categories: string[]) => ({
  class: 'computer',
  learnerIds: [body.learners[0].id],
  acceptableCategories: categories,
});
const aRound = async (asked: object = {}, who = api) =>
  expectStatus(await who.post('/allocation-rounds', { class: 'computer', ...asked }), 201);
const proposals = async ({ id }: Body, query = '') =>
  expectStatus(await api.get(`/allocation-rounds/${id}/proposals${query}`), 200).data as Body[];
const publish = ({ id }: Body, body: object = {}, who = api) => who.post(`/allocation-rounds/${id}/publication`, body);
const stateOf = async ({ id }: Body) => expectStatus(await api.get(`/request-lines/${id}`), 200).state as string;
const codes = ({ status, body }: Answer) =>
  status === 409 && body.reasons ? body.reasons.map(({ code }: Body) => code) : [status, body.code];

describe('a dry run', () => {
  test('proposes the stock to those before others, with the reason of each who gets nothing, and offers nothing', async () => {
    const [first, second, third] = [await aLine(3), await aLine(2), await aLine(1)];
    await aLaptop();
    await aLaptop({ modelId: tablet });
    const round = await aRound();
    expect(round).toMatchObject({
      class: 'computer',
      schoolIds: null,
      siteIds: null,
      deviceId: null,
      state: 'draft',
      isSolved: true,
      progress: null,
      policyVersion: 1,
      countedOn: '2026-11-02',
      decidedBy: null,
      decidedAt: null,
      standingDecisionId: null,
      stats: { lines: 3, served: 2, capacity: 2, used: 2, rankSum: 1, excluded: 0 },
    });
    const [one, two, three] = await proposals(round);
    expect(one).toMatchObject({
      place: 1,
      lineId: first.id,
      served: true,
      category: 'laptop',
      siteId: site.id,
      fundId: null,
      rank: 0,
      reason: null,
    });
    expect(two).toMatchObject({ place: 2, lineId: second.id, served: true, category: 'tablet', rank: 1, cutoff: null });
    expect(three).toMatchObject({ place: 3, lineId: third.id, served: false, category: null, rank: null, reason: 'OUTRANKED' });
    expect(three?.cutoff).toEqual({ lineId: second.id, score: two?.score, ticket: two?.ticket });
    expect(one?.score).toBe((await api.get(`/request-lines/${first.id}`)).body.score);
    expect(await stateOf(first)).toBe('waiting');
    expect((await api.get('/offers')).body.data).toEqual([]);
    expect((await proposals(round, '?outcome=unserved')).map(({ lineId }) => lineId as string)).toEqual([third.id]);
    expect((await proposals(round, `?lineId=${second.id}`)).map(({ place }) => place as number)).toEqual([2]);
    const page = expectStatus(await api.get(`/allocation-rounds/${round.id}/proposals?limit=2`), 200);
    const rest = expectStatus(await api.get(`/allocation-rounds/${round.id}/proposals?limit=2&cursor=${page.nextCursor}`), 200);
    expect([page.data.length, rest.data.length, rest.nextCursor]).toEqual([2, 1, null]);
  });

  test('nobody waits, nothing is there: an empty proposal', async () => {
    expect((await aRound()).stats).toEqual({ lines: 0, served: 0, capacity: 0, used: 0, rankSum: 0, excluded: 0 });
    const line = await aLine();
    const [only] = await proposals(await aRound());
    expect(only).toMatchObject({ lineId: line.id, reason: 'NO_ELIGIBLE_POOL' });
    expect((await aRound({ class: 'accessory' })).stats).toMatchObject({ lines: 0 });
  });

  test('a chosen site, a fund’s learners and its dates, the family’s own order', async () => {
    const elsewhere = await aSite(api);
    const lycees = expectStatus(await api.post('/funds', { name: 'Lycées', funder: 'region', eligibleLevels: ['lycee'] }), 201);
    const past = expectStatus(await api.post('/funds', { name: 'Passé', funder: 'region', endsOn: '2026-11-01' }), 201);
    await aLaptop({ fundId: lycees.id });
    await aLaptop({ fundId: past.id });
    await aLaptop({ modelId: tablet, siteId: elsewhere.id });
    const chooses = await aLine(3, {}, { pickupSiteId: site.id });
    const household = await aHousehold(api);
    const tabletFirst = (await aRequest(api, household.id, { lines: [lineOf(household, wanting('tablet', 'laptop'))] })).lines[0];
    const lyceen = await aLine(1, { learners: [{ givenName: 'Lina', familyName: 'B.', level: 'lycee' }] });
    const outcome = Object.fromEntries(
      (await proposals(await aRound())).map(({ lineId, category, rank, reason }) => [lineId as string, [category, rank, reason]]),
    );
    expect(outcome[chooses.id]).toEqual([null, null, 'NO_ELIGIBLE_POOL']);
    expect(outcome[tabletFirst.id]).toEqual(['tablet', 0, null]);
    expect(outcome[lyceen.id]).toEqual(['laptop', 0, null]);
  });

  test('a fund that ended yesterday gives nothing, also before the night’s ranking has counted the new day', async () => {
    const { id: fundId } = await aFund(api, { startsOn: null, endsOn: '2026-11-02' });
    await aLaptop({ fundId });
    await aLine();
    expect((await aRound()).stats.served).toBe(1);
    daysLater(1);
    const round = await aRound();
    expect(await proposals(round)).toMatchObject([{ reason: 'NO_ELIGIBLE_POOL' }]);
  });

  test('what the policy keeps back is not given, and a site gives to the schools that it serves', async () => {
    const [served, other] = [await aSchool(api), await aSchool(api)];
    const near = await aSite(api, { servedSchoolIds: [served.id] });
    const of = (schoolId: string) => ({ learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId }] });
    const [theirs, foreign] = [await aLine(1, of(served.id)), await aLine(1, of(other.id))];
    for (let device = 0; device < 3; device++) await aLaptop({ siteId: near.id });
    const outcomes = async () =>
      Object.fromEntries((await proposals(await aRound())).map(({ lineId, reason }) => [lineId as string, reason as string]));
    expect(await outcomes()).toEqual({ [theirs.id]: null, [foreign.id]: 'NO_ELIGIBLE_POOL' });
    expectStatus(
      await api.put('/allocation-policy', null, { reserves: [{ siteId: near.id, category: null, devices: 3 }], maximumWaitingDays: null }),
      200,
    );
    expect(await outcomes()).toEqual({ [theirs.id]: 'NO_STOCK', [foreign.id]: 'NO_ELIGIBLE_POOL' });
    expect((await aRound()).stats).toMatchObject({ capacity: 0 });
  });

  test('what is wrong with its scope is said', async () => {
    const faults = async (asked: object, who = api) => {
      const { status, body } = await who.post('/allocation-rounds', { class: 'computer', ...asked });
      return [status, ...body.errors.map(({ pointer, code }: Body) => `${pointer} ${code}`)];
    };
    const school = await aSchool(api);
    expect(await faults({ class: 'vélo' })).toEqual([422, '/class NOT_ONE_OF']);
    expect(await faults({ schoolIds: [newId()], siteIds: [newId()] })).toEqual([
      422,
      '/schoolIds/0 UNKNOWN_REFERENCE',
      '/siteIds/0 UNKNOWN_REFERENCE',
    ]);
    expect(await faults({ schoolIds: [school.id], siteIds: [site.id] })).toEqual([422, '/siteIds/0 STOCK_IS_SHARED']);
    expect(await faults({ schoolIds: [] })).toEqual([422, '/schoolIds TOO_FEW']);
  });
});

describe('whose round it is', () => {
  test('an administrator gives out the school’s own stock to its own families, and sees no other round', async () => {
    const [school, other] = [await aSchool(api), await aSchool(api)];
    const own = await aSite(api, { schoolId: school.id });
    const admin = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const learner = (schoolId: string) => ({ learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId }] });
    const mine = await aLine(1, learner(school.id));
    await aLine(1, learner(other.id));
    await aLaptop();
    await aLaptop({ siteId: own.id });
    const round = await aRound({}, admin);
    expect(round).toMatchObject({ schoolIds: [school.id], stats: { lines: 1, served: 1, capacity: 1 } });
    expect(await proposals(round)).toMatchObject([{ lineId: mine.id, siteId: own.id }]);
    const wide = await aRound();
    expect(wide.stats).toMatchObject({ lines: 2, served: 2 });
    for (const path of ['', '/proposals', '/exclusions'])
      expect((await admin.get(`/allocation-rounds/${wide.id}${path}`)).status).toBe(404);
    for (const path of ['/publication', '/discard', '/solution'])
      expect((await admin.post(`/allocation-rounds/${wide.id}${path}`, {})).status).toBe(404);
    expect((await admin.get('/allocation-rounds')).body.data.map(({ id }: Body) => id)).toEqual([round.id]);
    const others = await admin.post('/allocation-rounds', { class: 'computer', siteIds: [site.id] });
    expect([others.status, others.body.code]).toEqual([422, 'UNKNOWN_REFERENCE']);
    expect((await publish(round, {}, admin)).body.state).toBe('published');
    expect(await stateOf(mine)).toBe('offered');
    expect((await api.get('/allocation-rounds?limit=1')).body.data.map(({ id }: Body) => id)).toEqual([wide.id]);
    expect((await api.get('/allocation-rounds?state=published')).body.data.map(({ id }: Body) => id)).toEqual([round.id]);
  });

  test('stock that a site is said to share with another school is not given to one of them alone', async () => {
    const [school, other] = [await aSchool(api), await aSchool(api)];
    const shared = await aSite(api, { schoolId: school.id, servedSchoolIds: [school.id, other.id] });
    const admin = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const of = (schoolId: string) => ({ learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId }] });
    const [needier, mine] = [await aLine(1, { ...of(other.id), bursaryLevel: 8 }), await aLine(1, of(school.id))];
    await aLaptop({ siteId: shared.id });
    const named = await admin.post('/allocation-rounds', { class: 'computer', siteIds: [shared.id] });
    expect([named.status, named.body.errors[0]]).toMatchObject([422, { pointer: '/siteIds/0', code: 'STOCK_IS_SHARED' }]);
    expect((await aRound({}, admin)).stats).toMatchObject({ lines: 1, served: 0, capacity: 0 });
    expect((await aRound({ schoolIds: [school.id] })).stats).toMatchObject({ capacity: 0 });
    for (const asked of [{ siteIds: [shared.id] }, { schoolIds: [school.id, other.id] }]) {
      expect(await proposals(await aRound(asked))).toMatchObject([
        { lineId: needier.id, served: true },
        { lineId: mine.id, served: false },
      ]);
    }
  });

  test('a site’s round is for everybody whom its stock may serve', async () => {
    const school = await aSchool(api);
    const own = await aSite(api, { schoolId: school.id });
    await aLaptop({ siteId: own.id });
    await aLaptop();
    const line = await aLine(2);
    await aLine(1);
    const round = await aRound({ siteIds: [own.id] });
    expect(round.stats).toMatchObject({ lines: 2, served: 1, capacity: 1 });
    expect((await proposals(round, '?outcome=served'))[0]).toMatchObject({ lineId: line.id, siteId: own.id });
  });
});

describe('publication', () => {
  test('makes every offer at once, and only once', async () => {
    const lines = [await aLine(3), await aLine(2)];
    await aLaptop();
    await aLaptop();
    const round = await aRound();
    const published = expectStatus(await publish(round), 200);
    expect(published).toMatchObject({
      state: 'published',
      decidedBy: expect.stringMatching(/^client:/),
      decidedAt: START.toISOString(),
      stats: { served: 2 },
    });
    for (const line of lines) expect(await stateOf(line)).toBe('offered');
    const offers = (await api.get('/offers')).body.data as Body[];
    expect(offers.map(({ lineId }) => lineId as string).sort()).toEqual(lines.map(({ id }) => id as string).sort());
    expect(new Set(offers.map(({ deviceId }) => deviceId as string)).size).toBe(2);
    expect(codes(await publish(round))).toEqual([409, 'INVALID_MOVE']);
    expect(codes(await api.post(`/allocation-rounds/${round.id}/discard`, {}))).toEqual([409, 'INVALID_MOVE']);
    // What it stood on stays as it was.
    expect((await proposals(round)).map(({ lineId }) => lineId as string)).toEqual(lines.map(({ id }) => id as string));
  });

  test('needs no body', async () => {
    await aLine();
    await aLaptop();
    expectStatus(await api.post(`/allocation-rounds/${(await aRound()).id}/publication`), 200);
  });

  test('two rounds on one stock: the second says what has changed, and can be solved again', async () => {
    await aLine(3);
    await aLine(1);
    await aLaptop();
    await aLaptop();
    const [one, two] = [await aRound(), await aRound()];
    expectStatus(await publish(one), 200);
    const refused = await publish(two);
    expect(codes(refused)).toEqual(['LINES_CHANGED', 'STOCK_CHANGED']);
    expect(refused.body.reasons[1].message).toContain(`laptop at ${site.id}: 0 instead of 2`);
    expect(expectStatus(await api.post(`/allocation-rounds/${two.id}/solution`), 200)).toMatchObject({ stats: { lines: 0, served: 0 } });
    expectStatus(await publish(two), 200);
  });

  test('stock that left meanwhile, and a family that withdrew', async () => {
    const [first, second] = [await aLine(3), await aLine(2)];
    const device = await aLaptop();
    await aLaptop();
    const round = await aRound();
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'inspect', reason: 'Contrôle' }), 200);
    expect(codes(await publish(round))).toEqual(['STOCK_CHANGED']);
    expectStatus(await api.post(`/request-lines/${first.id}/moves`, { move: 'withdraw' }), 200);
    const refused = await publish(round);
    expect(codes(refused)).toEqual(['LINES_CHANGED', 'STOCK_CHANGED']);
    expect(refused.body.reasons[0].message).toContain(first.id);
    expect([await stateOf(second), (await api.get('/offers')).body.data]).toEqual(['waiting', []]);
    expectStatus(await api.post(`/allocation-rounds/${round.id}/solution`), 200);
    expectStatus(await publish(round), 200);
    expect(await stateOf(second)).toBe('offered');
  });

  test('another policy, or tickets drawn again: the order is not that of the proposal', async () => {
    await aLine();
    await aLaptop();
    const round = await aRound();
    expectStatus(await api.post('/priority-policies', { criteria: [{ criterion: 'learners', points: 5 }] }), 201);
    await app.drain();
    expect(codes(await publish(round))).toEqual(['ORDER_CHANGED']);
    const again = expectStatus(await api.post(`/allocation-rounds/${round.id}/solution`), 200);
    expect(again.policyVersion).toBe(2);
    const cycle = expectStatus(await api.post('/cycles', { publicValueName: 'Loto' }), 201);
    expectStatus(await api.post(`/cycles/${cycle.id}/opening`, { publicValue: '7' }), 200);
    expect(codes(await publish(round))).toEqual(['ORDER_CHANGED']);
  });

  test('a family that changed what it declared is looked at first', async () => {
    const household = await aHousehold(api, { bursaryLevel: 1 });
    const line = (await aRequest(api, household.id)).lines[0];
    await aLaptop();
    daysLater(10);
    expectStatus(await api.patch(`/households/${household.id}`, household.version, { bursaryLevel: 7 }), 200);
    await app.drain();
    const round = await aRound();
    expect(await proposals(round)).toMatchObject([{ lineId: line.id, changedFacts: ['bursaryLevel'] }]);
    expect((await proposals(round, '?changedFacts=false')).length).toBe(0);
    const refused = await publish(round);
    expect(codes(refused)).toEqual(['FACTS_CHANGED']);
    expect(refused.body.reasons[0].message).toContain(line.id);
    expectStatus(await publish(round, { confirmedLineIds: [line.id] }), 200);
  });

  test('what was seen proven since, or changed long ago, needs no second look', async () => {
    const changed = async (days: number) => {
      const household = await aHousehold(api, { bursaryLevel: 1 });
      await aRequest(api, household.id);
      daysLater(days);
      expectStatus(await api.patch(`/households/${household.id}`, household.version, { bursaryLevel: 7 }), 200);
      return household;
    };
    await aLaptop();
    await aLaptop();
    await changed(2);
    const proven = await changed(3);
    expectStatus(await api.post(`/households/${proven.id}/verifications`, { fields: ['bursaryLevel'] }), 200);
    await app.drain();
    const round = await aRound();
    expect((await proposals(round, '?changedFacts=true')).length).toBe(1);
    daysLater(33);
    expect((await proposals(round, '?changedFacts=true')).length).toBe(0);
  });
});

describe('setting a line aside', () => {
  const exclude = ({ id }: Body, line: Body, who = api) =>
    who.post(`/allocation-rounds/${id}/exclusions`, { lineId: line.id, reason: 'A déménagé' });

  test('a manager’s word is enough: the round is solved without the line', async () => {
    const [first, second] = [await aLine(3), await aLine(1)];
    await aLaptop();
    const round = await aRound();
    const excluded = expectStatus(await exclude(round, first), 201);
    expect(excluded).toMatchObject({ lineId: first.id, reason: 'A déménagé', confirmedBy: null, isEffective: true });
    expect(excluded.round).toMatchObject({ id: round.id, isSolved: true, stats: { lines: 1, served: 1, excluded: 1 } });
    expect(await proposals(round)).toMatchObject([
      { place: 1, lineId: second.id, served: true },
      { place: 2, lineId: first.id, served: false, reason: 'EXCLUDED' },
    ]);
    expect((await api.get(`/allocation-rounds/${round.id}/exclusions`)).body.data).toMatchObject([{ lineId: first.id }]);
    expectStatus(await publish(round), 200);
    expect([await stateOf(first), await stateOf(second)]).toEqual(['waiting', 'offered']);
    // It lasts one round.
    await aLaptop();
    expect((await proposals(await aRound()))[0]).toMatchObject({ lineId: first.id, served: true });
    expect(codes(await exclude(round, second))).toEqual([409, 'INVALID_MOVE']);
  });

  test('an administrator needs a second person', async () => {
    const school = await aSchool(api);
    await aLaptop({ siteId: (await aSite(api, { schoolId: school.id })).id });
    const [one, other] = [
      await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
      await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
    ];
    const line = await aLine(1, { learners: [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId: school.id }] });
    const round = await aRound({}, one);
    for (let turn = 0; turn < 2; turn++) {
      expect(expectStatus(await exclude(round, line, one), 201)).toMatchObject({ isEffective: false, round: { stats: { served: 1 } } });
    }
    expect(expectStatus(await exclude(round, line, other), 201)).toMatchObject({
      isEffective: true,
      round: { stats: { served: 0, excluded: 1 } },
    });
  });

  test('who is set aside is read page by page', async () => {
    const lines = [await aLine(), await aLine(), await aLine()];
    const round = await aRound();
    for (const line of lines) expectStatus(await exclude(round, line), 201);
    const read = async (query: string) => expectStatus(await api.get(`/allocation-rounds/${round.id}/exclusions${query}`), 200);
    const ids = (page: Body) => page.data.map(({ lineId }: Body) => lineId as string);
    const first = await read('?limit=2');
    const rest = await read(`?limit=2&cursor=${first.nextCursor}`);
    expect([ids(first).length, rest.nextCursor]).toEqual([2, null]);
    expect([...ids(first), ...ids(rest)]).toEqual(lines.map(({ id }) => id as string).sort());
  });

  test('nobody can be before the first solution says who is in the round', async () => {
    const line = await aLine();
    const round = await aRound();
    await app.nest
      .get(Transactions)
      .write(council.id, (tx) => tx.execute('UPDATE allocation_rounds SET solution = 0 WHERE id = $1', [round.id]));
    expect(codes(await exclude(round, line))).toEqual(['ROUND_NOT_SOLVED']);
  });

  test('only a line of the round', async () => {
    await aLine();
    const round = await aRound();
    const late = await aLine();
    expect((await exclude(round, late)).body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE', errors: [{ pointer: '/lineId' }] });
  });
});

test('a discarded round offers nothing, and can’t be published', async () => {
  const line = await aLine();
  await aLaptop();
  const round = await aRound();
  expect(expectStatus(await api.post(`/allocation-rounds/${round.id}/discard`), 200)).toMatchObject({ state: 'discarded' });
  expect(codes(await publish(round))).toEqual([409, 'INVALID_MOVE']);
  expect(await stateOf(line)).toBe('waiting');
});

test('a device that was handed over at the desk meanwhile is not promised again', async () => {
  const line = await aLine(1);
  const device = await aLaptop();
  const round = await aRound();
  const items = [{ deviceId: device.id, conditionOut: 'good' }];
  const { householdId } = (await proposals(round))[0];
  expectStatus(await api.post('/loans', { agreement: anAgreement, householdId, siteId: site.id, items }), 201);
  expect(codes(await publish(round))).toEqual(['LINES_CHANGED', 'STOCK_CHANGED']);
  expect(await stateOf(line)).toBe('fulfilled');
});

describe('why', () => {
  const explained = async (line: Body, query = '') => expectStatus(await api.get(`/request-lines/${line.id}/explanation${query}`), 200);
  const sum = ({ criteria }: Body) => criteria.reduce((points: number, each: Body) => points + each.points, 0) as number;

  test('a family that a needier one went before reads it in its own words', async () => {
    const [served, passed] = [await aLine(3), await aLine(1)];
    await aLaptop();
    const round = await aRound();
    expect((await explained(passed)).lastRound).toBeNull();
    expectStatus(await publish(round), 200);
    const { lastRound } = await explained(passed, '?language=en');
    const { score } = (await proposals(round))[0];
    expect(lastRound).toMatchObject({
      roundId: round.id,
      publishedAt: START.toISOString(),
      place: 2,
      lines: 2,
      served: false,
      reason: 'OUTRANKED',
      cutoffScore: score,
      sentence: `In the last allocation round, published on November 2, 2026, this request was number 2 of 2. There were not enough devices: the last one that would have suited it went to a request of ${score} points that came before it. A person confirmed the round.`,
    });
    expect((await explained(served)).lastRound).toMatchObject({
      served: true,
      reason: null,
      sentence: expect.stringContaining('Un appareil'),
    });
    for (const language of ['fr', 'en', 'ar', 'tr', 'pt', 'uk', 'ro', 'es'])
      expect((await explained(passed, `?language=${language}`)).lastRound.sentence).toContain(String(score));
  });

  test('who was set aside reads the reason', async () => {
    const line = await aLine();
    await aLaptop();
    const round = await aRound();
    expectStatus(await api.post(`/allocation-rounds/${round.id}/exclusions`, { lineId: line.id, reason: 'A déménagé' }), 201);
    expectStatus(await publish(round), 200);
    const { lastRound } = await explained(line);
    expect(lastRound).toMatchObject({ reason: 'EXCLUDED', sentence: expect.stringContaining('« A déménagé »') });
    // It had no place there: that of others would be no news to it.
    expect(lastRound.sentence).not.toContain('rang');
  });

  test('what a score was made from is kept as it was when the round was solved', async () => {
    const household = await aHousehold(api, { bursaryLevel: 4 });
    expectStatus(await api.post(`/households/${household.id}/verifications`, { fields: ['bursaryLevel'] }), 200);
    const line = (await aRequest(api, household.id)).lines[0];
    await aLaptop();
    const round = await aRound();
    expectStatus(await publish(round), 200);
    const path = `/allocation-rounds/${round.id}/proposals/${line.id}?language=en`;
    const before = expectStatus(await api.get(path), 200);
    expect(sum(before)).toBe(before.score);
    expect(before).toMatchObject({ lineId: line.id, served: true, policyVersion: 1, countedOn: '2026-11-02' });
    const bursary = ({ criteria }: Body) => criteria.find(({ criterion }: Body) => criterion === 'bursaryLevel');
    expect(bursary(before)).toMatchObject({ value: 4, points: 40, source: 'verified', verifiedBy: expect.any(String) });
    expectStatus(await api.patch(`/households/${household.id}`, household.version + 1, { bursaryLevel: 0 }), 200);
    expectStatus(await api.post('/priority-policies', { criteria: [{ criterion: 'bursaryLevel', points: 1 }] }), 201);
    await app.drain();
    const { changedFacts: _now, ...after } = expectStatus(await api.get(path), 200);
    const { changedFacts: _then, ...stood } = before;
    expect(after).toEqual(stood);
    expect((await api.get(`/allocation-rounds/${round.id}/proposals/${newId()}`)).status).toBe(404);
  });

  test('nothing of a published round can be put away, even past the program', async () => {
    await aLine();
    const round = await aRound();
    expectStatus(await publish(round), 200);
    const removed = await app.nest
      .get(Transactions)
      .write(council.id, async (tx) =>
        Promise.all(
          ['round_proposals', 'round_explanations', 'round_pools'].map((table) =>
            tx.execute(`DELETE FROM ${table} WHERE round_id = $1`, [round.id]),
          ),
        ),
      );
    expect(removed).toEqual([0, 0, 0]);
    expect((await proposals(round)).length).toBe(1);
  });
});

test('the database takes every reason for which a round serves a line not, and no other', async () => {
  const { rows } = await onServer(app.databaseUrl, (client) =>
    client.query<{ text: string }>(
      `SELECT pg_get_constraintdef(oid) AS text FROM pg_constraint WHERE conname = 'round_proposals_reason_check'`,
    ),
  );
  const taken = [...(rows[0]?.text ?? '').matchAll(/'([A-Z_]+)'/g)].map(([, reason]) => reason);
  expect(taken.sort()).toEqual([...NOT_SERVED_REASONS].sort());
});
