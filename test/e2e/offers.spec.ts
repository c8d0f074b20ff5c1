import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { OfferMaker } from '../../src/modules/allocation/index.js';
import { Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, anOffer, aPickupSlot, aRequest, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
let site: Answer['body'];
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

type Body = Answer['body'];

const aLaptop = (overrides: Record<string, unknown> = {}) => aDevice(api, { siteId: site.id, modelId, ...overrides });
const aLine = async (overrides: Record<string, unknown> = {}): Promise<Body> =>
  (await aRequest(api, (await aHousehold(api)).id, overrides)).lines[0];
const place = (lineId: string, deviceId: string, who = api) => who.post('/placements', { lineId, deviceId, reason: 'Examen' });
const move = (line: Body, name: string, said: object = {}, who = api) =>
  who.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const lineState = async (line: Body) => expectStatus(await api.get(`/request-lines/${line.id}`), 200);
const statusOf = async (device: Body) => expectStatus(await api.get(`/devices/${device.id}`), 200).status as string;
const offerNow = async (offer: Body) => expectStatus(await api.get(`/offers/${offer.id}`), 200);
const codes = ({ status, body }: Answer) => (status === 409 ? body.reasons.map(({ code }: { code: string }) => code) : status);
const faults = ({ body }: Answer) => body.errors.map(({ code, pointer }: { code: string; pointer: string }) => `${pointer} ${code}`);
/** Goes on to this instant, and does what became due until then. */
async function until(instant: string): Promise<void> {
  await app.drain();
  app.clock.moveTo(new Date(instant));
  await app.drain();
}

/** A line with an offer of a device of its own. */
async function anOffered(overrides: Record<string, unknown> = {}) {
  const line = await aLine(overrides);
  const device = await aLaptop();
  return { line, device, offer: await anOffer(api, line.id, device.id) };
}

describe('making an offer', () => {
  test('holds the device, moves the line, and tells of both', async () => {
    const line = await aLine();
    const device = await aLaptop();
    const offer = expectStatus(await place(line.id, device.id), 201);
    // The fifth open day after Monday 2 November is Monday the 9th; in Paris it ends at 23:00 UTC.
    expect(offer).toMatchObject({ lineId: line.id, deviceId: device.id, state: 'open', expiresAt: '2026-11-09T23:00:00.000Z', version: 1 });
    expect(await offerNow(offer)).toEqual(offer);
    expect(await lineState(line)).toMatchObject({ state: 'offered', position: null, reason: 'Examen', waitingSince: line.waitingSince });
    expect(await statusOf(device)).toBe('reserved');
    const { data } = (await api.get(`/devices/${device.id}/events`)).body;
    expect(data.at(-1)).toMatchObject({ move: 'reserve', from: 'available', to: 'reserved' });
    const events = await app.nest
      .get(Transactions)
      .tenantRead(council.id, 'SELECT move, from_state, to_state, reason FROM request_line_events WHERE line_id = $1 ORDER BY id', [
        line.id,
      ]);
    expect(events.at(-1)).toEqual({ move: 'offer', from_state: 'waiting', to_state: 'offered', reason: 'Examen' });
    const audit = (await api.get(`/audit-events?subject=${offer.id}`)).body.data.map(({ action }: { action: string }) => action);
    expect(audit.sort()).toEqual(['offer.made', 'offer.placed_by_hand']);
  });

  test('counts open days of the council’s calendar and the days of its policy', async () => {
    expectStatus(await api.put('/closed-days', null, { days: ['2026-11-03'] }), 200);
    expectStatus(await api.put('/loan-policies', null, { rules: [{ offerHoldDays: 1 }, { category: 'tablet', offerHoldDays: 2 }] }), 200);
    expect((await anOffered()).offer.expiresAt).toBe('2026-11-04T23:00:00.000Z');
    const tablet = await aLaptop({ modelId: (await aDeviceModel(api, { category: 'tablet' })).id });
    expect((await anOffer(api, (await aLine()).id, tablet.id)).expiresAt).toBe('2026-11-05T23:00:00.000Z');
  });

  test('every reason at once, in order; nothing changes', async () => {
    const fund = expectStatus(await api.post('/funds', { name: 'Lycées', funder: 'region', eligibleLevels: ['lycee'] }), 201);
    const router = (await aDeviceModel(api, { category: 'router' })).id as string;
    const line = await aLine();
    const device = await aLaptop({ modelId: router, fundId: fund.id });
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'inspect', reason: 'Contrôle' }), 200);
    expect(codes(await place(line.id, device.id))).toEqual(['DEVICE_NOT_AVAILABLE', 'CATEGORY_NOT_ACCEPTABLE', 'FUND_NOT_ELIGIBLE']);
    expect(await lineState(line)).toMatchObject({ state: 'waiting', version: line.version });
    const { device: held } = await anOffered();
    expect(codes(await place(line.id, held.id))).toEqual(['DEVICE_NOT_AVAILABLE']);
  });

  test('a line that does not wait, ids that name nothing, no reason', async () => {
    const { line, device } = await anOffered();
    const other = await aLaptop();
    expect((await place(line.id, other.id)).body).toMatchObject({ status: 409, code: 'INVALID_MOVE', from: 'offered' });
    expect(faults(await place(newId(), newId()))).toEqual(['/lineId UNKNOWN_REFERENCE', '/deviceId UNKNOWN_REFERENCE']);
    const blank = await api.post('/placements', { lineId: line.id, deviceId: device.id, reason: ' ' });
    expect([blank.status, faults(blank)]).toEqual([422, ['/reason TOO_SHORT']]);
  });
});

