import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EQUIPMENT_CRITERIA } from '../../src/modules/requests/domain/priority-policy.rules.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aLoan, anAgreement, aRequest, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson } from '../support/people.js';
import { onServer } from '../support/test-database.js';

type Body = Answer['body'];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const explained = async (api: Api, { id }: Body, query = '') =>
  expectStatus(await api.get(`/request-lines/${id}/explanation${query}`), 200);
const criterion = (explanation: Body, name: string) => explanation.criteria.find((each: Body) => each.criterion === name);

/** What somebody with the answer alone reckons by hand. */
function byHand({ criteria }: Body): number {
  const earned = criteria.map(({ criterion: name, value, of, weight, cap, bands }: Body) => {
    const units = value === null ? 0 : of === null ? value : of === 0 ? 0 : value / of;
    const band = bands.find(({ below }: Body) => value !== null && value < below)?.points ?? 0;
    const points = name === 'schoolIndex' ? band : Math.floor(weight * units);
    return { name, points: cap === null ? points : Math.min(points, cap) };
  });
  const sum = (list: { points: number }[]) => list.reduce((total, { points }) => total + points, 0);
  const ofEquipment = earned.filter(({ name }: Body) => EQUIPMENT_CRITERIA.includes(name));
  return (
    sum(earned.filter(({ name }: Body) => !EQUIPMENT_CRITERIA.includes(name))) + Math.max(...ofEquipment.map(({ points }: Body) => points))
  );
}

