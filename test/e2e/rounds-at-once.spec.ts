import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, anAgreement, anAllocationRound, aRequest, aSite } from '../support/builders.js';
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
  api = (await aCouncil(app)).api;
  expectStatus(await api.patch('/council', 1, { proposeAtOnce: true }), 200);
  expectStatus(await api.put('/loan-policies', null, { rules: [{ itemsPerHousehold: 1000, itemsPerLearner: 1000 }] }), 200);
  site = await aSite(api);
  modelId = (await aDeviceModel(api)).id;
});
/** Whatever happened: lines, devices, offers and loans tell the same story. */
afterEach(() => expectLedgerWithoutFaults(app));
afterAll(() => app.close());

const aLaptop = () => aDevice(api, { siteId: site.id, modelId });
const aLine = async (): Promise<Body> => (await aRequest(api, (await aHousehold(api)).id)).lines[0];
const publish = ({ id }: Body) => api.post(`/allocation-rounds/${id}/publication`);
const exclude = ({ id }: Body, line: Body) => api.post(`/allocation-rounds/${id}/exclusions`, { lineId: line.id, reason: 'A déménagé' });
const move = (line: Body, name: string, said: object = {}) => api.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const deviceMove = ({ id }: Body, name: string, said: object) => expectDone(api.post(`/devices/${id}/moves`, { move: name, ...said }));
const outcome = ({ status, body }: Answer) => (status < 300 ? 'done' : (body.code as string));
const outcomes = (answers: Answer[]) => answers.map(outcome).sort();
async function expectDone(answer: Promise<Answer>): Promise<void> {
  expect(outcome(await answer)).toBe('done');
}
const stateOf = async (what: Body, path: string) => {
  const { state, status } = expectStatus(await api.get(`/${path}/${what.id}`), 200);
  return (state ?? status) as string;
};
const liveOffers = async (line: Body) => expectStatus(await api.get(`/offers?lineId=${line.id}&state=open`), 200).data.length as number;
/** What is left over from one turn stands in nobody's way in the next. */
async function putAway(lines: readonly Body[], devices: readonly Body[]): Promise<void> {
  for (const line of lines) await move(line, 'withdraw');
  for (const device of devices) await api.post(`/devices/${device.id}/moves`, { move: 'retire', reason: 'Fin' });
}

const raced = (what: string, turn: () => Promise<void>) => test(what, () => repeated(turn), LONG_MS);

raced('a round is published twice: once', async () => {
  const [line, device] = [await aLine(), await aLaptop()];
  const round = await anAllocationRound(api);
  expect(outcomes(await Promise.all([publish(round), publish(round)]))).toEqual(['INVALID_MOVE', 'done']);
  expect([await stateOf(line, 'request-lines'), await stateOf(device, 'devices'), await liveOffers(line)]).toEqual([
    'offered',
    'reserved',
    1,
  ]);
  await putAway([line], [device]);
});

raced('two rounds on one stock are published: one of them', async () => {
  const [line, device] = [await aLine(), await aLaptop()];
  const [one, other] = [await anAllocationRound(api), await anAllocationRound(api, { siteIds: [site.id] })];
  const answers = await Promise.all([publish(one), publish(other)]);
  expect(outcomes(answers)).toEqual(['LINES_CHANGED', 'done']);
  expect([await stateOf(one, 'allocation-rounds'), await stateOf(other, 'allocation-rounds')].sort()).toEqual(['draft', 'published']);
  expect(await liveOffers(line)).toBe(1);
  await putAway([line], [device]);
});

raced('a family withdraws while its round is published: nobody is offered anything, or its offer ends', async () => {
  const [lines, devices] = [
    [await aLine(), await aLine()],
    [await aLaptop(), await aLaptop()],
  ];
  const round = await anAllocationRound(api);
  const [published, withdrawn] = await Promise.all([publish(round), move(lines[0], 'withdraw')]);
  expect(outcome(withdrawn)).toBe('done');
  expect(['done', 'LINES_CHANGED']).toContain(outcome(published));
  expect(await stateOf(lines[0], 'request-lines')).toBe('withdrawn');
  expect(await stateOf(lines[1], 'request-lines')).toBe(outcome(published) === 'done' ? 'offered' : 'waiting');
  expect((await Promise.all(devices.map((device) => stateOf(device, 'devices')))).sort()).toEqual(
    outcome(published) === 'done' ? ['available', 'reserved'] : ['available', 'available'],
  );
  await putAway(lines, devices);
});

raced('a desk hands over what a round promises: the one or the other', async () => {
  const [line, device] = [await aLine(), await aLaptop()];
  const round = await anAllocationRound(api);
  const items = [{ deviceId: device.id, conditionOut: 'good' }];
  const loan = { householdId: line.householdId, siteId: site.id, agreement: anAgreement, items };
  const [published, handed] = await Promise.all([publish(round), api.post('/loans', loan)]);
  // The device is held for this household at the most: the desk may always hand it over.
  expect(outcome(handed)).toBe('done');
  expect(['done', 'LINES_CHANGED', 'STOCK_CHANGED']).toContain(outcome(published));
  expect([await stateOf(line, 'request-lines'), await stateOf(device, 'devices'), await liveOffers(line)]).toEqual([
    'fulfilled',
    'on_loan',
    0,
  ]);
});

raced('a line is set aside while the round is published: it has an offer, or it is out of the round', async () => {
  const [line, device] = [await aLine(), await aLaptop()];
  const round = await anAllocationRound(api);
  const [published, excluded] = await Promise.all([publish(round), exclude(round, line)]);
  const isPublished = outcome(published) === 'done' && outcome(excluded) === 'INVALID_MOVE';
  const { stats, state } = expectStatus(await api.get(`/allocation-rounds/${round.id}`), 200);
  if (isPublished) expect([state, stats.excluded, await liveOffers(line)]).toEqual(['published', 0, 1]);
  else {
    expect(outcome(excluded)).toBe('done');
    // Solved again before it was published: then it was published without the line.
    expect(['ROUND_NOT_SOLVED', 'done']).toContain(outcome(published));
    expect([stats.excluded, await liveOffers(line)]).toEqual([1, 0]);
  }
  await putAway([line], [device]);
});

raced('a device comes back while a round is published: each line has one offer at the most, each device one line', async () => {
  const [lines, device, back] = [[await aLine(), await aLine()], await aLaptop(), await aLaptop()];
  await deviceMove(back, 'inspect', { reason: 'Rendu' });
  const round = await anAllocationRound(api);
  const pass = { condition: 'good', dataWiped: true };
  const [published] = await Promise.all([publish(round), deviceMove(back, 'pass_inspection', pass).then(() => app.drain())]);
  expect(outcome(published)).toBe('done');
  await app.drain();
  const drafts = expectStatus(await api.get('/allocation-rounds?state=draft'), 200).data as Body[];
  const atOnce = drafts.find(({ deviceId }) => deviceId === back.id);
  const later = await publish(atOnce);
  // Made before the other was published, it may be for the same line: then it says so, and is solved again for the next one.
  expect(['done', 'LINES_CHANGED']).toContain(outcome(later));
  if (outcome(later) !== 'done') {
    expectStatus(await api.post(`/allocation-rounds/${atOnce.id}/solution`), 200);
    expectStatus(await publish(atOnce), 200);
  }
  expect(await Promise.all(lines.map(liveOffers))).toEqual([1, 1]);
  expect([await stateOf(device, 'devices'), await stateOf(back, 'devices')]).toEqual(['reserved', 'reserved']);
  await putAway(lines, [device, back]);
  await app.drain();
});