describe('many at once', () => {
  const make = (wishes: { lineId: string; deviceId: string }[]) => {
    const all = wishes.map((wish) => ({ ...wish, roundId: null, reason: null }));
    return app.nest.get(Transactions).write(council.id, (tx) => app.nest.get(OfferMaker).make(tx, { id: 'system' }, all));
  };
  const pair = async () => ({ lineId: (await aLine()).id as string, deviceId: (await aLaptop()).id as string });

  test('each line has its own device', async () => {
    const wishes = [await pair(), await pair(), await pair()];
    expect((await make(wishes)).ok).toBe(true);
    const { data } = (await api.get('/offers')).body;
    expect(data.map(({ lineId, deviceId, state }: Body) => ({ lineId, deviceId, state }))).toEqual(
      expect.arrayContaining(wishes.map((wish) => ({ ...wish, state: 'open' }))),
    );
    for (const { lineId, deviceId } of wishes) {
      expect(await lineState({ id: lineId })).toMatchObject({ state: 'offered', reason: null });
      expect(await statusOf({ id: deviceId })).toBe('reserved');
      expect((await api.get(`/audit-events?subject=${lineId}&actor=system`)).body.data).toHaveLength(1);
    }
    await until('2026-11-09T23:00:00Z');
    expect((await api.get('/offers?state=expired')).body.data).toHaveLength(3);
  });

  test('all or none: it tells of every one that cannot be made', async () => {
    const [good, taken, gone] = [await pair(), await pair(), await pair()];
    await anOffer(api, (await aLine()).id, taken.deviceId);
    expectStatus(await move({ id: gone.lineId }, 'withdraw'), 200);
    const made = await make([good, taken, gone]);
    expect(made).toMatchObject({
      ok: false,
      reason: [
        { plan: taken, denial: { kind: 'refused', reasons: [{ code: 'DEVICE_NOT_AVAILABLE' }] } },
        { plan: gone, denial: { kind: 'invalid_move', move: { from: 'withdrawn' } } },
      ],
    });
    expect([(await lineState({ id: good.lineId })).state, await statusOf({ id: good.deviceId })]).toEqual(['waiting', 'available']);
  });
});

