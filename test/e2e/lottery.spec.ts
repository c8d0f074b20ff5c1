import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest } from '../support/builders.js';
import { aCouncil, aPerson } from '../support/people.js';

type Body = Answer['body'];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const sha256 = (...bytes: Buffer[]) => createHash('sha256').update(Buffer.concat(bytes)).digest();
const announced = (api: Api, more: object = {}) => api.post('/cycles', { publicValueName: 'Loto, tirage du 2026-11-09', ...more });
const aLine = async (api: Api): Promise<Body> => (await aRequest(api, (await aHousehold(api)).id)).lines[0];
const ticket = async (api: Api, { id }: Body) => expectStatus(await api.get(`/request-lines/${id}/explanation`), 200).ticket;
const publicOf = async (api: Api, query = '') => {
  const { code } = expectStatus(await api.get('/council'), 200);
  return expectStatus(await api.anonymous.get(`/public/${code}/cycles${query}`), 200);
};

test('is committed to, fixed by a value that nobody knew, and revealed; everybody can check it', async () => {
  const { api } = await aCouncil(app);
  expect(await publicOf(api)).toMatchObject({ firstKeyHash: null, firstKey: null, cycles: [] });
  const lines = [await aLine(api), await aLine(api), await aLine(api)];
  await app.drain();
  const [firstTicket] = await Promise.all(lines.map((line) => ticket(api, line)));
  const { firstKeyHash, firstKey: hidden } = await publicOf(api);
  expect([firstKeyHash, hidden]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), null]);

  const sent = await announced(api);
  const cycle = expectStatus(sent, 201);
  expect(cycle).toMatchObject({ number: 1, state: 'announced', publicValue: null, seed: null, reason: null, version: 1 });
  expect(sent.headers.get('location')).toBe(`/api/v1/cycles/${cycle.id}`);
  expect(await ticket(api, lines[0])).toBe(firstTicket);

  const publicValue = ' 4 8 15 16 23 42 – é';
  const opened = expectStatus(await api.post(`/cycles/${cycle.id}/opening`, { publicValue }), 200);
  expect(opened).toMatchObject({ state: 'opened', publicValue, seed: null, seedHash: cycle.seedHash });
  lines.push(await aLine(api)); // comes while the cycle is open
  await app.drain();
  const tickets = await Promise.all(lines.map((line) => ticket(api, line)));
  expect(tickets[0]).not.toBe(firstTicket);
  const queue = expectStatus(await api.get('/request-lines?sort=position'), 200).data;
  const inOrder = [...lines].sort((one, other) => (tickets[lines.indexOf(one)] < tickets[lines.indexOf(other)] ? -1 : 1));
  expect(queue.map(({ id }: Body) => id)).toEqual(inOrder.map(({ id }) => id));

  const closed = expectStatus(await api.post(`/cycles/${cycle.id}/closing`), 200);
  const seed = Buffer.from(closed.seed, 'hex');
  expect(sha256(seed).toString('hex')).toBe(cycle.seedHash);
  const key = sha256(seed, Buffer.from(publicValue));
  for (const [index, { householdId }] of lines.entries()) {
    expect(tickets[index]).toBe(createHmac('sha256', key).update(householdId).digest('hex'));
  }
  const shown = await publicOf(api, `?householdId=${lines[0].householdId}`);
  expect(shown.cycles).toMatchObject([{ id: cycle.id, seed: closed.seed, ticket: tickets[0] }]);
  expect(sha256(Buffer.from(shown.firstKey, 'hex')).toString('hex')).toBe(firstKeyHash);
  const first = createHmac('sha256', Buffer.from(shown.firstKey, 'hex')).update(lines[0].householdId).digest('hex');
  expect(first).toBe(firstTicket);

  const { code } = expectStatus(await api.get('/council'), 200);
  const page = await fetch(`${app.url}/api/v1/public/${code}/cycles?householdId=${lines[0].householdId}`, {
    headers: { accept: 'text/html', 'accept-language': 'en' },
  });
  const text = await page.text();
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  for (const part of [closed.seed, cycle.seedHash, tickets[0], 'Cycle 1 (closed)']) expect(text).toContain(part);
  const turkish = await fetch(`${app.url}/api/v1/public/${code}/cycles`, { headers: { accept: 'text/html', 'accept-language': 'tr' } });
  expect(await turkish.text()).toContain('1. kura (kapandı)');
  expectStatus(await api.patch('/council', 1, { locale: 'pt', languages: ['pt'] }), 200);
  const ofTheCouncil = await fetch(`${app.url}/api/v1/public/${code}/cycles`, { headers: { accept: 'text/html' } });
  expect(await ofTheCouncil.text()).toContain('Sorteio 1 (fechado)');
});

test('one runs at a time, moves one way, and another needs a public reason', async () => {
  const { api } = await aCouncil(app);
  const both = await Promise.all([announced(api), announced(api)]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('CYCLE_RUNNING');
  const { id } = both.find(({ status }) => status === 201)?.body ?? {};
  const move = async (name: string, body: object = {}) => (await api.post(`/cycles/${id}/${name}`, body)).body;
  const open = { publicValue: '7' };
  expect(await move('closing')).toMatchObject({ status: 409, code: 'INVALID_MOVE', from: 'announced', possible: ['open'] });
  const opened = await Promise.all([move('opening', open), move('opening', { publicValue: '8' })]);
  expect(opened.filter(({ state }) => state === 'opened')).toHaveLength(1);
  expect((await announced(api)).body.code).toBe('CYCLE_RUNNING');
  expect(await move('closing')).toMatchObject({ state: 'closed' });
  expect(await move('opening', open)).toMatchObject({ code: 'INVALID_MOVE', possible: [] });
  expect((await announced(api)).body).toMatchObject({ status: 422, errors: [{ pointer: '/reason' }] });
  expect(expectStatus(await announced(api, { reason: 'A new school year' }), 201)).toMatchObject({ number: 2 });
  expect((await publicOf(api)).cycles.map(({ reason }: Body) => reason)).toEqual(['A new school year', null]);
});

test('takes no seed from outside; who may not, does not', async () => {
  const own = await aCouncil(app);
  for (const name of ['seed', 'key', 'seedHash'])
    expect((await announced(own.api, { [name]: 'ab'.repeat(32) })).body.code).toBe('UNKNOWN_FIELD');
  const { id } = expectStatus(await announced(own.api), 201);
  const opening = { publicValue: '7' };
  expect((await (await aCouncil(app)).api.post(`/cycles/${id}/opening`, opening)).status).toBe(404);
  expect((await own.api.anonymous.post(`/cycles/${id}/opening`, opening)).status).toBe(401);
  expect((await (await aPerson(app, own.id, 'auditor')).post(`/cycles/${id}/opening`, opening)).status).toBe(403);
  expect((await own.api.anonymous.get('/public/nowhere/cycles')).status).toBe(404);
});
