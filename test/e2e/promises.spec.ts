import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OfferJudgementService } from '../../src/modules/allocation/index.js';
import type { Scope } from '../../src/modules/councils/index.js';
import { Transactions } from '../../src/platform/index.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aFund, aHousehold, aLoan, anOffer, aPickupSlot, aRequest, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
let site: Body;
let modelId: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
  // Families are told of offers in another way: each counts as told when it is made.
  expectStatus(await api.put('/notice-policies', null, { rules: [] }), 200);
  site = await aSite(api);
  modelId = (await aDeviceModel(api)).id;
});
afterAll(() => app.close());

const aLaptop = (overrides: Record<string, unknown> = {}) => aDevice(api, { siteId: site.id, modelId, ...overrides });
const learners = (count: number, of: object = {}) =>
  Array.from({ length: count }, (_, index) => ({ givenName: `Enfant ${index}`, familyName: 'B.', level: 'college', ...of }));
const lineOf = async (household: Body, overrides: Record<string, unknown> = {}): Promise<Body> =>
  (await aRequest(api, household.id, overrides)).lines[0];
const place = (line: Body, device: Body) => api.post('/placements', { lineId: line.id, deviceId: device.id, reason: 'Examen' });
const move = (line: Body, name: string, said: object = {}) => api.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const lineNow = async (line: Body) => expectStatus(await api.get(`/request-lines/${line.id}`), 200);
const offerNow = async (offer: Body) => expectStatus(await api.get(`/offers/${offer.id}`), 200);
const statusOf = async (device: Body) => expectStatus(await api.get(`/devices/${device.id}`), 200).status as string;
const codes = ({ status, body }: Answer) => (status === 409 ? (body.reasons?.map(({ code }: Body) => code) ?? body.code) : status);
const versionOf = async (path: string) => expectStatus(await api.get(path), 200).version as number;
const setPolicy = async (rules: object[]) => {
  const { version } = expectStatus(await api.get('/loan-policies'), 200);
  expectStatus(await api.put('/loan-policies', version ?? null, { rules }), 200);
};
const DAY_MS = 86_400_000;
/** Goes on by so many days; what is done each night is done, and what follows from it. */
async function nextDays(days: number): Promise<void> {
  await app.drain();
  for (let day = 1; day <= days; day++) {
    app.clock.moveTo(new Date(app.clock.now().getTime() + DAY_MS));
    await app.nest.get(OfferJudgementService).judgeEach();
    await app.drain();
  }
}

/** A family that has as much as it may, and asks for one more. */
async function atItsLimit(): Promise<{ household: Body; line: Body; loan: Body }> {
  const household = await aHousehold(api);
  const loan = await aLoan(api, {
    householdId: household.id,
    siteId: site.id,
    items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }],
  });
  return { household, loan, line: await lineOf(household) };
}

/** A family that may have more, but whose loan is overdue. */
async function withOverdueLoan(): Promise<{ household: Body; line: Body; loan: Body }> {
  await setPolicy([{ itemsPerHousehold: 5, itemsPerLearner: 5, loanDays: 1, graceDays: 0 }]);
  const found = await atItsLimit();
  await nextDays(3);
  return found;
}

/** As learners could leave before it was asked what becomes of their lines. */
const leftBefore = (learnerId: string) =>
  onServer(app.databaseUrl, (client) => client.query('UPDATE learners SET left_at = now() WHERE id = $1', [learnerId]));

/** A family whose only learner a request is for has left, and another has stayed. */
async function withoutItsLearner(): Promise<{ household: Body; line: Body }> {
  const household = await aHousehold(api, { learners: learners(2) });
  const line = await lineOf(household);
  await leftBefore(household.learners[0].id as string);
  return { household, line };
}