describe('what a family or staff answer', () => {
  test('accepted without a slot, it is held for the policy’s days', async () => {
    const { line, offer, device } = await anOffered();
    expect(expectStatus(await move(line, 'accept'), 200).state).toBe('accepted');
    expect(await offerNow(offer)).toMatchObject({
      state: 'accepted',
      expiresAt: '2026-11-09T23:00:00.000Z',
      pickupSlotId: null,
      version: 2,
    });
    expect(await statusOf(device)).toBe('reserved');
  });

  test('declined: it waits again where it was, or is withdrawn; the device is free', async () => {
    for (const [said, state] of [
      [{}, 'waiting'],
      [{ noLongerNeeded: true }, 'withdrawn'],
    ] as const) {
      const { line, offer, device } = await anOffered();
      expect(expectStatus(await move(line, 'decline', said), 200)).toMatchObject({ state, waitingSince: line.waitingSince });
      expect((await offerNow(offer)).state).toBe('declined');
      expect(await statusOf(device)).toBe('available');
    }
  });

  test('revoked with a reason, withdrawn: the device and the place in the slot are free', async () => {
    const slot = await aPickupSlot(api, site.id);
    const booked = async () => (await api.get(`/pickup-slots?siteId=${site.id}`)).body.data[0].booked as number;
    for (const [name, said, lineEnd, offerEnd] of [
      ['revoke', { reason: 'Appareil rappelé' }, 'waiting', 'revoked'],
      ['withdraw', {}, 'withdrawn', 'withdrawn'],
      ['decline', {}, 'waiting', 'declined'],
    ] as const) {
      const { line, offer, device } = await anOffered();
      expectStatus(await move(line, 'accept', { pickupSlotId: slot.id }), 200);
      expect(await booked()).toBe(1);
      if (name === 'revoke') expect(faults(await move(line, name))).toEqual(['/reason REQUIRED']);
      expect(expectStatus(await move(line, name, said), 200).state).toBe(lineEnd);
      expect([(await offerNow(offer)).state, await statusOf(device), await booked()]).toEqual([offerEnd, 'available', 0]);
    }
  });

  test('suspending and refusing need a line that waits: the offer is revoked first', async () => {
    const { line } = await anOffered();
    const said = { reason: 'Absence' };
    const possible = ['withdraw', 'accept', 'decline', 'revoke'];
    for (const name of ['suspend', 'refuse'])
      expect((await move(line, name, said)).body).toMatchObject({ code: 'INVALID_MOVE', from: 'offered', possible });
    expectStatus(await move(line, 'revoke', said), 200);
    expect(expectStatus(await move(line, 'suspend', said), 200).state).toBe('suspended');
  });

  test('a line may be offered another device after each end', async () => {
    const { line } = await anOffered();
    expectStatus(await move(line, 'decline'), 200);
    await anOffer(api, line.id, (await aLaptop()).id);
    expect((await lineState(line)).state).toBe('offered');
    const { data } = expectStatus(await api.get(`/offers?lineId=${line.id}`), 200);
    expect(data.map(({ state }: Body) => state)).toEqual(['declined', 'open']);
  });
});

describe('time', () => {
  test('an offer that nobody answers expires, not before its time; the second time its line is suspended', async () => {
    const { line, offer, device } = await anOffered();
    await until('2026-11-09T22:59:59Z');
    expect((await offerNow(offer)).state).toBe('open');
    await until('2026-11-09T23:00:00Z');
    expect((await offerNow(offer)).state).toBe('expired');
    expect(await statusOf(device)).toBe('available');
    expect(await lineState(line)).toMatchObject({ state: 'waiting', waitingSince: line.waitingSince, position: 1 });
    const second = await anOffer(api, line.id, device.id);
    await until(second.expiresAt);
    expect((await offerNow(second)).state).toBe('expired');
    expect(await lineState(line)).toMatchObject({ state: 'suspended', suspendedUntil: null, waitingSince: line.waitingSince });
  });

  test('what was declined, revoked or withdrawn is not missed; a pickup that expires is', async () => {
    expectStatus(await api.put('/loan-policies', null, { rules: [{ missedOffers: 1 }] }), 200);
    expectStatus(await api.post('/priority-policies', { criteria: [{ criterion: 'missedOffers', points: -30 }] }), 201);
    const { line, device } = await anOffered();
    await app.drain();
    expectStatus(await move(line, 'decline'), 200);
    await anOffer(api, line.id, device.id);
    expectStatus(await move(line, 'revoke', { reason: 'Erreur' }), 200);
    const offer = await anOffer(api, line.id, device.id);
    expectStatus(await move(line, 'accept'), 200);
    await until('2026-11-09T23:00:00Z');
    expect((await offerNow(offer)).state).toBe('pickup_expired');
    expect([(await lineState(line)).state, await statusOf(device)]).toEqual(['suspended', 'available']);
    const explanation = expectStatus(await api.get(`/request-lines/${line.id}/explanation`), 200);
    expect([explanation.score, explanation.isCurrent]).toEqual([-30, true]);
  });

  test('accepted in time, the end of the hold means nothing any more', async () => {
    const { line, offer } = await anOffered();
    app.clock.moveTo(new Date('2026-11-06T10:00:00Z'));
    expectStatus(await move(line, 'accept'), 200);
    await until('2026-11-09T23:00:00Z');
    expect(await offerNow(offer)).toMatchObject({ state: 'accepted', expiresAt: '2026-11-13T23:00:00.000Z' });
    await until('2026-11-13T23:00:00Z');
    expect((await offerNow(offer)).state).toBe('pickup_expired');
  });

  test('too late is too late, though the job has not yet run', async () => {
    const { line, offer } = await anOffered();
    app.clock.moveTo(new Date(offer.expiresAt as string));
    expect(codes(await move(line, 'accept'))).toEqual(['OFFER_EXPIRED']);
    expect((await offerNow(offer)).state).toBe('open');
    expectStatus(await move(line, 'decline'), 200);
  });
});

