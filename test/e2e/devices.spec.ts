import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aNewDevice, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

const NONE = '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10';
const pointers = ({ body }: Answer): string[] => body.errors.map(({ pointer }: { pointer: string }) => pointer);
const ids = ({ body }: Answer): string[] => body.data.map(({ id }: { id: string }) => id);

describe('one device', () => {
  test('is registered in intake, with everything that is known of it', async () => {
    const model = await aDeviceModel(council.api, { category: 'router' });
    const site = await aSite(council.api);
    const given = {
      assetTag: 'RT-0001',
      serialNumber: 'SN 1',
      modelId: model.id,
      siteId: site.id,
      fundId: null,
      condition: 'good',
      imei: '49-015420-323751-8',
      iccid: '89 33150 319050 00000 5F',
      acquiredOn: '2026-09-01',
      purchaseCostCents: 9900,
      notes: 'Clavier l’été ⌨️',
    };
    const made = expectStatus(await council.api.post('/devices', given), 201);
    expect(made).toMatchObject({
      ...given,
      imei: '490154203237518',
      iccid: '8933150319050000005',
      status: 'intake',
      category: 'router',
      version: 1,
    });
    const read = await council.api.get(`/devices/${made.id}`);
    const { possibleDuplicates, ...device } = made;
    expect(possibleDuplicates).toEqual([]);
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', device]);
  });

  test('is changed as it was read, and only as it was read', async () => {
    const device = await aNewDevice(council.api, { serialNumber: 'S-1', acquiredOn: '2026-01-02' });
    const path = `/devices/${device.id}`;
    const changed = await council.api.patch(path, 1, { serialNumber: null, condition: 'worn', siteId: device.siteId });
    expect(expectStatus(changed, 200)).toEqual({ ...device, serialNumber: null, condition: 'worn', version: 2 });
    expect((await council.api.patch(path, 1, { condition: 'new' })).body).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
    expect((await council.api.send('PATCH', path, { condition: 'new' })).body).toMatchObject({ status: 428, code: 'IF_MATCH_REQUIRED' });
    expect((await council.api.patch(path, 2, { assetTag: null })).body).toMatchObject({ status: 422, errors: [{ pointer: '/assetTag' }] });
    expect((await council.api.patch(path, 2, { status: 'available' })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
  });

  test('gets another model, and is found by that one', async () => {
    const device = await aDevice(council.api);
    const tablet = await aDeviceModel(council.api, { category: 'tablet', manufacturer: 'Zédix' });
    const changed = await council.api.patch(`/devices/${device.id}`, 2, { modelId: tablet.id });
    expect(expectStatus(changed, 200)).toMatchObject({ modelId: tablet.id, category: 'tablet' });
    expect(ids(await council.api.get('/devices?q=zedix'))).toEqual([device.id]);
  });

  test('changes its site by a move only', async () => {
    const device = await aNewDevice(council.api);
    const refused = await council.api.patch(`/devices/${device.id}`, 1, { siteId: (await aSite(council.api)).id });
    expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/siteId', code: 'USE_SEND' }] });
    expect(refused.body.detail).toContain('send');
  });

  test.each(['assetTag', 'serialNumber', 'imei', 'iccid'])('%s is unique in the council', async (field) => {
    const values: Record<string, string> = { assetTag: 'U-1', serialNumber: 'U-1', imei: '352099001761481', iccid: '8944110069157114029' };
    const [one, other] = [await aNewDevice(council.api, { [field]: values[field] }), await aNewDevice(council.api)];
    const body = { assetTag: 'U-2', condition: 'new', modelId: one.modelId, siteId: one.siteId, [field]: values[field] };
    for (const answer of [
      await council.api.post('/devices', body),
      await council.api.patch(`/devices/${other.id}`, 1, { [field]: values[field] }),
    ]) {
      expect(answer.body).toMatchObject({ status: 409, code: 'ALREADY_EXISTS', errors: [{ pointer: `/${field}` }] });
    }
    await aNewDevice((await aCouncil(app)).api, { [field]: values[field] });
  });

  test('what is wrong with it is said, all at once', async () => {
    const faulty = await council.api.post('/devices', {
      assetTag: 'a\u0000b',
      serialNumber: '',
      modelId: 'x',
      condition: 'shiny',
      imei: '490154203237517',
      iccid: '8933',
      acquiredOn: '2026-02-30',
    });
    expect(faulty.status).toBe(422);
    expect(pointers(faulty).sort()).toEqual([
      '/acquiredOn',
      '/assetTag',
      '/condition',
      '/iccid',
      '/imei',
      '/modelId',
      '/serialNumber',
      '/siteId',
    ]);
    const unknown = await council.api.post('/devices', { assetTag: 'N-1', condition: 'new', modelId: NONE, siteId: NONE, fundId: NONE });
    expect(unknown.body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE' });
    expect(pointers(unknown)).toEqual(['/modelId', '/fundId', '/siteId']);
    const device = await aNewDevice(council.api);
    expect((await council.api.patch(`/devices/${device.id}`, 1, { modelId: NONE })).body).toMatchObject({ code: 'UNKNOWN_REFERENCE' });
    expect((await council.api.post('/devices', '{')).body).toMatchObject({ status: 400, code: 'MALFORMED_BODY' });
    expect((await council.api.get('/devices/none')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
    expect((await council.api.get(`/devices/${NONE}`)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await council.api.patch(`/devices/${NONE}`, 1, {})).status).toBe(404);
  });

  test('another council’s model, site and fund are unknown', async () => {
    const foreign = await aNewDevice((await aCouncil(app)).api);
    const answer = await council.api.post('/devices', {
      assetTag: 'F-1',
      condition: 'new',
      modelId: foreign.modelId,
      siteId: foreign.siteId,
    });
    expect(answer.body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE' });
  });
});

describe('looking up what was scanned', () => {
  test('finds exactly the tag; else the serial number, the IMEI, the ICCID', async () => {
    const { api } = await aCouncil(app);
    const tagged = await aNewDevice(api, { assetTag: 'SAME', imei: '490154203237518' });
    const numbered = await aNewDevice(api, { serialNumber: 'SAME', iccid: '8944110069157114029' });
    const other = await aNewDevice(api, { serialNumber: 'Only 1' });
    const found = async (tag: string) => expectStatus(await api.get(`/devices/lookup?tag=${encodeURIComponent(tag)}`), 200).id;
    expect(await found('SAME')).toBe(tagged.id);
    expect(await found('49 015420 323751 8')).toBe(tagged.id);
    expect(await found('8944110069157114029')).toBe(numbered.id);
    expect(await found(' Only 1 ')).toBe(other.id);
    expect(await found('same')).toBe(tagged.id);
    for (const tag of ['SAMES', 'SAM', '%', "' OR 1=1 --"]) {
      expect((await api.get(`/devices/lookup?tag=${encodeURIComponent(tag)}`)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    }
    expect((await api.get('/devices/lookup')).body).toMatchObject({ status: 422, errors: [{ pointer: '/tag', code: 'REQUIRED' }] });
    expect((await api.get('/devices/lookup?tag=a%00b')).status).toBe(422);
    expect((await api.get('/devices/lookup?serial=SAME')).body).toMatchObject({ status: 400, code: 'UNKNOWN_PARAMETER' });
  });
});

describe('lists', () => {
  test('show every device once, page by page, by any filter', async () => {
    const { api } = await aCouncil(app);
    const [laptop, router] = [await aDeviceModel(api), await aDeviceModel(api, { category: 'router' })];
    const [here, there] = [await aSite(api), await aSite(api)];
    const fund = expectStatus(await api.post('/funds', { name: 'Département', funder: 'departement', eligibleLevels: null }), 201);
    const devices: { id: string; status: string; category: string; siteId: string; fundId: string | null }[] = [];
    for (let number = 0; number < 12; number++) {
      const make = number % 3 === 0 ? aNewDevice : aDevice;
      const modelId = (number % 2 === 0 ? laptop : router).id;
      devices.push(await make(api, { modelId, siteId: (number % 4 === 0 ? here : there).id, fundId: number % 5 === 0 ? fund.id : null }));
    }
    const filters: [string, (device: (typeof devices)[number]) => boolean][] = [
      ['', () => true],
      ['status=available', ({ status }) => status === 'available'],
      ['category=router', ({ category }) => category === 'router'],
      [`siteId=${here.id}`, ({ siteId }) => siteId === here.id],
      [`fundId=${fund.id}`, ({ fundId }) => fundId === fund.id],
      ['status=intake&category=laptop', ({ status, category }) => status === 'intake' && category === 'laptop'],
      [`fundId=${fund.id}&status=intake`, ({ fundId, status }) => fundId === fund.id && status === 'intake'],
      [
        `siteId=${there.id}&category=router&status=available`,
        (d) => d.siteId === there.id && d.category === 'router' && d.status === 'available',
      ],
      ['status=on_loan', () => false],
      [`siteId=${NONE}`, () => false],
      [`fundId=${NONE}`, () => false],
    ];
    for (const [query, keeps] of filters) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = expectStatus(await api.get(`/devices?limit=2&${query}${cursor}`), 200);
        seen.push(...page.data.map(({ id }: { id: string }) => id));
        cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
      } while (cursor !== '');
      expect([query, seen]).toEqual([query, devices.filter(keeps).map(({ id }) => id)]);
    }
  });

  test('refuse what they do not understand', async () => {
    for (const [query, status, code] of [
      ['limit=0', 400, 'INVALID_LIMIT'],
      ['limit=201', 400, 'INVALID_LIMIT'],
      ['cursor=bm9uZQ.forged', 400, 'INVALID_CURSOR'],
      ['siteId=here', 400, 'INVALID_ID'],
      ['colour=red', 400, 'UNKNOWN_PARAMETER'],
      ['status=broken', 422, 'INVALID_INPUT'],
      ['category=toaster', 422, 'INVALID_INPUT'],
      ['q=ab', 422, 'INVALID_INPUT'],
      ['q=ab%20cd', 422, 'INVALID_INPUT'],
    ] as const) {
      expect([query, (await council.api.get(`/devices?${query}`)).body]).toMatchObject([query, { status, code }]);
    }
    const { nextCursor } = expectStatus(await council.api.get('/devices?limit=1'), 200);
    expect((await council.api.get(`/device-models?cursor=${nextCursor}`)).body).toMatchObject({ code: 'INVALID_CURSOR' });
  });
});

describe('who may', () => {
  let inside: Answer['body'];
  let outside: Answer['body'];
  let administrator: Api;
  let agent: Api;
  beforeAll(async () => {
    const school = await aSchool(council.api);
    const site = await aSite(council.api, { schoolId: school.id });
    inside = await aDevice(council.api, { siteId: site.id, serialNumber: 'REACH-IN' });
    outside = await aDevice(council.api, { serialNumber: 'REACH-OUT' });
    administrator = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    agent = await aPerson(app, council.id, 'desk_agent', { siteId: site.id });
  });

  test('nobody, clients without the scope and wrong roles may not', async () => {
    const path = `/devices/${inside.id}`;
    const reader = await aClient(app, council.id, ['inventory:read', 'loans:write']);
    const writer = await aClient(app, council.id, ['inventory:write', 'loans:read']);
    const reads = ['/devices', path, `${path}/events`, '/devices/lookup?tag=x'];
    const writes = (api: Api) => [api.post('/devices', {}), api.patch(path, 1, {}), api.post(`${path}/moves`, { move: 'inspect' })];
    for (const read of reads) {
      expect((await council.api.anonymous.get(read)).status).toBe(401);
      expect((await writer.get(read)).status).toBe(403);
    }
    const auditor = await aPerson(app, council.id, 'auditor');
    for (const [api, status] of [
      [council.api.anonymous, 401],
      [reader, 403],
      [auditor, 403],
    ] as const) {
      for (const answer of await Promise.all(writes(api))) expect(answer.status).toBe(status);
    }
    expect((await agent.post('/devices', {})).status).toBe(403);
    expect((await agent.patch(path, 1, {})).status).toBe(403);
    expect((await auditor.get(path)).status).toBe(200);
  });

  test('people see the devices of their own school or site; the others are not there', async () => {
    for (const person of [administrator, agent]) {
      expect((await person.get(`/devices/${inside.id}`)).status).toBe(200);
      expect((await person.get(`/devices/${inside.id}/events`)).status).toBe(200);
      for (const hidden of [
        await person.get(`/devices/${outside.id}`),
        await person.get(`/devices/${outside.id}/events`),
        await person.get(`/devices/lookup?tag=${outside.assetTag}`),
        await person.post(`/devices/${outside.id}/moves`, { move: 'inspect', reason: 'x' }),
      ]) {
        expect(hidden.body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
      }
      expect((await person.get(`/devices/lookup?tag=${inside.assetTag}`)).status).toBe(200);
      expect(ids(await person.get('/devices'))).toEqual([inside.id]);
      expect(ids(await person.get('/devices?status=available&category=laptop'))).toEqual([inside.id]);
      expect(ids(await person.get('/devices?q=reach'))).toEqual([inside.id]);
      expect(ids(await person.get(`/devices?siteId=${outside.siteId}`))).toEqual([]);
      expect(ids(await person.get(`/devices?siteId=${inside.siteId}`))).toEqual([inside.id]);
    }
    expect((await administrator.patch(`/devices/${outside.id}`, 2, {})).status).toBe(404);
    expect((await administrator.patch(`/devices/${inside.id}`, 2, { notes: 'mine' })).status).toBe(200);
  });

  test('a school administrator registers devices at the own school’s sites', async () => {
    const body = { condition: 'new', modelId: inside.modelId };
    expect((await administrator.post('/devices', { ...body, assetTag: 'OWN-1', siteId: inside.siteId })).status).toBe(201);
    const refused = await administrator.post('/devices', { ...body, assetTag: 'OWN-2', siteId: outside.siteId });
    expect(refused.body).toMatchObject({ status: 422, code: 'UNKNOWN_REFERENCE', errors: [{ pointer: '/siteId' }] });
  });

  test('a school without a site has no devices', async () => {
    const school = await aSchool(council.api);
    const person = await aPerson(app, council.id, 'school_administrator', { schoolId: school.id });
    expect([ids(await person.get('/devices')), ids(await person.get('/devices?q=reach'))]).toEqual([[], []]);
  });

  test('another council sees nothing', async () => {
    const { api } = await aCouncil(app);
    const path = `/devices/${inside.id}`;
    for (const hidden of [
      await api.get(path),
      await api.get(`${path}/events`),
      await api.patch(path, 1, {}),
      await api.post(`${path}/moves`, { move: 'inspect', reason: 'x' }),
      await api.get(`/devices/lookup?tag=${inside.assetTag}`),
    ]) {
      expect(hidden.status).toBe(404);
    }
    for (const query of ['', `?siteId=${inside.siteId}`, '?q=reach']) expect(ids(await api.get(`/devices${query}`))).toEqual([]);
  });
});
