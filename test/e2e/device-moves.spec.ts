import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { DEVICE_MISSING_FROM_OFFER, DEVICE_MOVED, DeviceMover } from '../../src/modules/inventory/index.js';
import { DESK_MOVES, possibleDeskMoves } from '../../src/modules/inventory/domain/desk-move.rules.js';
import { deviceMachine, type DeviceMove, type DeviceStatus } from '../../src/modules/inventory/domain/device.machine.js';
import { Outbox, Transactions } from '../../src/platform/index.js';
import { attempt, canMove, states } from '../../src/shared/machine.js';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aNewDevice, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
/** One model at one site, where nothing else is needed. */
let here: { modelId: string; siteId: string };
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  const { modelId, siteId } = await aNewDevice(council.api);
  here = { modelId, siteId };
});
afterAll(() => app.close());

const NONE = '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10';
const COMMAND: Record<string, object> = {
  inspect: { reason: 'a key sticks' },
  pass_inspection: { condition: 'good', dataWiped: true },
  fail_inspection: { reason: 'the screen is cracked' },
  retire: { reason: 'too old' },
};
const move = (id: string, name: string, said: object = COMMAND[name] ?? {}, api = council.api) =>
  api.post(`/devices/${id}/moves`, { move: name, ...said });
const history = async (id: string): Promise<Answer['body'][]> => expectStatus(await council.api.get(`/devices/${id}/events`), 200).data;

/** Moves a device as loans and offers do. */
const moveInside = (deviceId: string, name: DeviceMove) =>
  app.nest
    .get(Transactions)
    .write(council.id, (tx) => app.nest.get(DeviceMover).move(tx, { actor: { id: 'system' }, deviceId, move: name }));

/** A shortest way from intake to each status. */
const WAY: Record<DeviceStatus, DeviceMove[]> = {
  intake: [],
  available: ['prepare'],
  reserved: ['prepare', 'reserve'],
  on_loan: ['prepare', 'hand_over'],
  inspection: ['prepare', 'inspect'],
  repair: ['prepare', 'inspect', 'fail_inspection'],
  in_transit: ['send'],
  lost: ['prepare', 'hand_over', 'declare_lost'],
  stolen: ['prepare', 'hand_over', 'declare_stolen'],
  missing: ['mark_missing'],
  retired: ['retire'],
};
async function aDeviceIn(status: DeviceStatus): Promise<string> {
  const { id } = await aNewDevice(council.api, here);
  for (const step of WAY[status]) expect(await moveInside(id, step)).toMatchObject({ ok: true });
  return id;
}

test.each(states(deviceMachine))('from %s the desk may do what the table says, and is told what else', async (status) => {
  const possible = possibleDeskMoves(status);
  const elsewhere = (await aSite(council.api)).id;
  for (const name of Object.keys(DESK_MOVES)) {
    const id = await aDeviceIn(status);
    const said = name === 'send' ? { siteId: elsewhere } : undefined;
    const answer = await move(id, name, said);
    if (possible.includes(name as never)) {
      expect([name, answer.status]).toEqual([name, 200]);
      continue;
    }
    expect(answer.body).toMatchObject({ status: 409, code: 'INVALID_MOVE', from: status, possible });
    expect(expectStatus(await council.api.get(`/devices/${id}`), 200).status).toBe(status);
    expect(await history(id)).toHaveLength(WAY[status].length + 1);
  }
});

test.each(states(deviceMachine))('from %s loans and offers may do what the machine says', async (status) => {
  for (const name of Object.keys(deviceMachine.moves) as DeviceMove[]) {
    if (name === 'receive') continue;
    const id = await aDeviceIn(status);
    const moved = await moveInside(id, name);
    const expected = attempt(deviceMachine, status, name as 'prepare');
    expect(moved.ok).toBe(canMove(deviceMachine, status, name));
    expect(moved).toMatchObject(
      expected.ok
        ? { ok: true, value: { id, from: status, to: expected.value } }
        : { ok: false, reason: { kind: 'invalid_move', move: expected.reason } },
    );
  }
});