describe('a device that goes missing', () => {
  test('takes its offer with it: the line waits again, and nothing was missed', async () => {
    expectStatus(await api.put('/loan-policies', null, { rules: [{ missedOffers: 1 }] }), 200);
    const { line, device, offer } = await anOffered();
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'mark_missing', reason: 'Inventaire' }), 200);
    await app.drain();
    expect([(await offerNow(offer)).state, (await lineState(line)).state, await statusOf(device)]).toEqual([
      'revoked',
      'waiting',
      'missing',
    ]);
  });

  test('found again before that was done, it is held for nobody, and then for the next', async () => {
    const { line, device, offer } = await anOffered();
    for (const sent of [
      { move: 'mark_missing', reason: 'Inventaire' },
      { move: 'recover', reason: 'Dans un tiroir', condition: 'good' },
      { move: 'pass_inspection', condition: 'good', dataWiped: true },
    ])
      expectStatus(await api.post(`/devices/${device.id}/moves`, sent), 200);
    const other = await aLine();
    expect(await statusOf(device)).toBe('available');
    expect(codes(await place(other.id, device.id))).toEqual(['DEVICE_NOT_AVAILABLE']);
    await app.drain();
    expect([(await offerNow(offer)).state, (await lineState(line)).state]).toEqual(['revoked', 'waiting']);
  });
});

describe('reading', () => {
  test('by state, line, device and household, page by page', async () => {
    const made = [await anOffered(), await anOffered(), await anOffered()];
    const ids = made.map(({ offer }) => offer.id as string);
    const list = async (query: string) => expectStatus(await api.get(`/offers${query}`), 200);
    const first = await list('?limit=2');
    expect(first.data.map(({ id }: Body) => id)).toEqual(ids.slice(0, 2));
    expect((await list(`?limit=2&cursor=${first.nextCursor}`)).data.map(({ id }: Body) => id)).toEqual(ids.slice(2));
    expectStatus(await move(made[0]?.line, 'decline'), 200);
    expect((await list('?state=declined')).data.map(({ id }: Body) => id)).toEqual(ids.slice(0, 1));
    expect((await list(`?deviceId=${made[1]?.device.id}`)).data.map(({ id }: Body) => id)).toEqual([ids[1]]);
    expect((await list(`?householdId=${made[2]?.line.householdId}`)).data.map(({ id }: Body) => id)).toEqual([ids[2]]);
  });

  test('a school reads the offers of its families; only a manager places by hand', async () => {
    const school = await aSchool(api);
    const administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    const own = (await aRequest(api, (await aHousehold(api, { schoolId: school.id })).id)).lines[0];
    const ofOwn = await anOffer(api, own.id, (await aLaptop()).id);
    const { offer: stranger } = await anOffered();
    expect((await administrator.get('/offers')).body.data.map(({ id }: Body) => id)).toEqual([ofOwn.id]);
    expect((await administrator.get(`/offers/${stranger.id}`)).status).toBe(404);
    const [line, device] = [await aLine(), await aLaptop()];
    for (const who of [administrator, await aPerson(app, council.id, 'auditor'), await aClient(app, council.id, ['allocation:read'])])
      expect((await place(line.id, device.id, who)).status).toBe(403);
    expect((await place(line.id, device.id, await aPerson(app, council.id, 'desk_agent', { siteId: site.id }))).status).toBe(403);
    expect((await place(line.id, device.id, api.anonymous)).status).toBe(401);
    expect(faults(await place(line.id, device.id, (await aCouncil(app)).api))).toEqual([
      '/lineId UNKNOWN_REFERENCE',
      '/deviceId UNKNOWN_REFERENCE',
    ]);
    expectStatus(await place(line.id, device.id, await aPerson(app, council.id, 'council_manager')), 201);
  });
});