describe('what the desk refuses, nobody promises', () => {
  test('a household at its limit', async () => {
    const { line } = await atItsLimit();
    expect(codes(await place(line, await aLaptop()))).toEqual(['HOUSEHOLD_LIMIT_REACHED']);
    expect((await lineNow(line)).state).toBe('waiting');
  });

  test('a household with an overdue loan', async () => {
    const { line } = await withOverdueLoan();
    expect(codes(await place(line, await aLaptop()))).toEqual(['HOUSEHOLD_HAS_OVERDUE_LOAN']);
  });

  test('a line whose learners have all left', async () => {
    const { line } = await withoutItsLearner();
    expect(codes(await place(line, await aLaptop()))).toEqual(['LINE_HAS_NO_LEARNER']);
    const items = [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }];
    const agreement = { signatoryName: 'Nadia B.', method: 'in_person', termsVersion: '2026-09' };
    expect(codes(await api.post('/loans', { householdId: line.householdId, siteId: site.id, agreement, items }))).toEqual([
      'LINE_HAS_NO_LEARNER',
    ]);
  });

  test('each is passed by in a round, with its reason in the proposal and in the explanation, in every language', async () => {
    for (let device = 0; device < 4; device++) await aLaptop();
    const overdue = await withOverdueLoan();
    await setPolicy([]);
    const limit = await atItsLimit();
    const left = await withoutItsLearner();
    // Of one category the policy allows more than of another.
    await setPolicy([
      { itemsPerHousehold: 5, itemsPerLearner: 5 },
      { category: 'laptop', itemsPerHousehold: 1 },
      { category: 'tablet', itemsPerHousehold: 1 },
    ]);
    const served = await lineOf(await aHousehold(api));
    const round = expectStatus(await api.post('/allocation-rounds', { class: 'computer' }), 201);
    const proposals = expectStatus(await api.get(`/allocation-rounds/${round.id}/proposals`), 200).data as Body[];
    const reasonOf = (line: Body) => proposals.find(({ lineId }) => lineId === line.id)?.reason as unknown;
    expect([reasonOf(overdue.line), reasonOf(limit.line), reasonOf(left.line), reasonOf(served)]).toEqual([
      'HOUSEHOLD_HAS_OVERDUE_LOAN',
      'HOUSEHOLD_LIMIT_REACHED',
      'LINE_HAS_NO_LEARNER',
      null,
    ]);
    expectStatus(await api.post(`/allocation-rounds/${round.id}/publication`, {}), 200);
    for (const language of ['fr', 'en', 'ar', 'tr', 'pt', 'es', 'uk', 'ro']) {
      const told = new Set<string>();
      for (const line of [overdue.line, limit.line, left.line]) {
        const { lastRound } = expectStatus(await api.get(`/request-lines/${line.id}/explanation?language=${language}`), 200);
        expect(lastRound.served).toBe(false);
        told.add(lastRound.sentence as string);
      }
      expect(told.size).toBe(3);
    }
  });

  test('what changed since a round was solved is found when it is published', async () => {
    const household = await aHousehold(api);
    await lineOf(household);
    const [one] = [await aLaptop(), await aLaptop()];
    const round = expectStatus(await api.post('/allocation-rounds', { class: 'computer' }), 201);
    await setPolicy([{ itemsPerLearner: 5, itemsPerHousehold: 5 }]);
    const other = await lineOf(household, {
      lines: [{ class: 'accessory', learnerIds: [household.learners[0].id], acceptableCategories: ['webcam'] }],
    });
    expect(other.state).toBe('waiting');
    await setPolicy([{ itemsPerHousehold: 0 }]);
    expect(codes(await api.post(`/allocation-rounds/${round.id}/publication`, {}))).toEqual(['LINES_CHANGED']);
    expect(await statusOf(one)).toBe('available');
  });

  test('a device that comes back is proposed to the first that may have it', async () => {
    const { version } = expectStatus(await api.get('/council'), 200);
    const { line: first } = await atItsLimit();
    const second = await lineOf(await aHousehold(api));
    expectStatus(await api.patch('/council', version, { proposeAtOnce: true }), 200);
    const device = await aLaptop();
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'inspect', reason: 'Rendu' }), 200);
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'pass_inspection', condition: 'good', dataWiped: true }), 200);
    await app.drain();
    const [round] = expectStatus(await api.get('/allocation-rounds'), 200).data as Body[];
    const proposals = expectStatus(await api.get(`/allocation-rounds/${round?.id}/proposals`), 200).data as Body[];
    expect(proposals.map(({ lineId, served }) => [lineId, served])).toEqual([[second.id, true]]);
    expect((await lineNow(first)).state).toBe('waiting');
  });
});

