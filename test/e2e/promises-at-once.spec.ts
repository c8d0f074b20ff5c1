import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aFund, aHousehold, anAgreement, anOffer, aPickupSlot, aRequest, aSite } from '../support/builders.js';
import { expectLedgerWithoutFaults } from '../support/ledger.js';
import { aCouncil } from '../support/people.js';
import { onServer, WAITING_HERE } from '../support/test-database.js';
import { LONG_MS, repeated } from '../support/thorough.js';
import { until } from '../support/until.js';

type Body = Answer['body'];

let app: TestApp;
let api: Api;
let site: Body;
let modelId: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  api = (await aCouncil(app)).api;
  // Families are told of offers in another way: each counts as told when it is made.
  expectStatus(await api.put('/notice-policies', null, { rules: [] }), 200);
  site = await aSite(api);
  modelId = (await aDeviceModel(api)).id;
});
/** Whatever happened: lines, devices, offers and loans tell the same story. */
afterEach(() => expectLedgerWithoutFaults(app));
afterAll(() => app.close());

const aLaptop = (overrides: Record<string, unknown> = {}) => aDevice(api, { siteId: site.id, modelId, ...overrides });
const place = (line: Body, device: Body) => api.post('/placements', { lineId: line.id, deviceId: device.id, reason: 'Examen' });
const live = async (line: Body) => {
  const { data } = expectStatus(await api.get(`/offers?lineId=${line.id}`), 200);
  return (data as Body[]).filter(({ state }) => state === 'open' || state === 'accepted').length;
};

test(
  'a device is placed while the policy comes to allow nothing: nobody is left with a promise that the desk refuses',
  () =>
    repeated(async () => {
      const setPolicy = async (rules: object[]) => {
        const { version } = expectStatus(await api.get('/loan-policies'), 200);
        return api.put('/loan-policies', version ?? null, { rules });
      };
      expectStatus(await setPolicy([{ itemsPerHousehold: 1 }]), 200);
      const line = (await aRequest(api, (await aHousehold(api)).id)).lines[0];
      const device = await aLaptop();
      const [placed, replaced] = await Promise.all([place(line, device), setPolicy([{ itemsPerHousehold: 0 }])]);
      expectStatus(replaced, 200);
      expect([201, 409]).toContain(placed.status);
      await app.drain();
      expect(await live(line)).toBe(0);
    }),
  LONG_MS,
);

test(
  'a device is placed while its fund comes to be for others: the same',
  () =>
    repeated(async () => {
      const fund = await aFund(api);
      const line = (await aRequest(api, (await aHousehold(api)).id)).lines[0];
      const device = await aLaptop({ fundId: fund.id });
      const [placed, changed] = await Promise.all([
        place(line, device),
        api.patch(`/funds/${fund.id}`, fund.version, { eligibleLevels: ['lycee'] }),
      ]);
      expectStatus(changed, 200);
      expect([201, 409]).toContain(placed.status);
      await app.drain();
      expect(await live(line)).toBe(0);
    }),
  LONG_MS,
);

test(
  'a device is placed while it is given another fund: the one or the other',
  () =>
    repeated(async () => {
      const fund = await aFund(api, { eligibleLevels: ['lycee'] });
      const line = (await aRequest(api, (await aHousehold(api)).id)).lines[0];
      const device = await aLaptop();
      const [placed, changed] = await Promise.all([
        place(line, device),
        api.patch(`/devices/${device.id}`, device.version, { fundId: fund.id }),
      ]);
      // Whoever comes second reads what the first has done: another version, a promise, or a fund that is for others.
      expect([placed.status, changed.status].filter((status) => status < 300)).toHaveLength(1);
      expect(await live(line)).toBe(placed.status === 201 ? 1 : 0);
    }),
  LONG_MS,
);

