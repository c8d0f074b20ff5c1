import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, aNewDevice, anAgreement, aSchool, aSite } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';

// Texts as people, scanners and spreadsheets write them.

let app: TestApp;
let council: TestCouncil;
let siteId: string;
let modelId: string;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  siteId = (await aSite(council.api)).id as string;
  modelId = (await aDeviceModel(council.api)).id as string;
});
afterAll(() => app.close());

const device = (more: object) => council.api.post('/devices', { assetTag: 'T', modelId, siteId, condition: 'new', ...more });
const lookUp = (tag: string) => council.api.get(`/devices/lookup?${new URLSearchParams({ tag }).toString()}`);
const faultsOf = ({ body }: Answer) =>
  (body.errors ?? []).map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);

describe('tags and serial numbers', () => {
  test('are shown as written, found and unique whatever their case and signs', async () => {
    const made = expectStatus(await device({ assetTag: 'Prêt–Aé 01', serialNumber: 'sN‑123' }), 201);
    expect(made).toMatchObject({ assetTag: 'Prêt–Aé 01', serialNumber: 'sN‑123' });
    for (const tag of [
      'PRÊT-AÉ 01',
      'prêt—aé\u00A001',
      'pret-ae 01',
      ' Prêt–Aé\u200B 01 ',
      "'prêt-aé 01",
      '="prêt-aé 01"',
      'SN-123',
      'ｓｎ－１２３',
    ]) {
      expect([tag, (await lookUp(tag)).body.id]).toEqual([tag, made.id]);
    }
    expect(await device({ assetTag: 'PRÊT-AÉ 01' })).toMatchObject({ status: 409, body: { errors: [{ pointer: '/assetTag' }] } });
    expect(await device({ assetTag: 'another', serialNumber: 'SN-123' })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/serialNumber' }] },
    });
    const renamed = expectStatus(await council.api.patch(`/devices/${made.id}`, 1, { assetTag: 'PRÊT-AÉ 01' }), 200);
    expect(renamed.assetTag).toBe('PRÊT-AÉ 01');
  });

  test('hold nothing invisible, and no word for nothing', async () => {
    const made = expectStatus(
      await device({ assetTag: '\uFEFFLT\u200B-\u00AD77\u00A0', serialNumber: '="0012"', imei: 'N/A', iccid: '—' }),
      201,
    );
    expect(made).toMatchObject({ assetTag: 'LT-77', serialNumber: '0012', imei: null, iccid: null });
    for (const [index, serialNumber] of ['N/A', 'néant', 'AUCUN', 'yok', 'немає', 'لا يوجد', '-', '?', 'null'].entries()) {
      expect(expectStatus(await device({ assetTag: `NIL-${index}`, serialNumber }), 201).serialNumber).toBeNull();
    }
    expect(faultsOf(await device({ assetTag: 'n/a' }))).toEqual(['/assetTag TOO_SHORT']);
    expect(faultsOf(await device({ assetTag: '\u200B' }))).toEqual(['/assetTag TOO_SHORT']);
    for (const assetTag of ['A\tB', 'A\nB', 'A\u0085B', 'A\u007FB', 'A\u0007']) {
      expect(faultsOf(await device({ assetTag }))).toEqual(['/assetTag FORBIDDEN_CHARACTERS']);
    }
  });

  test('that a spreadsheet has shortened are refused, and it is said what to do', async () => {
    const refused = await device({ assetTag: '1.23E+15', serialNumber: '3,51E+14' });
    expect(faultsOf(refused)).toEqual(['/assetTag SCIENTIFIC_NOTATION', '/serialNumber SCIENTIFIC_NOTATION']);
    expect(refused.body.errors[0].message).toMatch(/format the column as text/);
  });

  test('name devices at the desk, in both directions', async () => {
    const made = await aDevice(council.api, { assetTag: 'Desk-É1', siteId, modelId });
    const household = await aHousehold(council.api);
    const order = { householdId: household.id, siteId, agreement: anAgreement, items: [{ assetTag: 'DESK–é1', conditionOut: 'good' }] };
    const loan = expectStatus(await council.api.post('/loans', order), 201);
    expect(loan.items[0]).toMatchObject({ deviceId: made.id, assetTag: 'Desk-É1' });
    expect((await council.api.get('/households?q=desk-%C3%891')).body.data).toMatchObject([{ id: household.id }]);
    expect(
      (await council.api.post('/loans', { ...order, items: [order.items[0], { assetTag: 'desk-é1', conditionOut: 'good' }] })).status,
    ).toBe(422);
    const back = { siteId, items: [{ assetTag: 'desk-é1\u200B', conditionIn: 'good' }] };
    expect(expectStatus(await council.api.post(`/loans/${loan.id}/returns`, back), 200).items[0].state).toBe('returned');
    const { items } = await aLoan(council.api, { siteId });
    const tag = (items[0].assetTag as string).toLowerCase().replaceAll('-', '‑');
    expectStatus(await council.api.post('/returns', { assetTag: tag, conditionIn: 'good', siteId }), 200);
  });

  test('two at once with tags that differ by their case: one is made', async () => {
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all([`Race-${round}`, `RACE‑${round}`].map((assetTag) => device({ assetTag })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    }
  });

  test('are found by a search in their plain form', async () => {
    const { id } = await aNewDevice(council.api, { assetTag: 'ŁÓDŹ‑ß9', siteId, modelId });
    for (const q of ['lodz-ss9', 'ŁÓDŹ-SS9', 'łódź—ß9', 'lodz\u00A0']) {
      expect([
        q,
        (await council.api.get(`/devices?${new URLSearchParams({ q }).toString()}`)).body.data.map((one: { id: string }) => one.id),
      ]).toEqual([q, [id]]);
    }
  });
});