describe('what an offer stood on', () => {
  const explained = (offer: Body, who = api) => who.get(`/offers/${offer.id}/explanation?language=en`);
  const sum = ({ criteria }: Body) => criteria.reduce((points: number, each: Body) => points + each.points, 0) as number;

  test('is kept as it was when a device was placed, whatever becomes of the family and of the policy', async () => {
    const household = await aHousehold(api, { bursaryLevel: 4 });
    expectStatus(await api.post(`/households/${household.id}/verifications`, { fields: ['bursaryLevel'] }), 200);
    const line = (await aRequest(api, household.id)).lines[0];
    const offer = await anOffer(api, line.id, (await aLaptop()).id);
    const before = expectStatus(await explained(offer), 200);
    expect(before).toMatchObject({ offerId: offer.id, lineId: line.id, roundId: null, policyVersion: 1, countedOn: '2026-11-02' });
    expect(sum(before)).toBe(before.score);
    expect(before.criteria.find(({ criterion }: Body) => criterion === 'bursaryLevel')).toMatchObject({
      value: 4,
      points: 40,
      source: 'verified',
      verifiedBy: expect.any(String),
    });
    expectStatus(await api.patch(`/households/${household.id}`, household.version + 1, { bursaryLevel: 0 }), 200);
    expectStatus(await api.post('/priority-policies', { criteria: [{ criterion: 'bursaryLevel', points: 1 }] }), 201);
    await app.drain();
    expect((await explained(offer)).body).toEqual(before);
    const changed = app.nest
      .get(Transactions)
      .write(council.id, (tx) => tx.execute('UPDATE placement_explanations SET score = 0 WHERE offer_id = $1', [offer.id]));
    await expect(changed).rejects.toThrow(/permission denied/);
  });

  test('is what the round kept, where a round made it; it is for those who may see the offer', async () => {
    const school = await aSchool(api);
    const line = (await aRequest(api, (await aHousehold(api, { schoolId: school.id })).id)).lines[0];
    await aLaptop();
    const round = expectStatus(await api.post('/allocation-rounds', { class: 'computer' }), 201);
    expectStatus(await api.post(`/allocation-rounds/${round.id}/publication`), 200);
    const [offer] = expectStatus(await api.get(`/offers?lineId=${line.id}`), 200).data;
    const explanation = expectStatus(await explained(offer), 200);
    const proposal = expectStatus(await api.get(`/allocation-rounds/${round.id}/proposals/${line.id}?language=en`), 200);
    expect(explanation).toMatchObject({ roundId: round.id, score: proposal.score, criteria: proposal.criteria });
    const [own, other] = [
      await aPerson(app, council.id, 'school_administrator', { schoolId: school.id }),
      await aPerson(app, council.id, 'school_administrator', { schoolId: (await aSchool(api)).id }),
    ];
    expect((await explained(offer, own)).body).toEqual(explanation);
    expect((await explained(offer, other)).status).toBe(404);
    expect((await explained(offer, (await aCouncil(app)).api)).status).toBe(404);
    expect((await explained({ id: newId() })).status).toBe(404);
  });
});

test('where nothing is set up to send with, an offer counts from its making: it is missed as any other', async () => {
  const { api: silent } = await aCouncil(app);
  const device = await aDevice(silent);
  const { lines } = await aRequest(silent, (await aHousehold(silent)).id);
  const offer = await anOffer(silent, lines[0].id, device.id);
  await app.drain();
  expect(expectStatus(await silent.get(`/offers/${offer.id}`), 200)).toMatchObject({
    noticeLeftAt: START.toISOString(),
    undeliverableAt: null,
  });
  await until(offer.expiresAt as string);
  expect(expectStatus(await silent.get(`/offers/${offer.id}`), 200).state).toBe('expired');
});