describe('an offer that can no longer be honoured', () => {
  /** It was taken back: never missed, the device free, the line waiting as before, and everybody is told why. */
  async function expectTakenBack(offer: Body, line: Body, device: Body, reasons: string[]): Promise<void> {
    await app.drain();
    expect(await offerNow(offer)).toMatchObject({ state: 'revoked', withdrawnFor: reasons });
    const now = await lineNow(line);
    expect(now).toMatchObject({ state: 'waiting', waitingSince: line.waitingSince });
    expect(now.reason).toEqual(expect.any(String));
    expect(await statusOf(device)).toBe('available');
    const events = await app.nest
      .get(Transactions)
      .tenantRead(council.id, 'SELECT move, actor, from_state, to_state FROM request_line_events WHERE line_id = $1 ORDER BY id', [
        line.id,
      ]);
    expect(events.at(-1)).toMatchObject({ move: 'revoke', actor: 'system', to_state: 'waiting' });
  }

  async function offered(of: { household?: Body; device?: Record<string, unknown> } = {}) {
    const household = of.household ?? (await aHousehold(api));
    const line = await lineOf(household);
    const device = await aLaptop(of.device);
    return { household, line, device, offer: await anOffer(api, line.id, device.id) };
  }

  test('not because the family got another device at the desk', async () => {
    await setPolicy([{ itemsPerHousehold: 1, itemsPerLearner: 1 }]);
    const { household, line, device, offer } = await offered();
    const hands = async (category: string) => {
      const { id } = await aLaptop({ modelId: (await aDeviceModel(api, { category })).id });
      return aLoan(api, { householdId: household.id, siteId: site.id, items: [{ deviceId: id, conditionOut: 'good' }] });
    };
    // Of another class it may have one beside.
    await hands('router');
    await app.drain();
    expect((await offerNow(offer)).state).toBe('open');
    // Its line is fulfilled by whatever the desk hands over for it: nothing is taken back then.
    await hands('tablet');
    await app.drain();
    expect((await offerNow(offer)).state).toBe('collected');
    expect((await lineNow(line)).state).toBe('fulfilled');
    expect(await statusOf(device)).toBe('available');
  });

  test('because its loan became overdue at midnight, accepted or not', async () => {
    await setPolicy([{ itemsPerHousehold: 5, itemsPerLearner: 5, loanDays: 2, graceDays: 0, offerHoldDays: 10, pickupHoldDays: 10 }]);
    const household = await aHousehold(api);
    await aLoan(api, { householdId: household.id, siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] });
    const { line, device, offer } = await offered({ household });
    expectStatus(await move(line, 'accept'), 200);
    await nextDays(2);
    expect((await offerNow(offer)).state).toBe('accepted');
    await nextDays(1);
    await expectTakenBack(offer, line, device, ['HOUSEHOLD_HAS_OVERDUE_LOAN']);
  });

  test('because the policy allows less', async () => {
    const { line, device, offer } = await offered();
    await setPolicy([{ itemsPerHousehold: 0 }]);
    await expectTakenBack(offer, line, device, ['HOUSEHOLD_LIMIT_REACHED']);
  });

  test('because its learner left', async () => {
    const household = await aHousehold(api, { learners: learners(2) });
    const { line, device, offer } = await offered({ household });
    await leftBefore(household.learners[0].id as string);
    await nextDays(1);
    await expectTakenBack(offer, line, device, ['LINE_HAS_NO_LEARNER']);
  });

  test('because the fund pays for others now, or for nobody any more', async () => {
    const fund = await aFund(api, { endsOn: '2026-11-05' });
    await setPolicy([{ offerHoldDays: 20 }]);
    const first = await offered({ device: { fundId: fund.id } });
    const other = await aFund(api);
    const second = await offered({ device: { fundId: other.id } });
    expectStatus(await api.patch(`/funds/${other.id}`, other.version, { eligibleLevels: ['lycee'] }), 200);
    await expectTakenBack(second.offer, second.line, second.device, ['FUND_NOT_ELIGIBLE']);
    expect((await offerNow(first.offer)).state).toBe('open');
    await nextDays(4);
    await expectTakenBack(first.offer, first.line, first.device, ['FUND_NOT_ELIGIBLE']);
  });

  test('because the fund will not pay any more on the day on which the family comes, as soon as that is known', async () => {
    await setPolicy([{ offerHoldDays: 20 }]);
    const fund = await aFund(api);
    const [first, second] = [await offered({ device: { fundId: fund.id } }), await offered({ device: { fundId: fund.id } })];
    const sooner = await aPickupSlot(api, site.id);
    const later = await aPickupSlot(api, site.id, { startsAt: '2026-11-06T08:00:00.000Z', endsAt: '2026-11-06T08:30:00.000Z' });
    expectStatus(await move(first.line, 'accept', { pickupSlotId: sooner.id }), 200);
    expectStatus(await move(second.line, 'accept', { pickupSlotId: later.id }), 200);
    expectStatus(await api.patch(`/funds/${fund.id}`, fund.version, { endsOn: '2026-11-05' }), 200);
    await expectTakenBack(second.offer, second.line, second.device, ['FUND_NOT_ELIGIBLE']);
    expect(expectStatus(await api.get('/pickup-slots'), 200).data).toContainEqual(expect.objectContaining({ id: later.id, booked: 0 }));
    expect(await offerNow(first.offer)).toMatchObject({ state: 'accepted', pickupSlotId: sooner.id });
  });

  test('because the learner is in another level now', async () => {
    const fund = await aFund(api, { eligibleLevels: ['college'] });
    const { household, line, device, offer } = await offered({ device: { fundId: fund.id } });
    const path = `/households/${household.id}/learners/${household.learners[0].id}`;
    expectStatus(await api.patch(path, await versionOf(`/households/${household.id}`), { level: 'lycee' }), 200);
    await expectTakenBack(offer, line, device, ['FUND_NOT_ELIGIBLE']);
  });

  test('is not accepted meanwhile', async () => {
    const { line } = await offered();
    await setPolicy([{ itemsPerHousehold: 0 }]);
    expect(codes(await move(line, 'accept'))).toEqual(['HOUSEHOLD_LIMIT_REACHED']);
  });
});

