import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, anAgreement, aRequest, aSite } from '../support/builders.js';
import { expectLedgerWithoutFaults } from '../support/ledger.js';
import { aCouncil } from '../support/people.js';
import { onServer, WAITING_HERE } from '../support/test-database.js';
import { until } from '../support/until.js';
import { LONG_MS, repeated } from '../support/thorough.js';

let app: TestApp;
let api: Api;
let site: Answer['body'];
let modelId: string;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  api = (await aCouncil(app)).api;
  site = await aSite(api);
  modelId = (await aDeviceModel(api)).id;
});
afterEach(() => expectLedgerWithoutFaults(app));
afterAll(() => app.close());

const aLaptop = () => aDevice(api, { siteId: site.id, modelId });
const handOver = (household: { id: string }, device: { id: string }, more: object = {}, headers: Record<string, string> = {}) =>
  api.post(
    '/loans',
    { householdId: household.id, siteId: site.id, agreement: anAgreement, items: [{ deviceId: device.id, conditionOut: 'good' }], ...more },
    { headers },
  );
const outcomes = (answers: Answer[]) =>
  answers
    .map(({ status, body }) => (status < 300 ? status : (body.code as string)))
    .map(String)
    .sort();

test(
  'two desks hand one device to two families: one has it',
  async () => {
    const families = [await aHousehold(api), await aHousehold(api)];
    await repeated(async () => {
      const device = await aLaptop();
      const answers = await Promise.all(families.map((family) => handOver(family, device)));
      expect(outcomes(answers)).toEqual(['201', 'DEVICE_NOT_AVAILABLE']);
      expectStatus(await api.post('/returns', { assetTag: device.assetTag, conditionIn: 'good', siteId: site.id }), 200);
    });
  },
  LONG_MS,
);

test(
  'two desks hand two devices to one family that may have one',
  async () => {
    const family = await aHousehold(api);
    await repeated(async () => {
      const devices = [await aLaptop(), await aLaptop()];
      const answers = await Promise.all(devices.map((device) => handOver(family, device)));
      expect(outcomes(answers)).toEqual(['201', 'HOUSEHOLD_LIMIT_REACHED']);
      const { assetTag } = answers.find(({ status }) => status === 201)!.body.items[0];
      expectStatus(await api.post('/returns', { assetTag, conditionIn: 'good', siteId: site.id }), 200);
    });
  },
  LONG_MS,
);

test(
  'two desks, one line: the second device is for no line',
  async () => {
    const learners = ['Amal', 'Idris'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' }));
    await repeated(async () => {
      const family = await aHousehold(api, { learners });
      await aRequest(api, family.id);
      const devices = [await aLaptop(), await aLaptop()];
      const answers = await Promise.all(devices.map((device) => handOver(family, device)));
      expect(outcomes(answers)).toEqual(['201', '201']);
      expect(answers.filter(({ body }) => body.items[0].requestLineId === null)).toHaveLength(1);
    });
  },
  LONG_MS,
);

test(
  'two families at two desks take what is left over for one of them',
  async () => {
    await aRequest(api, (await aHousehold(api)).id);
    const families = [await aHousehold(api), await aHousehold(api)];
    const stock = [await aLaptop(), await aLaptop(), await aLaptop()];
    // One laptop stays for the line that waits, and one is put aside for the next round.
    await repeated(async () => {
      const [first, second, third] = stock.splice(0, 3);
      expectStatus(await api.post(`/devices/${third.id}/moves`, { move: 'inspect', reason: 'Contrôle' }), 200);
      const answers = await Promise.all([handOver(families[0], first), handOver(families[1], second)]);
      expect(outcomes(answers)).toEqual(['201', 'OTHERS_ARE_WAITING']);
      const { assetTag, deviceId } = answers.find(({ status }) => status === 201)!.body.items[0];
      expectStatus(await api.post('/returns', { assetTag, conditionIn: 'good', siteId: site.id }), 200);
      for (const id of [deviceId, third.id]) {
        expectStatus(await api.post(`/devices/${id}/moves`, { move: 'pass_inspection', condition: 'good', dataWiped: true }), 200);
      }
      stock.push(first, second, third);
    });
  },
  LONG_MS,
);

test(
  'a device is taken back once',
  async () => {
    await repeated(async () => {
      const loan = await aLoan(api, { siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] });
      const [{ id: itemId, assetTag, deviceId }] = loan.items;
      const answers = await Promise.all([
        api.post('/returns', { assetTag, conditionIn: 'good', siteId: site.id }),
        api.post(`/loans/${loan.id}/returns`, { items: [{ itemId, conditionIn: 'worn' }], siteId: site.id }),
      ]);
      expect(outcomes(answers)).toEqual(['200', 'DEVICE_NOT_ON_LOAN']);
      const moves = (await api.get(`/devices/${deviceId}/events`)).body.data.map(({ move }: { move: string }) => move);
      expect(moves.filter((move: string) => move === 'take_back')).toHaveLength(1);
    });
  },
  LONG_MS,
);