test('the history tells who did what, when, where and why, in order', async () => {
  const person = await aPerson(app, council.id, 'council_manager');
  const device = await aNewDevice(council.api, { condition: 'worn' });
  const steps: [string, object][] = [
    ['prepare', { condition: 'good' }],
    ['inspect', { reason: 'l’écran – يومض 📺' }],
    ['fail_inspection', { reason: 'broken', condition: 'damaged' }],
    ['repair_done', {}],
    ['pass_inspection', { condition: 'good', dataWiped: true }],
    ['mark_missing', { policeReportReference: '2026/12' }],
    ['recover', {}],
    ['retire', { reason: 'old' }],
  ];
  for (const [name, said] of steps) expectStatus(await move(device.id, name, said, person), 200);
  const events = await history(device.id);
  const statuses = ['intake', 'available', 'inspection', 'repair', 'inspection', 'available', 'missing', 'inspection', 'retired'];
  expect(events.map((event) => [event.move, event.from, event.to])).toEqual(
    ['register', ...steps.map(([name]) => name)].map((name, at) => [name, statuses[at - 1] ?? null, statuses[at]]),
  );
  expect(events.map(({ reason }) => reason)).toEqual([null, null, 'l’écran – يومض 📺', 'broken', null, null, null, null, 'old']);
  expect(events.map(({ condition }) => condition)).toEqual(['worn', 'good', null, 'damaged', null, 'good', null, null, null]);
  expect(events[6]).toMatchObject({ policeReportReference: '2026/12', siteId: device.siteId, at: '2026-11-02T08:00:00.000Z' });
  expect(new Set(events.slice(1).map(({ actor }) => actor)).size).toBe(1);
  expect(events[1].actor).toMatch(/^user:/);
  expect(expectStatus(await council.api.get(`/devices/${device.id}`), 200)).toMatchObject({
    status: 'retired',
    condition: 'good',
    version: 9,
  });

  const first = expectStatus(await council.api.get(`/devices/${device.id}/events?limit=4`), 200);
  const second = expectStatus(await council.api.get(`/devices/${device.id}/events?limit=5&cursor=${first.nextCursor}`), 200);
  expect([...first.data, ...second.data]).toEqual(events);
  expect(second.nextCursor).toBeNull();
  expect((await council.api.get(`/devices/${device.id}/events?limit=0`)).body).toMatchObject({ code: 'INVALID_LIMIT' });
  expect((await council.api.get(`/devices/${device.id}/events?cursor=a.b`)).body).toMatchObject({ code: 'INVALID_CURSOR' });
});

test('each move is audited, by ids and names of fields', async () => {
  const device = await aNewDevice(council.api);
  const elsewhere = await aSite(council.api);
  expectStatus(await move(device.id, 'send', { siteId: elsewhere.id, reason: 'a school asked' }), 200);
  const rows = await onServer(app.databaseUrl, async (client) => {
    const found = await client.query('SELECT action, fields FROM audit_events WHERE subject = $1 ORDER BY id', [device.id]);
    return found.rows as unknown[];
  });
  expect(rows).toEqual([
    { action: 'device.created', fields: [] },
    { action: 'device.moved', fields: ['status', 'siteId'] },
  ]);
});

test('what is sent arrives in the status that it left', async () => {
  const [here, there] = [await aSite(council.api), await aSite(council.api)];
  for (const [device, status] of [
    [await aNewDevice(council.api, { siteId: here.id }), 'intake'],
    [await aDevice(council.api, { siteId: here.id }), 'available'],
  ] as const) {
    expect(expectStatus(await move(device.id, 'send', { siteId: there.id }), 200)).toMatchObject({
      status: 'in_transit',
      siteId: there.id,
    });
    const wrong = await move(device.id, 'receive', { siteId: here.id });
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ pointer: '/siteId', code: 'NOT_THE_DESTINATION' }] });
    expect(expectStatus(await move(device.id, 'receive', { condition: 'worn' }), 200)).toMatchObject({
      status,
      siteId: there.id,
      condition: 'worn',
    });
  }
});