describe('names', () => {
  test('are found by their plain form, both ways', async () => {
    const pairs = [
      ['Işık Yıldız', 'isik yildiz'],
      ['Isik Yildizi', 'ışık yıldızı'],
      ['Łukasz Ørsted', 'LUKASZ ORSTED'],
      ['Đorđe Þórsson', 'dorde thorsson'],
      ['Jean‑Marc d`Arvor', "jean-marc d'arvor"],
      ['ＡＭＡＬ ﬁlali', 'amal filali'],
      ['Ben\u200BOuda', 'benouda'],
      ['Ħamza Ŧest', 'hamza test'],
    ] as const;
    for (const [name, q] of pairs) {
      const { id } = await aHousehold(council.api, { contacts: [{ name, relationship: 'parent' }], learners: [] });
      const found = async (text: string) =>
        (await council.api.get(`/households?${new URLSearchParams({ q: text }).toString()}`)).body.data.map(
          (one: { id: string }) => one.id,
        );
      expect([q, await found(q), await found(name)]).toEqual([q, [id], [id]]);
    }
  });

  test('that nobody can see are none', async () => {
    const answer = await council.api.post('/households', { contacts: [{ name: '\u200B\u2060', relationship: 'parent' }] });
    expect(faultsOf(answer)).toEqual(['/contacts/0/name TOO_SHORT']);
  });
});

describe('French codes that lost their zero', () => {
  test('are mended in every address of France, and only there', async () => {
    const address = { line1: '1 rue', city: 'Bourg', postalCode: '1000' };
    const site = (more: object) => council.api.post('/sites', { name: 'Bourg', address: { ...address, ...more } });
    expect(expectStatus(await site({ country: 'FR' }), 201).address.postalCode).toBe('01000');
    expect(expectStatus(await site({ country: 'CH' }), 201).address.postalCode).toBe('1000');
    const contacts = (more: object) => [{ name: 'Nadia', relationship: 'parent', address: { ...address, ...more } }];
    const household = expectStatus(await council.api.post('/households', { contacts: contacts({ postalCode: '9 100' }) }), 201);
    expect(household.contacts[0].address).toMatchObject({ postalCode: '09100', country: 'FR' });
    const changed = expectStatus(await council.api.patch(`/households/${household.id}`, 1, { contacts: contacts({ country: 'BE' }) }), 200);
    expect(changed.contacts[0].address.postalCode).toBe('1000');
    const school = await aSchool(council.api, { municipalityCode: '1053' });
    expect(school.municipalityCode).toBe('01053');
  });

  test('a school is found by its code as it is made by it', async () => {
    const school = expectStatus(await council.api.post('/schools', { code: '951099d', name: 'Jean Moulin', level: 'college' }), 201);
    expect(school.code).toBe('0951099D');
    for (const code of ['0951099d', ' 0951099D ', '951099D', '095 1099 D', '0951099\u200BD']) {
      expect((await council.api.get(`/schools?${new URLSearchParams({ code }).toString()}`)).body.data).toMatchObject([{ id: school.id }]);
    }
    expect((await council.api.get('/schools?code=nothing')).body.data).toEqual([]);
  });
});

test('a council’s code is read whatever its case', async () => {
  const { code } = expectStatus(await council.api.get('/council'), 200);
  expectStatus(await council.api.patch('/council', 1, { publicPriorityScale: true }), 200);
  expectStatus(await council.api.anonymous.get(`/public/${(code as string).toUpperCase()}/priority-policies`), 200);
});

test('an address of e-mail is judged by one rule', async () => {
  const contact = (email: string) => council.api.post('/households', { contacts: [{ name: 'Nadia', relationship: 'parent', email }] });
  expectStatus(await contact('nadia@example.org'), 201);
  for (const email of ['a@b', 'a@b..co', '"a b"@c.co', 'a@127.0.0.1']) expect((await contact(email)).status).toBe(422);
});