describe('a slot on a day that is closed since', () => {
  test('is given back at once, and the device is held on', async () => {
    const line = await lineOf(await aHousehold(api));
    const device = await aLaptop();
    const offer = await anOffer(api, line.id, device.id);
    const slot = await aPickupSlot(api, site.id);
    expectStatus(await move(line, 'accept', { pickupSlotId: slot.id }), 200);
    expectStatus(await api.put('/closed-days', null, { days: [(slot.startsAt as string).slice(0, 10)] }), 200);
    await app.drain();
    const now = await offerNow(offer);
    expect(now).toMatchObject({ state: 'accepted', pickupSlotId: null });
    expect(await statusOf(device)).toBe('reserved');
    expect((await lineNow(line)).state).toBe('accepted');
  });
});

describe('a promised or lent device keeps what it was promised by', () => {
  test('its fund', async () => {
    const fund = await aFund(api);
    const line = await lineOf(await aHousehold(api));
    const device = await aLaptop();
    const offer = await anOffer(api, line.id, device.id);
    const refused = await api.patch(`/devices/${device.id}`, await versionOf(`/devices/${device.id}`), { fundId: fund.id });
    expect([refused.status, refused.body.code]).toEqual([409, 'DEVICE_IS_PROMISED']);
    expect(JSON.stringify(refused.body)).toContain(offer.id);
    // Whatever the promise does not stand on may be corrected.
    expectStatus(await api.patch(`/devices/${device.id}`, await versionOf(`/devices/${device.id}`), { notes: 'Rayure' }), 200);

    const loan = await aLoan(api);
    const lent = loan.items[0].deviceId as string;
    const kept = await api.patch(`/devices/${lent}`, await versionOf(`/devices/${lent}`), { fundId: fund.id });
    expect([kept.status, kept.body.code]).toEqual([409, 'DEVICE_IS_LENT']);
  });

  test('its condition is not written down to what nobody can use', async () => {
    const line = await lineOf(await aHousehold(api));
    const device = await aLaptop();
    await anOffer(api, line.id, device.id);
    const patch = async (condition: string) => api.patch(`/devices/${device.id}`, await versionOf(`/devices/${device.id}`), { condition });
    expect((await patch('unusable')).body.code).toBe('DEVICE_IS_PROMISED');
    expect((await patch('worn')).status).toBe(200);
  });
});