test(
  'a family comes to the desk while what is held for it is taken back: it has the device, or waits, never both',
  () =>
    repeated(async (number) => {
      const fund = await aFund(api);
      const household = await aHousehold(api);
      const line = (await aRequest(api, household.id)).lines[0];
      const device = await aLaptop({ fundId: fund.id });
      await anOffer(api, line.id, device.id);
      expectStatus(await api.patch(`/funds/${fund.id}`, fund.version, { eligibleLevels: ['lycee'] }), 200);
      const items = [{ deviceId: device.id, conditionOut: 'good' }];
      const loan = { householdId: household.id, siteId: site.id, agreement: anAgreement, items, override: { reason: 'Déjà promis' } };
      const drained = app.drain();
      for (let turn = 0; turn < number; turn++) await new Promise((resolve) => setImmediate(resolve));
      const [handed] = await Promise.all([api.post('/loans', loan), drained]);
      expect(handed.status).toBe(201);
      expect(await live(line)).toBe(0);
      expect(expectStatus(await api.get(`/request-lines/${line.id}`), 200).state).toBe('fulfilled');
    }),
  LONG_MS,
);

describe('what a promise stands on changes while the promise is being written', () => {
  /** `change` waits for the promise, or is seen by it: without that it would be done, with all that follows, before the promise is. */
  async function whilePromising(promise: () => Promise<Answer>, change: () => Promise<Answer>): Promise<Answer[]> {
    await app.drain();
    const answers = await onServer(app.databaseUrl, async (client) => {
      await client.query('BEGIN; LOCK TABLE offers IN SHARE MODE');
      const areWaiting = async (count: number) => (await client.query(WAITING_HERE)).rowCount === count;
      const promised = promise();
      await until('the promise waits to be written', () => areWaiting(1));
      let isDone = false;
      const changed = change().then(async (answer) => {
        await app.drain();
        isDone = true;
        return answer;
      });
      await until('the change waits for the promise', async () => isDone || (await areWaiting(2)));
      await client.query('COMMIT');
      return Promise.all([promised, changed]);
    });
    await app.drain();
    return answers;
  }
  const accepted = (line: Body, slot: Body) => api.post(`/request-lines/${line.id}/moves`, { move: 'accept', pickupSlotId: slot.id });
  const aLine = async (): Promise<Body> => (await aRequest(api, (await aHousehold(api)).id)).lines[0];

  test('the fund comes to end before the day on which the family comes', async () => {
    const fund = await aFund(api);
    const [line, slot] = [await aLine(), await aPickupSlot(api, site.id)];
    await anOffer(api, line.id, (await aLaptop({ fundId: fund.id })).id);
    const end = () => api.patch(`/funds/${fund.id}`, fund.version, { endsOn: '2026-11-03' });
    const [moved, changed] = await whilePromising(() => accepted(line, slot), end);
    expect([moved?.status, changed?.status]).toEqual([200, 200]);
    expect(await live(line)).toBe(0);
  });

  test('the council settles its first loan policy, which allows nothing', async () => {
    const [line, device] = [await aLine(), await aLaptop()];
    const forbid = () => api.put('/loan-policies', null, { rules: [{ itemsPerHousehold: 0 }] });
    const [placed, changed] = await whilePromising(() => place(line, device), forbid);
    expect([placed?.status, changed?.status]).toEqual([201, 200]);
    expect(await live(line)).toBe(0);
  });

  test('the council says for the first time on which days it is closed', async () => {
    const [line, slot] = [await aLine(), await aPickupSlot(api, site.id)];
    const offer = await anOffer(api, line.id, (await aLaptop()).id);
    const close = () => api.put('/closed-days', null, { days: [(slot.startsAt as string).slice(0, 10)] });
    const [moved, changed] = await whilePromising(() => accepted(line, slot), close);
    expect([moved?.status, changed?.status]).toEqual([200, 200]);
    expect(expectStatus(await api.get(`/offers/${offer.id}`), 200)).toMatchObject({ state: 'accepted', pickupSlotId: null });
  });
});