test('everything that a score is made of, where it came from, and the place that it gives', async () => {
  const council = await aCouncil(app);
  const { api } = council;
  const school = await aSchool(api, { socialIndex: 82.5 });
  const criteria = [
    { criterion: 'uncoveredShare', points: 333 },
    { criterion: 'noComputer', points: 100 },
    { criterion: 'smartphoneOnly', points: 60 },
    { criterion: 'learners', points: 10, cap: 15 },
    { criterion: 'bursaryLevel', points: 9 },
    { criterion: 'homeAlone', points: 40 },
    { criterion: 'schoolIndex', bands: [{ below: 80, points: 50 }, { below: 90, points: 25 }] }, // prettier-ignore
  ];
  expectStatus(await api.post('/priority-policies', { criteria }), 201);
  const household = await aHousehold(api, {
    schoolId: school.id,
    bursaryLevel: 4,
    homeAlone: true,
    learners: ['Amal', 'Idris'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' })),
    equipment: [{ category: 'smartphone' }],
    connectivity: { kind: 'fixed' },
  });
  expectStatus(await api.post(`/households/${household.id}/verifications`, { fields: ['bursaryLevel'] }), 200);
  const line = (await aRequest(api, household.id)).lines[0];
  await aRequest(api, (await aHousehold(api)).id);
  await app.drain();

  const explanation = await explained(api, line);
  expect(explanation).toMatchObject({
    lineId: line.id,
    householdId: household.id,
    isCurrent: true,
    position: 1,
    queueLength: 2,
    policyVersion: 2,
  });
  expect(byHand(explanation)).toBe(explanation.score);
  expect(expectStatus(await api.get(`/request-lines/${line.id}`), 200).score).toBe(explanation.score);
  expect(criterion(explanation, 'noComputer')).toMatchObject({ value: 1, points: 100, source: 'declared' });
  expect(criterion(explanation, 'smartphoneOnly')).toMatchObject({ value: 1, earned: 60, points: 0 });
  expect(criterion(explanation, 'learners')).toMatchObject({ value: 2, points: 15, cap: 15 });
  const verified = { value: 4, points: 36, source: 'verified', verifiedAt: app.clock.now().toISOString() };
  expect(criterion(explanation, 'bursaryLevel')).toMatchObject(verified);
  expect(criterion(explanation, 'bursaryLevel').verifiedBy).toMatch(/^client:/);
  expect(criterion(explanation, 'schoolIndex')).toMatchObject({ value: 82.5, points: 25, source: 'computed' });
  expect(criterion(explanation, 'examYear')).toMatchObject({ value: 0, points: 0 });

  const [{ key }] = await onServer(app.databaseUrl, async (client) => {
    return (await client.query('SELECT ticket_key AS key FROM rankings WHERE council_id = $1', [council.id])).rows as [{ key: Buffer }];
  });
  expect(explanation.ticket).toBe(createHmac('sha256', key).update(explanation.householdId).digest('hex'));

  expect(explanation.sentences[1]).toBe('Elle est au rang 1 sur 2 demandes en attente.');
  expect(criterion(explanation, 'bursaryLevel').sentence).toBe(
    'Échelon de bourse : 4 (vérifié sur justificatif). 9 par unité → 36 points.',
  );
  const english = await explained(api, line, '?language=en');
  expect(english.sentences[1]).toBe('It is number 1 of 2 requests that wait.');
  expect(criterion(english, 'learners').sentence).toBe(
    'Number of learners: 2 (declared by the family). 10 for each (at most 15) → 15 points.',
  );
  expect(criterion(english, 'smartphoneOnly').sentence).toContain('0 points: another criterion about equipment');
  expect((await explained(api, line, '?language=es')).sentences[1]).toBe('Está en el puesto 1 de 2 solicitudes en espera.');
  const accepted = await api.get(`/request-lines/${line.id}/explanation`, { headers: { 'accept-language': 'de, uk;q=0.8' } });
  expect(expectStatus(accepted, 200).sentences[1]).toBe('Його місце в черзі: 1 з 2.');
});

test('what changed since is told, until the line is scored again; what is lent is known from the loans', async () => {
  const { api } = await aCouncil(app);
  const household = await aHousehold(api);
  const line = (await aRequest(api, household.id)).lines[0];
  await app.drain();
  const before = await explained(api, line);
  expect(before.isCurrent).toBe(true);
  expectStatus(await api.patch(`/households/${household.id}`, household.version, { homeAlone: true }), 200);
  const meanwhile = await explained(api, line, '?language=en');
  expect(meanwhile).toMatchObject({ isCurrent: false, score: before.score });
  expect(meanwhile.sentences).toContain('Something has just changed: the points are being reckoned again.');
  await app.drain();
  expect(await explained(api, line)).toMatchObject({ isCurrent: true, score: before.score + 40 });

  await aLoan(api, { householdId: household.id });
  await app.drain();
  const closed = await explained(api, line, '?language=en');
  expect(closed).toMatchObject({ position: null, queueLength: null, isCurrent: false, score: before.score + 40 });
  expect(closed.sentences.join(' ')).toContain('closed: its points stay as they were then');
  expect(closed.sentences.join(' ')).not.toContain('reckoned again');
  const next = (await aRequest(api, household.id)).lines[0];
  expect(criterion(await explained(api, next), 'noComputer')).toMatchObject({ value: 0, source: 'computed', points: 0 });
});

describe('decisions of people that passed a line over', () => {
  /** Three families in the order of the queue, and a place with a laptop. */
  async function aQueue() {
    const { api, id } = await aCouncil(app);
    const site = await aSite(api);
    const families = [];
    for (const bursaryLevel of [8, 5, 2]) families.push(await aHousehold(api, { bursaryLevel, homeAlone: bursaryLevel === 8 }));
    const lines: Body[] = [];
    for (const family of families) lines.push((await aRequest(api, family.id)).lines[0]);
    return { councilId: id, api, site, families: families, lines, device: await aDevice(api, { siteId: site.id }) };
  }
  const decisions = async (api: Api, line: Body, query = '?language=en') => (await explained(api, line, query)).decisions as Body[];

  test('a placement by hand is told to every line ahead that the device could have served, and to no other', async () => {
    const { api, site, lines, device } = await aQueue();
    const other = (await aRequest(api, (await aHousehold(api, { bursaryLevel: 7 })).id, { pickupSiteId: (await aSite(api)).id })).lines[0];
    const later = (await aRequest(api, (await aHousehold(api)).id)).lines[0];
    expect(await decisions(api, lines[0])).toEqual([]);
    expectStatus(await api.post('/placements', { lineId: lines[2].id, deviceId: device.id, reason: 'Examen dans dix jours' }), 201);
    const at = app.clock.now().toISOString();
    for (const line of [lines[0], lines[1]]) {
      const told = await decisions(api, line);
      expect(told).toMatchObject([{ kind: 'placement', at, reason: 'Examen dans dix jours' }]);
      expect(told[0].sentence).toContain('The reason given: “Examen dans dix jours”');
    }
    for (const line of [lines[2], other, later]) expect(await decisions(api, line)).toEqual([]);
    // The first in the queue is passed over by nobody's device, and passes nobody over.
    const second = await aDevice(api, { siteId: site.id });
    expectStatus(await api.post('/placements', { lineId: lines[0].id, deviceId: second.id, reason: 'Son tour' }), 201);
    for (const line of [lines[1], later]) expect((await decisions(api, line)).map(({ reason }) => reason)).not.toContain('Son tour');
  });

  test('an override at the desk is told once, however many devices it hands over; a hand-over in turn is not', async () => {
    const { api, site, families, lines, device } = await aQueue();
    expectStatus(await api.put('/loan-policies', null, { rules: [{ itemsPerLearner: 2 }] }), 200);
    const second = await aDevice(api, { siteId: site.id });
    const loan = { householdId: families[2]?.id, siteId: site.id, agreement: anAgreement };
    const items = [device, second].map(({ id: deviceId }) => ({ deviceId, conditionOut: 'good' }));
    expect((await api.post('/loans', { ...loan, items })).body.reasons).toMatchObject([{ code: 'OTHERS_ARE_WAITING' }]);
    expect(await decisions(api, lines[0])).toEqual([]);
    expectStatus(await api.post('/loans', { ...loan, items, override: { reason: 'Closure tomorrow' } }), 201);
    for (const line of [lines[0], lines[1]]) {
      expect(await decisions(api, line)).toMatchObject([{ kind: 'override', reason: 'Closure tomorrow' }]);
    }
    const third = await aDevice(api, { siteId: site.id });
    const inTurn = { ...loan, householdId: families[0]?.id, items: [{ deviceId: third.id, conditionOut: 'good' }] };
    expectStatus(await api.post('/loans', inTurn), 201);
    expect(await decisions(api, lines[1])).toHaveLength(1);
  });

  test('devices of two pools pass over whoever waits for either, wherever the lines lie among all', async () => {
    const { api, site } = await aQueue();
    expectStatus(await api.put('/loan-policies', null, { rules: [{ itemsPerLearner: 2 }] }), 200);
    const waiting = async (bursaryLevel: number, category: string): Promise<Body> => {
      const { id, learners } = await aHousehold(api, { bursaryLevel, homeAlone: true });
      const lines = [{ class: 'computer', learnerIds: [learners[0].id], acceptableCategories: [category] }];
      return (await aRequest(api, id, { lines })).lines[0];
    };
    // The lines of one set lie in blocks of 1,024: the next one of these is the last of its block.
    await onServer(app.databaseUrl, (client) =>
      client.query(
        `SELECT setval(pg_get_serial_sequence('request_lines', 'ordinal'), (max(ordinal) / 1024 + 1) * 1024 - 1, false) FROM request_lines`,
      ),
    );
    const [byTablet, byLaptop, byDesktop] = [await waiting(8, 'tablet'), await waiting(7, 'laptop'), await waiting(6, 'desktop')];
    const items = await Promise.all(
      ['laptop', 'tablet'].map(async (category) => {
        const { id: deviceId } = await aDevice(api, { siteId: site.id, modelId: (await aDeviceModel(api, { category })).id });
        return { deviceId, conditionOut: 'good' };
      }),
    );
    const loan = { householdId: (await aHousehold(api)).id, siteId: site.id, agreement: anAgreement, items };
    expectStatus(await api.post('/loans', { ...loan, override: { reason: 'Both at once' } }), 201);
    for (const line of [byTablet, byLaptop]) expect(await decisions(api, line)).toMatchObject([{ reason: 'Both at once' }]);
    expect(await decisions(api, byDesktop)).toEqual([]);
  });

  test('an override of something else passes nobody over', async () => {
    const { api, site, families, lines, device } = await aQueue();
    const fund = expectStatus(await api.post('/funds', { name: 'Lycées', funder: 'region', eligibleLevels: ['lycee'] }), 201);
    const ofFund = await aDevice(api, { siteId: site.id, fundId: fund.id });
    const loan = { householdId: families[2]?.id, siteId: site.id, agreement: anAgreement, override: { reason: 'By exception' } };
    expectStatus(await api.post('/loans', { ...loan, items: [{ deviceId: ofFund.id, conditionOut: 'good' }] }), 201);
    for (const line of lines) expect(await decisions(api, line)).toEqual([]);
    expect((await api.get(`/devices/${device.id}`)).body.status).toBe('available');
  });

  test('the newest first, in the language asked for; erased words are told to be gone', async () => {
    const { api, councilId, lines, site, device } = await aQueue();
    expectStatus(await api.post('/placements', { lineId: lines[2].id, deviceId: device.id, reason: 'Examen' }), 201);
    app.clock.moveTo(new Date(app.clock.now().getTime() + 24 * 60 * 60 * 1000));
    const second = await aDevice(api, { siteId: site.id });
    expectStatus(await api.post('/placements', { lineId: lines[1].id, deviceId: second.id, reason: 'Fratrie' }), 201);
    const told = await decisions(api, lines[0], '');
    expect(told.map(({ reason }) => reason)).toEqual(['Fratrie', 'Examen']);
    expect(told[1].sentence).toMatch(/^Le 2 novembre 2026, une personne a réservé à une autre famille.*Sa raison : « Examen »$/);
    await onServer(app.databaseUrl, (client) => client.query('DELETE FROM audit_reasons WHERE council_id = $1', [councilId]));
    expect(await decisions(api, lines[0])).toMatchObject([{ reason: null }, { reason: null }]);
    expect((await decisions(api, lines[0]))[0].sentence).toContain('The reason is no longer kept.');
  });
});

test('is for those who may see the line; a draft has none', async () => {
  const own = await aCouncil(app);
  const school = await aSchool(own.api);
  const line = (await aRequest(own.api, (await aHousehold(own.api)).id)).lines[0];
  const draft = (await aRequest(own.api, (await aHousehold(own.api)).id, { submit: false })).lines[0];
  const at = `/request-lines/${line.id}/explanation`;
  expect((await own.api.get(`/request-lines/${draft.id}/explanation`)).status).toBe(404);
  expect((await own.api.get(`/request-lines/${newId()}/explanation`)).status).toBe(404);
  expect((await (await aCouncil(app)).api.get(at)).status).toBe(404);
  expect((await own.api.anonymous.get(at)).status).toBe(401);
  const administrator = await aPerson(app, own.id, 'school_administrator', { schoolId: school.id });
  expect((await administrator.get(at)).status).toBe(404);
  expect((await (await aPerson(app, own.id, 'auditor')).get(at)).status).toBe(200);
});

test('speaks the family’s language where nobody asks for another, else the council’s', async () => {
  const { api } = await aCouncil(app);
  const inLanguages = (...languages: (string | null)[]) => ({
    contacts: languages.map((language, index) => ({
      name: `Adulte ${index}`,
      relationship: 'parent',
      language,
      notify: index === languages.length - 1,
    })),
  });
  const first = async (household: Record<string, unknown>, headers = {}) => {
    const [line] = (await aRequest(api, (await aHousehold(api, household)).id)).lines;
    return expectStatus(await api.get(`/request-lines/${line.id}/explanation`, { headers }), 200).sentences[1];
  };
  expect(await first(inLanguages('es'))).toContain('Está en el puesto');
  expect(await first(inLanguages('fr', 'es'))).toContain('Está en el puesto');
  expect(await first(inLanguages('so'))).toMatch(/place|rang/);
  expect(await first(inLanguages(null))).toMatch(/place|rang/);
  expect(await first(inLanguages('es'), { 'accept-language': 'en' })).not.toContain('Está');
});