test(
  'a loan is renewed while it is recalled: either before, or not at all',
  async () => {
    await repeated(async () => {
      const loan = await aLoan(api, { siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] });
      const [renewal, recall] = await Promise.all([
        api.post(`/loans/${loan.id}/renewals`),
        api.post(`/loans/${loan.id}/recall`, { dueOn: '2026-12-01', reason: 'Rappel du fabricant' }),
      ]);
      expect(recall.status).toBe(200);
      expect(outcomes([renewal])).toEqual([renewal.status === 200 ? '200' : 'LOAN_RECALLED']);
      const now = (await api.get(`/loans/${loan.id}`)).body;
      expect(now).toMatchObject({ dueOn: '2026-12-01', recalledOn: '2026-11-02', renewals: renewal.status === 200 ? 1 : 0 });
    });
  },
  LONG_MS,
);

test(
  'a loan with one renewal left is renewed once',
  async () => {
    expectStatus(await api.put('/loan-policies', null, { rules: [{ renewals: 1 }] }), 200);
    await repeated(async () => {
      const loan = await aLoan(api, { siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] });
      const answers = await Promise.all([api.post(`/loans/${loan.id}/renewals`), api.post(`/loans/${loan.id}/renewals`)]);
      expect(outcomes(answers)).toEqual(['200', 'RENEWAL_LIMIT_REACHED']);
    });
  },
  LONG_MS,
);

test(
  'a device is exchanged into two loans at once: one has it',
  async () => {
    await repeated(async () => {
      const loans = [];
      for (let number = 0; number < 2; number++) {
        loans.push(await aLoan(api, { siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] }));
      }
      const { id: deviceId } = await aLaptop();
      const answers = await Promise.all(
        loans.map((loan) =>
          api.post(`/loans/${loan.id}/exchanges`, {
            itemId: loan.items[0].id,
            deviceId,
            conditionIn: 'damaged',
            conditionOut: 'good',
            reason: 'Cassé',
          }),
        ),
      );
      expect(outcomes(answers)).toEqual(['200', 'DEVICE_NOT_AVAILABLE']);
    });
  },
  LONG_MS,
);

test(
  'an incident is closed once',
  async () => {
    await repeated(async () => {
      const loan = await aLoan(api, { siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] });
      const report = { itemId: loan.items[0].id, kind: 'lost', reportedOn: '2026-11-02', description: 'Perdu' };
      const reported = await Promise.all([report, report].map((body) => api.post(`/loans/${loan.id}/incidents`, body)));
      expect(outcomes(reported)).toEqual(['201', 'ITEM_NOT_ON_LOAN']);
      const { id } = reported.find(({ status }) => status === 201)!.body;
      const outcome = (word: string) => api.post(`/incidents/${id}/closure`, { outcome: word, reason: 'Vu' });
      expect(outcomes(await Promise.all([outcome('found'), outcome('written_off')]))).toEqual(['200', 'INCIDENT_CLOSED']);
    });
  },
  LONG_MS,
);

test(
  'a signature while the policy changes: what is asked afterwards is what holds and was not signed',
  async () => {
    const loan = await aLoan(api, { siteId: site.id, items: [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }] });
    await repeated(async (number) => {
      const [before, after] = [`T${number - 1}`, `T${number}`];
      const rules = [{ termsVersion: after }];
      const put = async () => {
        const answer = await api.put('/loan-policies', number === 1 ? null : number - 1, { rules });
        await Promise.all([app.drain(), app.drain()]);
        return answer;
      };
      const sign = () => api.post(`/loans/${loan.id}/agreement`, { ...anAgreement, termsVersion: number === 1 ? '2026-09' : before });
      const [changed, signed] = number % 2 === 0 ? await Promise.all([put(), sign()]) : (await Promise.all([sign(), put()])).reverse();
      expectStatus(changed!, 200);
      expect(outcomes([signed!])).toEqual([signed!.status === 200 ? '200' : 'AGREEMENT_NOT_IN_FORCE']);
      await app.drain();
      const now = expectStatus(await api.get(`/loans/${loan.id}`), 200);
      expect(now.agreementTermsAsked).toEqual([after]);
      if (signed!.status === 200) expect(now.agreement).toEqual(signed!.body.agreement);
    });
  },
  LONG_MS,
);

test(
  'a hand-over while the policy changes: by the text before, which is then asked anew, or refused',
  async () => {
    await repeated(async (number) => {
      const [before, after] = [number === 1 ? '2026-09' : `T${number - 1}`, `T${number}`];
      const [family, device] = [await aHousehold(api), await aLaptop()];
      const put = async () => {
        const answer = await api.put('/loan-policies', number === 1 ? null : number - 1, { rules: [{ termsVersion: after }] });
        await app.drain();
        return answer;
      };
      const [loan, changed] = await Promise.all([handOver(family, device, { agreement: { ...anAgreement, termsVersion: before } }), put()]);
      expectStatus(changed, 200);
      // A hand-over that had not ended when every loan was looked at is found by the look that comes later.
      app.clock.moveTo(new Date(app.clock.now().getTime() + 121_000));
      await app.drain();
      expect(outcomes([loan])).toEqual([loan.status === 201 ? '201' : 'AGREEMENT_NOT_IN_FORCE']);
      if (loan.status !== 201) return;
      expect(expectStatus(await api.get(`/loans/${loan.body.id}`), 200).agreementTermsAsked).toEqual([after]);
    });
  },
  LONG_MS,
);