describe('a learner who leaves', () => {
  const leave = (household: Body, then = '', index = 0, as = api) =>
    as.delete(`/households/${household.id}/learners/${household.learners[index].id}${then === '' ? '' : `?then=${then}`}`);
  const pair = () => aHousehold(api, { learners: learners(2) });
  const lent = async (household: Body): Promise<Body> =>
    aLoan(api, { householdId: household.id, siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] });

  test('with an open line, or a loan, only with a decision about each; the answer names them', async () => {
    const household = await pair();
    await lineOf(household);
    const loan = await lent(household);
    const second = await lineOf(household, {
      lines: [{ class: 'connectivity', learnerIds: [household.learners[0].id], acceptableCategories: ['router'] }],
    });
    const refused = await leave(household);
    expect(codes(refused)).toEqual(['LEARNER_HAS_OPEN_LINE', 'LEARNER_HAS_OPEN_LOAN']);
    for (const name of [second.id, loan.id, loan.reference]) expect(JSON.stringify(refused.body)).toContain(name);
    expect(codes(await leave(household, `withdraw:${second.id}`))).toEqual(['LEARNER_HAS_OPEN_LOAN']);
    expect((await lineNow(second)).state).toBe('waiting');

    expectStatus(await leave(household, `withdraw:${second.id},recall:${loan.id}`), 204);
    expect((await lineNow(second)).state).toBe('withdrawn');
    expect(expectStatus(await api.get(`/loans/${loan.id}`), 200)).toMatchObject({
      state: 'open',
      dueOn: '2026-11-16',
      recalledOn: '2026-11-02',
    });
  });

  test('what is kept goes on for those who stay', async () => {
    const household = await pair();
    const line = await lineOf(household);
    expectStatus(await leave(household, `keep:${line.id}`), 204);
    expect(await lineNow(line)).toMatchObject({
      state: 'waiting',
      waitingSince: line.waitingSince,
      learnerIds: [household.learners[1].id],
    });
    expectStatus(await place(line, await aLaptop()), 201);
    // The last one leaves nothing for anybody.
    expect((await leave(household, `keep:${line.id}`, 1)).body.errors).toMatchObject([{ pointer: '/then/0', code: 'NOBODY_STAYS' }]);
    expectStatus(await leave(household, `withdraw:${line.id}`, 1), 204);
    expect((await lineNow(line)).state).toBe('withdrawn');
  });

  test('with a draft: it is changed before it is submitted', async () => {
    const household = await pair();
    const line = await lineOf(household, { submit: false });
    expectStatus(await leave(household), 204);
    expect((await lineNow(line)).state).toBe('draft');
  });

  test('the last learner takes no loan along that was handed over for nobody in particular', async () => {
    const household = await aHousehold(api);
    const loan = await lent(household);
    expect(codes(await leave(household))).toEqual(['LEARNER_HAS_OPEN_LOAN']);
    expectStatus(await leave(household, `recall:${loan.id}`), 204);
  });

  test('what that writes into the loan’s history and the audit trail is in the council’s language', async () => {
    expectStatus(await api.patch('/council', await versionOf('/council'), { locale: 'en' }), 200);
    const household = await aHousehold(api);
    const loan = await lent(household);
    expectStatus(await leave(household, `recall:${loan.id}`), 204);
    const reason = 'The pupil for whom the device was lent is no longer of the household';
    const events = expectStatus(await api.get(`/loans/${loan.id}/events`), 200).data as Body[];
    expect(events).toContainEqual(expect.objectContaining({ kind: 'recalled', reason }));
    const audited = expectStatus(await api.get('/audit-events?action=loan.recalled'), 200).data as Body[];
    expect(audited).toMatchObject([{ subject: loan.id, reason }]);
  });

  test('one who is left out of the household’s list, too', async () => {
    const household = await pair();
    const line = await lineOf(household);
    const [, stays] = household.learners;
    const patch = (body: object) => api.patch(`/households/${household.id}`, household.version, { learners: [stays], ...body });
    expect(codes(await patch({}))).toEqual(['LEARNER_HAS_OPEN_LINE']);
    const wrong = await patch({ then: [{ id: line.id, decision: 'recall' }] });
    expect(wrong.body.errors).toMatchObject([{ pointer: '/then/0', code: 'NOT_POSSIBLE' }]);
    expectStatus(await patch({ then: [{ id: line.id, decision: 'withdraw' }] }), 200);
    expect((await lineNow(line)).state).toBe('withdrawn');
  });

  test('takes of a client the scope of what is decided about', async () => {
    const household = await aHousehold(api);
    const loan = await lent(household);
    const line = await lineOf(household, {
      lines: [{ class: 'connectivity', learnerIds: [household.learners[0].id], acceptableCategories: ['router'] }],
    });
    const then = `withdraw:${line.id},recall:${loan.id}`;
    const as = (...scopes: Scope[]) => aClient(app, council.id, ['households:write', ...scopes]);
    const refused = await leave(household, then, 0, await as('loans:write'));
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('takes the scope requests:write')]);
    expect((await leave(household, then, 0, await as('requests:write'))).body.detail).toContain('takes the scope loans:write');
    expect((await lineNow(line)).state).toBe('waiting');
    expectStatus(await leave(household, then, 0, await as('requests:write', 'loans:write')), 204);
    expect((await lineNow(line)).state).toBe('withdrawn');
  });

  test('a decision about what is nobody’s, or of no shape', async () => {
    const household = await pair();
    const other = await lineOf(await aHousehold(api));
    expect((await leave(household, `keep:${other.id}`)).status).toBe(422);
    expect((await leave(household, 'keep')).status).toBe(422);
    expectStatus(await leave(household), 204);
  });
});

