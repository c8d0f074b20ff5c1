import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, anAgreement, anOffer, aPickupSlot, aRequest, aSite } from '../support/builders.js';
import { expectLedgerWithoutFaults } from '../support/ledger.js';
import { aCouncil } from '../support/people.js';
import { LONG_MS, repeated } from '../support/thorough.js';

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
  // Nobody is suspended for what is missed here.
  expectStatus(
    await api.put('/loan-policies', null, { rules: [{ missedOffers: 100, itemsPerHousehold: 1000, itemsPerLearner: 1000 }] }),
    200,
  );
  // Families are told of offers in another way: each counts as told when it is made.
  expectStatus(await api.put('/notice-policies', null, { rules: [] }), 200);
  site = await aSite(api);
  modelId = (await aDeviceModel(api)).id;
});
/** Whatever happened: lines, devices, offers, slots and loans tell the same story. */
afterEach(() => expectLedgerWithoutFaults(app));
afterAll(() => app.close());

const aLaptop = () => aDevice(api, { siteId: site.id, modelId });
const aLine = async (): Promise<Body> => (await aRequest(api, (await aHousehold(api)).id)).lines[0];
const move = (line: Body, name: string, said: object = {}) => api.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const place = (line: Body, device: Body) => api.post('/placements', { lineId: line.id, deviceId: device.id, reason: 'Examen' });
const handOver = (line: Body, device: Body) =>
  api.post('/loans', {
    householdId: line.householdId,
    siteId: site.id,
    agreement: anAgreement,
    items: [{ deviceId: device.id, conditionOut: 'good' }],
  });
const outcome = ({ status, body }: Answer) => (status < 300 ? 'done' : (body.code as string));
const outcomes = (answers: Answer[]) => answers.map(outcome).sort();
const stateOf = async (what: Body, path: string) => {
  const { state, status } = expectStatus(await api.get(`/${path}/${what.id}`), 200);
  return (state ?? status) as string;
};

async function anOffered() {
  const [line, device] = [await aLine(), await aLaptop()];
  return { line, device, offer: await anOffer(api, line.id, device.id) };
}

/**
 * Lets the offer's time run out, and does what is due, while something else goes on that began just before. In every round the end falls
 * a few turns of the event loop later, and so at another point of the request.
 */
async function whileExpiring<T>(offer: Body, round: number, other: () => Promise<T>): Promise<T> {
  await app.drain();
  app.clock.moveTo(new Date(new Date(offer.expiresAt as string).getTime() - 1));
  const begun = other();
  for (let turn = 0; turn < round * 2; turn++) await new Promise((resolve) => setImmediate(resolve));
  app.clock.moveTo(new Date(offer.expiresAt as string));
  const [answer] = await Promise.all([begun, app.drain()]);
  return answer;
}

test(
  'a family accepts while the offer expires: one or the other',
  () =>
    repeated(async (number) => {
      const { line, device, offer } = await anOffered();
      const answer = await whileExpiring(offer, number, () => move(line, 'accept'));
      const ends = [
        outcome(answer),
        await stateOf(offer, 'offers'),
        await stateOf(line, 'request-lines'),
        await stateOf(device, 'devices'),
      ];
      expect([
        ['done', 'accepted', 'accepted', 'reserved'],
        ['OFFER_EXPIRED', 'expired', 'waiting', 'available'],
        ['INVALID_MOVE', 'expired', 'waiting', 'available'],
      ]).toContainEqual(ends);
      app.clock.moveTo(START);
    }),
  LONG_MS,
);

test(
  'staff revoke while the family accepts: it is revoked in the end',
  () =>
    repeated(async () => {
      const { line, device, offer } = await anOffered();
      const [accepted, revoked] = await Promise.all([move(line, 'accept'), move(line, 'revoke', { reason: 'Erreur' })]);
      expect(outcome(revoked)).toBe('done');
      expect(['done', 'INVALID_MOVE']).toContain(outcome(accepted));
      expect([await stateOf(offer, 'offers'), await stateOf(line, 'request-lines'), await stateOf(device, 'devices')]).toEqual([
        ...['revoked', 'waiting', 'available'],
      ]);
    }),
  LONG_MS,
);

test(
  'two families book the last place of a slot: one has it',
  () =>
    repeated(async () => {
      const slot = await aPickupSlot(api, site.id, { capacity: 1 });
      const [one, other] = [await anOffered(), await anOffered()];
      const answers = await Promise.all([one, other].map(({ line }) => move(line, 'accept', { pickupSlotId: slot.id })));
      expect(outcomes(answers)).toEqual(['SLOT_FULL', 'done']);
    }),
  LONG_MS,
);

test(
  'two families change places: both have the other’s, or one keeps its own; nobody waits for ever',
  async () => {
    const slots = [await aPickupSlot(api, site.id, { capacity: 2 }), await aPickupSlot(api, site.id, { capacity: 2 })];
    const families = [await anOffered(), await anOffered()];
    for (const [index, { line }] of families.entries()) expectStatus(await move(line, 'accept', { pickupSlotId: slots[index].id }), 200);
    await repeated(async (number) => {
      const answers = await Promise.all(
        families.map(({ line }, index) => move(line, 'rebook', { pickupSlotId: slots[(index + number) % 2].id })),
      );
      expect(outcomes(answers)).toEqual(['done', 'done']);
    });
  },
  LONG_MS,
);