test(
  'a signature while the last item comes back: signed before, or refused; nothing is asked of what is closed',
  async () => {
    await repeated(async (number) => {
      const terms = number === 1 ? '2026-09' : `T${number - 1}`;
      const items = [{ deviceId: (await aLaptop()).id, conditionOut: 'good' }];
      const loan = await aLoan(api, { siteId: site.id, items, agreement: { ...anAgreement, termsVersion: terms } });
      const rules = [{ termsVersion: `T${number}` }];
      expectStatus(await api.put('/loan-policies', number === 1 ? null : number - 1, { rules }), 200);
      await app.drain();
      const sign = () => api.post(`/loans/${loan.id}/agreement`, { ...anAgreement, termsVersion: `T${number}` });
      const giveBack = () => api.post('/returns', { assetTag: loan.items[0].assetTag, conditionIn: 'good', siteId: site.id });
      const [signed, returned] =
        number % 2 === 0 ? await Promise.all([sign(), giveBack()]) : (await Promise.all([giveBack(), sign()])).reverse();
      expectStatus(returned!, 200);
      expect(outcomes([signed!])).toEqual([signed!.status === 200 ? '200' : 'LOAN_CLOSED']);
      const now = expectStatus(await api.get(`/loans/${loan.id}`), 200);
      expect(now).toMatchObject({ state: 'closed', agreementUnsignedSince: null, agreementTermsAsked: null });
      expect(now.earlierAgreements).toHaveLength(signed!.status === 200 ? 1 : 0);
    });
  },
  LONG_MS,
);

test(
  'one key, sent at once: one loan',
  async () => {
    await repeated(async (number) => {
      const family = await aHousehold(api);
      const device = await aLaptop();
      const headers = { 'idempotency-key': `"hand-over ${number}"` };
      const answers = await Promise.all([1, 2, 3].map(() => handOver(family, device, {}, headers)));
      expect(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code)).toEqual(
        answers.filter(({ status }) => status !== 201).map(() => 'IDEMPOTENCY_IN_FLIGHT'),
      );
      expect(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id)).size).toBe(1);
      expect((await api.get(`/loans?householdId=${family.id}`)).body.data).toHaveLength(1);
    });
  },
  LONG_MS,
);

test(
  'a device changes its category at the moment of its hand-over: the line of what it is then is fulfilled, or it keeps what it is',
  async () => {
    const router = await aDeviceModel(api, { category: 'router' });
    await repeated(async (number) => {
      const family = await aHousehold(api);
      const learnerIds = [family.learners[0].id];
      const lines = [
        { class: 'computer', learnerIds, acceptableCategories: ['laptop'] },
        { class: 'connectivity', learnerIds, acceptableCategories: ['router'] },
      ];
      const request = await aRequest(api, family.id, { lines });
      const device = await aLaptop();
      const change = () => api.patch(`/devices/${device.id}`, device.version, { modelId: router.id });
      const [changed, loan] =
        number % 2 === 0
          ? await Promise.all([change(), handOver(family, device)])
          : (await Promise.all([handOver(family, device), change()])).reverse();
      const became = changed!.status === 200 ? 'connectivity' : 'computer';
      expect([200, 412, 422]).toContain(changed!.status);
      const { requestLineId } = expectStatus(loan!, 201).items[0];
      const fulfilled = (line: Answer['body']) => line.class === became;
      expect(requestLineId).toBe(request.lines.find(fulfilled).id);
      const left = request.lines.find((line: Answer['body']) => !fulfilled(line));
      expectStatus(await api.post(`/request-lines/${left.id}/moves`, { move: 'withdraw' }), 200);
    });
  },
  LONG_MS,
);

test('a device that became something else while its hand-over waited for it fulfils the line of that', async () => {
  const router = await aDeviceModel(api, { category: 'router' });
  const family = await aHousehold(api);
  const learnerIds = [family.learners[0].id];
  const lines = [
    { class: 'computer', learnerIds, acceptableCategories: ['laptop'] },
    { class: 'connectivity', learnerIds, acceptableCategories: ['router'] },
  ];
  const request = await aRequest(api, family.id, { lines });
  const device = await aLaptop();
  const loan = await onServer(app.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query(`UPDATE devices SET category = 'router', model_id = $2 WHERE id = $1`, [device.id, router.id]);
    const waiting = handOver(family, device);
    const isWaiting = async () => (await client.query(WAITING_HERE)).rowCount !== 0;
    await until('the hand-over waits for the device', isWaiting);
    await client.query('COMMIT');
    return waiting;
  });
  const { requestLineId } = expectStatus(loan, 201).items[0];
  expect(requestLineId).toBe(request.lines[1].id);
});