describe('why a line gets nothing', () => {
  test('says which stock was looked at, and what lies elsewhere', async () => {
    const depot = await aSite(api, { name: 'Dépôt central' });
    const fund = await aFund(api, { eligibleLevels: ['lycee'] });
    for (let device = 0; device < 3; device++) await aLaptop({ siteId: depot.id });
    await aLaptop({ fundId: fund.id });
    const line = await lineOf(await aHousehold(api), { pickupSiteId: site.id });
    const round = expectStatus(await api.post('/allocation-rounds', { class: 'computer' }), 201);
    const [proposal] = expectStatus(await api.get(`/allocation-rounds/${round.id}/proposals`), 200).data as Body[];
    const stock = { siteIds: [site.id], categories: ['laptop', 'tablet'], suitable: 0, elsewhere: 3, otherFunds: 1 };
    expect(proposal).toMatchObject({ lineId: line.id, reason: 'NO_ELIGIBLE_POOL', stock });
    expectStatus(await api.post(`/allocation-rounds/${round.id}/publication`, {}), 200);
    for (const language of ['fr', 'en', 'ar', 'tr', 'pt', 'es', 'uk', 'ro']) {
      const { lastRound } = expectStatus(await api.get(`/request-lines/${line.id}/explanation?language=${language}`), 200);
      expect(lastRound.stock).toEqual(stock);
      for (const part of [site.name, '3', '1']) expect(lastRound.sentence).toContain(part);
    }
  });

  test('says to which sites a round was narrowed, and what lies at the others', async () => {
    const depot = await aSite(api, { name: 'Dépôt central' });
    for (let device = 0; device < 3; device++) await aLaptop({ siteId: depot.id });
    const line = await lineOf(await aHousehold(api));
    const there = await lineOf(await aHousehold(api), { pickupSiteId: depot.id });
    const policy = { reserves: [{ category: 'laptop', siteId: depot.id, devices: 1 }], maximumWaitingDays: null };
    expectStatus(await api.put('/allocation-policy', null, policy), 200);
    const round = expectStatus(await api.post('/allocation-rounds', { class: 'computer', siteIds: [site.id] }), 201);
    expectStatus(await api.post(`/allocation-rounds/${round.id}/publication`, {}), 200);
    for (const language of ['fr', 'en', 'ar', 'tr', 'pt', 'es', 'uk', 'ro']) {
      for (const [{ id }, siteIds] of [[line, [site.id]] as const, [there, [depot.id]] as const]) {
        const { lastRound } = expectStatus(await api.get(`/request-lines/${id}/explanation?language=${language}`), 200);
        expect(lastRound.stock).toEqual({ siteIds, categories: ['laptop', 'tablet'], suitable: 0, elsewhere: 2, otherFunds: 0 });
        for (const part of [site.name, '2']) expect(lastRound.sentence).toContain(part);
        // Its stock was not looked at, whoever chose it.
        expect(lastRound.sentence).not.toContain(depot.name);
      }
    }
  });

  test('says the same of a round for a school', async () => {
    const school = await aSchool(api);
    const own = await aSite(api, { name: 'Réserve du collège', schoolId: school.id, servedSchoolIds: [school.id] });
    for (let device = 0; device < 3; device++) await aLaptop();
    const line = await lineOf(await aHousehold(api, { schoolId: school.id, learners: learners(1, { schoolId: school.id }) }));
    const round = expectStatus(await api.post('/allocation-rounds', { class: 'computer', schoolIds: [school.id] }), 201);
    expectStatus(await api.post(`/allocation-rounds/${round.id}/publication`, {}), 200);
    const { lastRound } = expectStatus(await api.get(`/request-lines/${line.id}/explanation?language=en`), 200);
    expect(lastRound).toMatchObject({ reason: 'NO_ELIGIBLE_POOL', stock: { siteIds: [own.id], suitable: 0, elsewhere: 3 } });
    expect(lastRound.sentence).toContain(`That round gave out no other stock than that of: ${own.name}.`);
  });

  test('a refusal, with its reason and how to appeal', async () => {
    const line = await lineOf(await aHousehold(api));
    expectStatus(await move(line, 'refuse', { reason: 'Deux ordinateurs à la maison' }), 200);
    const explained = async (language = 'fr') =>
      expectStatus(await api.get(`/request-lines/${line.id}/explanation?language=${language}`), 200);
    const first = await explained();
    expect(first.refusal).toEqual({ reason: 'Deux ordinateurs à la maison', appealedAt: null, appealDecidedAt: null });
    expect(first.sentences[0]).toContain('Deux ordinateurs à la maison');
    const [, appeal] = first.sentences;
    expectStatus(await move(line, 'appeal', { reason: 'Ils sont en panne' }), 200);
    expect((await explained()).sentences[1]).not.toBe(appeal);
    for (const language of ['en', 'ar', 'tr', 'pt', 'es', 'uk', 'ro'])
      expect((await explained(language)).sentences[1]).not.toContain('refus a été');
  });
});