test('a desk agent retires nothing, and is offered no such move', async () => {
  const site = await aSite(council.api);
  const desk = await aPerson(app, council.id, 'desk_agent', { siteId: site.id });
  const { id } = await aDevice(council.api, { siteId: site.id });
  expect((await move(id, 'retire', { reason: 'too old' }, desk)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  const refused = await move(id, 'receive', {}, desk);
  expect(refused.body).toMatchObject({ status: 409, code: 'INVALID_MOVE', from: 'available' });
  expect(refused.body.possible).not.toContain('retire');
  expect((await move(id, 'receive')).body.possible).toContain('retire');
  expect((await move(id, 'retire', { reason: 'too old' })).status).toBe(200);
});

test('a desk sends what it has, and another desk receives it', async () => {
  const [here, there] = [await aSite(council.api), await aSite(council.api)];
  const sender = await aPerson(app, council.id, 'desk_agent', { siteId: here.id });
  const receiver = await aPerson(app, council.id, 'desk_agent', { siteId: there.id });
  const { id } = await aDevice(council.api, { siteId: here.id });
  expect((await move(id, 'send', { siteId: there.id }, receiver)).status).toBe(404);
  expect(expectStatus(await move(id, 'send', { siteId: there.id }, sender), 200)).toMatchObject({ status: 'in_transit' });
  expect((await move(id, 'receive', {}, sender)).status).toBe(404);
  expect(expectStatus(await move(id, 'receive', {}, receiver), 200)).toMatchObject({ status: 'available', siteId: there.id });
});

test('a school administrator moves the devices of the own school', async () => {
  const school = await aSchool(council.api);
  const site = await aSite(council.api, { schoolId: school.id });
  const person = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
  const { id } = await aNewDevice(council.api, { siteId: site.id });
  expect((await move(id, 'prepare', {}, person)).status).toBe(200);
  expect((await move((await aNewDevice(council.api)).id, 'prepare', {}, person)).status).toBe(404);
});

test('what is missing from a move or wrong with it is said, and nothing happens', async () => {
  const available = (await aDevice(council.api)).id;
  const inspected = await aDeviceIn('inspection');
  const foreign = (await aSite((await aCouncil(app)).api)).id;
  const cases: [string, string, object, string, string][] = [
    [available, 'inspect', {}, '/reason', 'REQUIRED'],
    [available, 'send', {}, '/siteId', 'REQUIRED'],
    [available, 'send', { siteId: NONE }, '/siteId', 'UNKNOWN_REFERENCE'],
    [available, 'send', { siteId: foreign }, '/siteId', 'UNKNOWN_REFERENCE'],
    [available, 'send', { siteId: 'there' }, '/siteId', 'INVALID_ID'],
    [available, 'inspect', { reason: 'x', siteId: NONE }, '/siteId', 'NOT_TAKEN'],
    [available, 'inspect', { reason: 'a\u0000' }, '/reason', 'FORBIDDEN_CHARACTERS'],
    [available, 'inspect', { reason: 'x'.repeat(1001) }, '/reason', 'TOO_LONG'],
    [available, 'hand_over', {}, '/move', 'NOT_ONE_OF'],
    [inspected, 'pass_inspection', { condition: 'good', dataWiped: false }, '/dataWiped', 'DATA_NOT_WIPED'],
    [inspected, 'pass_inspection', { condition: 'good' }, '/dataWiped', 'REQUIRED'],
    [inspected, 'pass_inspection', { dataWiped: true }, '/condition', 'REQUIRED'],
    [inspected, 'pass_inspection', { dataWiped: true, condition: 'shiny' }, '/condition', 'NOT_ONE_OF'],
    [inspected, 'fail_inspection', {}, '/reason', 'REQUIRED'],
    [inspected, 'retire', {}, '/reason', 'REQUIRED'],
  ];
  for (const [id, name, said, pointer, code] of cases) {
    expect((await move(id, name, said)).body).toMatchObject({ status: 422, errors: [{ pointer, code }] });
  }
  expect((await council.api.post(`/devices/${available}/moves`, {})).body).toMatchObject({ status: 422 });
  expect((await council.api.post(`/devices/${available}/moves`, { move: 'retire', why: 'x' })).body).toMatchObject({
    code: 'UNKNOWN_FIELD',
  });
  expect((await move(NONE, 'prepare')).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect((await move('none', 'prepare')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
  expect(await history(available)).toHaveLength(2);
});

test('of two desks that move one device at once, one does', async () => {
  for (let turn = 0; turn < 50; turn++) {
    const { id } = await aNewDevice(council.api, here);
    const answers = await Promise.all([move(id, 'prepare'), move(id, 'retire'), move(id, 'prepare')]);
    const done = answers.filter(({ status }) => status === 200);
    // Both orders are possible: prepare then retire, or retire alone; a second prepare never is.
    expect(done.length).toBe((await history(id)).length - 1);
    expect(answers.filter(({ body }) => body.status === 'available').length).toBeLessThanOrEqual(1);
    for (const refused of answers.filter(({ status }) => status !== 200))
      expect(refused.body).toMatchObject({ status: 409, code: 'INVALID_MOVE' });
    const device = expectStatus(await council.api.get(`/devices/${id}`), 200);
    expect(device).toMatchObject({ status: 'retired', version: 1 + done.length });
  }
});

test('several devices move together or not at all, whatever the order in which they are named', async () => {
  for (let turn = 0; turn < 50; turn++) {
    const ids = [(await aDevice(council.api, here)).id, (await aDevice(council.api, here)).id];
    const reserve = (named: string[]) =>
      app.nest.get(Transactions).write(council.id, (tx) =>
        app.nest.get(DeviceMover).moveAll(
          tx,
          { id: 'system' },
          named.map((deviceId) => ({ deviceId, move: 'reserve' as const })),
        ),
      );
    const results = await Promise.all([reserve(ids), reserve([...ids].reverse())]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const id of ids)
      expect(expectStatus(await council.api.get(`/devices/${id}`), 200)).toMatchObject({ status: 'reserved', version: 3 });
  }
  expect(await moveInside(NONE, 'reserve')).toEqual({ ok: false, reason: { kind: 'not_found' } });
});

test('a device that an offer holds is missed by that offer, and keeps its category', async () => {
  const announced = jest.spyOn(app.nest.get(Outbox), 'announceEach');
  const [held, free] = [await aDeviceIn('reserved'), await aDeviceIn('available')];
  const tablet = await aDeviceModel(council.api, { category: 'tablet' });
  const refused = await council.api.patch(`/devices/${held}`, 3, { modelId: tablet.id });
  expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/modelId', code: 'CATEGORY_IN_USE' }] });
  announced.mockClear();
  for (const id of [held, free]) expectStatus(await move(id, 'mark_missing'), 200);
  const missed = announced.mock.calls.filter(([, event]) => event === DEVICE_MISSING_FROM_OFFER).flatMap(([, , each]) => each);
  expect(missed).toEqual([{ deviceId: held }]);
  const moved = announced.mock.calls.filter(([, event]) => event === DEVICE_MOVED).flatMap(([, , each]) => each);
  expect(moved).toMatchObject([{ deviceId: held }, { deviceId: free }]);
  announced.mockRestore();
});

test('only who may write moves a device', async () => {
  const { id } = await aNewDevice(council.api);
  expect((await move(id, 'prepare', {}, await aClient(app, council.id, ['inventory:read']))).status).toBe(403);
  expect((await move(id, 'prepare', {}, await aClient(app, council.id, ['inventory:write']))).status).toBe(200);
});