test(
  'a family withdraws while a device is placed for it: withdrawn in the end, and the device free',
  () =>
    repeated(async () => {
      const [line, device] = [await aLine(), await aLaptop()];
      const [placed, withdrawn] = await Promise.all([place(line, device), move(line, 'withdraw')]);
      expect(outcome(withdrawn)).toBe('done');
      expect(['done', 'INVALID_MOVE']).toContain(outcome(placed));
      expect([await stateOf(line, 'request-lines'), await stateOf(device, 'devices')]).toEqual(['withdrawn', 'available']);
    }),
  LONG_MS,
);

test(
  'a line is suspended while a device is placed for it: the one or the other',
  () =>
    repeated(async (number) => {
      const [line, device] = [await aLine(), await aLaptop()];
      const suspend = () => move(line, 'suspend', { until: '2026-12-01', reason: 'Déménagement' });
      const [placed, suspended] =
        number % 2 === 0
          ? await Promise.all([place(line, device), suspend()])
          : (await Promise.all([suspend(), place(line, device)])).reverse();
      expect(outcomes([placed!, suspended!])).toEqual(['INVALID_MOVE', 'done']);
      await app.drain();
      const isPlaced = placed!.status === 201;
      expect([await stateOf(line, 'request-lines'), await stateOf(device, 'devices')]).toEqual(
        isPlaced ? ['offered', 'reserved'] : ['suspended', 'available'],
      );
      expectStatus(await move(line, 'withdraw'), 200);
    }),
  LONG_MS,
);

test(
  'a device is placed while it comes back: not before it was inspected',
  () =>
    repeated(async () => {
      const [line, device] = [await aLine(), await aLaptop()];
      const away = await aLine();
      await anOffer(api, away.id, device.id);
      expectStatus(await handOver(away, device), 201);
      const answers = await Promise.all([
        place(line, device),
        api.post('/returns', { assetTag: device.assetTag, conditionIn: 'good', siteId: site.id }),
      ]);
      expect(answers.map(outcome)).toEqual(['DEVICE_NOT_AVAILABLE', 'done']);
      expect(await stateOf(device, 'devices')).toBe('inspection');
      expectStatus(await move(line, 'withdraw'), 200);
    }),
  LONG_MS,
);

test(
  'one device is placed for two families: one has it',
  () =>
    repeated(async () => {
      const [one, other, device] = [await aLine(), await aLine(), await aLaptop()];
      expect(outcomes(await Promise.all([place(one, device), place(other, device)]))).toEqual(['DEVICE_NOT_AVAILABLE', 'done']);
      for (const line of [one, other]) expectStatus(await move(line, 'withdraw'), 200);
    }),
  LONG_MS,
);

test(
  'two devices are placed for one family: it has one',
  () =>
    repeated(async () => {
      const [line, one, other] = [await aLine(), await aLaptop(), await aLaptop()];
      expect(outcomes(await Promise.all([place(line, one), place(line, other)]))).toEqual(['INVALID_MOVE', 'done']);
    }),
  LONG_MS,
);

test(
  'a device is handed over while its offer expires: the family has it, held or not',
  () =>
    repeated(async (number) => {
      const { line, device, offer } = await anOffered();
      const answer = await whileExpiring(offer, number, () => handOver(line, device));
      // Once it expired, the family waits again, and nobody waits before it.
      expect(outcome(answer)).toBe('done');
      expect(['collected', 'expired']).toContain(await stateOf(offer, 'offers'));
      expect([await stateOf(line, 'request-lines'), await stateOf(device, 'devices')]).toEqual(['fulfilled', 'on_loan']);
      app.clock.moveTo(START);
    }),
  LONG_MS,
);

test(
  'a device goes missing while its offer is accepted: the line waits again',
  () =>
    repeated(async () => {
      const { line, device, offer } = await anOffered();
      const [accepted, missing] = await Promise.all([
        move(line, 'accept'),
        api.post(`/devices/${device.id}/moves`, { move: 'mark_missing', reason: 'Inventaire' }),
      ]);
      expect([outcome(accepted), outcome(missing)]).toEqual(['done', 'done']);
      await app.drain();
      expect([await stateOf(offer, 'offers'), await stateOf(line, 'request-lines')]).toEqual(['revoked', 'waiting']);
      expectStatus(await move(line, 'withdraw'), 200);
    }),
  LONG_MS,
);

test(
  'somebody else is handed the device while it is placed: one has it',
  () =>
    repeated(async () => {
      const [line, device] = [await aLine(), await aLaptop()];
      const other = await aHousehold(api);
      const answers = await Promise.all([
        place(line, device),
        api.post('/loans', {
          householdId: other.id,
          siteId: site.id,
          agreement: anAgreement,
          items: [{ deviceId: device.id, conditionOut: 'good' }],
          override: { reason: 'Urgence' },
        }),
      ]);
      expect([
        ['DEVICE_NOT_AVAILABLE', 'done'],
        ['done', 'DEVICE_RESERVED_FOR_ANOTHER'],
      ]).toContainEqual(answers.map(outcome));
      expectStatus(await move(line, 'withdraw'), 200);
    }),
  LONG_MS,
);
