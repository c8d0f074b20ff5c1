import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { MOST_VALUES } from '../../src/platform/http/bodies.js';
import { Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import {
  aDevice,
  aHousehold,
  aLoan,
  anAgreement,
  anAllocationRound,
  aNewDevice,
  anOffer,
  aPickupSlot,
  aRecalledLoan,
  aRequest,
  aSite,
} from '../support/builders.js';
import { type Conformance, conformanceOf } from '../support/conformance.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { gatewaySettings, postReceipt } from '../support/sms-gateway.js';
import { type SmtpSink, startSmtpSink } from '../support/smtp.js';
import { onServer } from '../support/test-database.js';
import { aWorld, pathIn, type World } from '../support/world.js';

let smtp: SmtpSink;
let app: TestApp;
let council: TestCouncil;
let api: Api;
let world: World;
let conformance: Conformance;
beforeAll(async () => {
  smtp = await startSmtpSink();
  app = await startTestApp({ SMTP_URL: smtp.url });
  council = await aCouncil(app);
  api = council.api;
  world = await aWorld(api, app.drain);
  conformance = await conformanceOf(app.url);
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const TODAY = START.toISOString().slice(0, 10);

describe('the document itself', () => {
  test('is OpenAPI 3.1 with one id for each operation', () => {
    expect(conformance.document.openapi).toBe('3.1.0');
    const ids = conformance.operations.map(({ operationId }) => operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every reference leads somewhere', () => {
    const dangling: string[] = [];
    const walk = (node: unknown): void => {
      if (node === null || typeof node !== 'object') return;
      const { $ref } = node as { $ref?: unknown };
      if (typeof $ref === 'string' && !isThere($ref)) dangling.push($ref);
      Object.values(node).forEach(walk);
    };
    const isThere = (reference: string) => {
      let place: unknown = conformance.document;
      for (const part of reference.replace('#/', '').split('/')) place = (place as Record<string, unknown> | undefined)?.[part];
      return place !== undefined;
    };
    walk(conformance.document);
    expect(dangling).toEqual([]);
  });

  test('nothing in it is of OpenAPI 3.0', () => {
    expect(JSON.stringify(conformance.document)).not.toMatch(/"nullable":|"exclusiveMinimum":true/);
  });

  test('every answer has a description, every problem its codes with an example each', () => {
    const faults = conformance.operations.flatMap(({ name, responses }) =>
      Object.entries(responses).flatMap(([status, { description, content }]) => {
        const problem = content?.['application/problem+json'] as { examples?: Record<string, unknown> } | undefined;
        const codes = description?.split(', ') ?? [];
        const isComplete =
          Number(status) < 400
            ? content === undefined || Object.keys(content).length > 0
            : codes.every((code) => problem?.examples?.[code]);
        return description && isComplete ? [] : [`${name} ${status}: ${description}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  test('every parameter of a path is documented, and every body says what may be left out', () => {
    const faults = conformance.operations.filter(({ path, parameters }) =>
      (path.match(/[{][^}]+[}]/g) ?? []).some(
        (name) => !parameters.some((each) => each.in === 'path' && `{${each.name}}` === name && each.required),
      ),
    );
    expect(faults.map(({ name }) => name)).toEqual([]);
  });

  test('everything that is sent has a limit: lists in elements, texts in characters, bodies in values', () => {
    const faults: string[] = [];
    interface Schema {
      $ref?: string;
      type?: string | string[];
      items?: Schema;
      properties?: Record<string, Schema>;
      anyOf?: Schema[];
      allOf?: Schema[];
      additionalProperties?: unknown;
      maxItems?: number;
      maxLength?: number;
      format?: string;
      enum?: unknown[];
    }
    /** How many values and members it has at most. */
    const size = (schema: Schema, place: string): number => {
      const inner = schema.allOf?.[0] ?? schema.anyOf?.[0];
      if (inner) return size(inner, place);
      if (schema.$ref) return size(conformance.document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] as Schema, place);
      if (schema.properties)
        return Object.entries(schema.properties).reduce((sum, [name, each]) => sum + size(each, `${place}.${name}`), 1);
      if (schema.items) {
        if (schema.maxItems === undefined) faults.push(`${place} is a list without a limit`);
        return 1 + (schema.maxItems ?? 0) * size(schema.items, `${place}[]`);
      }
      const isText = [schema.type].flat().includes('string');
      if (isText && schema.maxLength === undefined && schema.format === undefined && schema.enum === undefined)
        faults.push(`${place} is a text without a limit`);
      return 1;
    };
    for (const { name, requestBody } of conformance.operations) {
      const schema = requestBody?.content['application/json']?.schema as Schema | undefined;
      // A round is read in a thread, by rules of its own.
      if (schema && name !== 'POST /allocation/solve' && size(schema, name) > MOST_VALUES)
        faults.push(`${name} may have more than ${MOST_VALUES} values`);
    }
    expect(faults).toEqual([]);
  });

  test('what a caller likes may be left out: Accept and Accept-Language', () => {
    const preferences = conformance.operations.flatMap(({ name, parameters }) =>
      parameters.filter((each) => each.in === 'header' && /^accept/i.test(each.name)).map((each) => [name, each.required]),
    );
    expect(preferences.length).toBeGreaterThan(5);
    expect(preferences.filter(([, required]) => required !== false)).toEqual([]);
  });

  test('is read on a page that loads its own files and nothing else', async () => {
    const page = await fetch(`${app.url}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; .*connect-src 'self'/);
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="(\/docs[^"]+)"/g)].map(([, address]) => address ?? '');
    expect(files).toHaveLength(3);
    for (const file of files) {
      const answer = await fetch(app.url + file);
      const plain = await fetch(app.url + file, { headers: { 'accept-encoding': 'identity' } });
      expect([file, answer.status, answer.headers.get('content-encoding'), plain.headers.get('content-encoding')]).toEqual([
        file,
        200,
        'gzip',
        null,
      ]);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(await plain.text()).toBe(await answer.text());
      expect((await fetch(`${app.url}${file.replace(/assets\/\w+/, 'assets/another')}`)).status).toBe(404);
    }
    expect((await fetch(app.url + (files[0] ?? '').replace(/[^/]+$/, 'package.json'))).status).toBe(404);
  });
});

// Each call is held against the document by test/support/api.ts; the last test names what was never answered 2xx.
describe('a journey through every operation', () => {
  const changed = async (path: string, body: unknown) => {
    const { version } = expectStatus(await api.get(path), 200) as { version: number };
    return expectStatus(await api.patch(path, version, body), 200);
  };
  const id = (path: string) => world.ids[`${path}/{id}`] ?? '';

  test('everything that can be read', async () => {
    for (const operation of conformance.operations.filter(
      ({ method, rights, path }) => method === 'GET' && (rights?.scope || path.startsWith('/public/')),
    )) {
      expectStatus(await api.get(pathIn(world, operation) + (world.queries[operation.name] ?? '')), 200);
    }
  });

  test('the council and its places', async () => {
    await changed('/council', { name: 'Ville de Gonesse' });
    expectStatus(await api.put('/closed-days', null, { days: ['2026-12-25'] }), 200);
    await changed(`/schools/${id('/schools')}`, { name: 'Collège Jean Moulin' });
    await changed(`/sites/${id('/sites')}`, { openingHours: [{ weekday: 1, from: '08:30', to: '12:00' }] });
    await changed(`/funds/${id('/funds')}`, { budgetCents: 5_000_000 });
  });

  test('people and clients', async () => {
    const user = await changed(`/users/${id('/users')}`, { name: 'Claire Le Goff' });
    expectStatus(await api.post(`/users/${user.id}/invitation`), 200);
    await app.drain();
    const token = /#token=([\w-]+)/.exec(smtp.mails.at(-1)?.text ?? '')?.[1];
    const password = 'four plain words suffice';
    const anybody = api.anonymous;
    const { email } = expectStatus(await anybody.post('/invitations/acceptance', { token, password }), 200);
    const session = await anybody.post('/session', { email, password });
    const { csrfToken } = expectStatus(session, 201);
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const person = new Api(app.url, { cookie, 'x-csrf-token': csrfToken });
    const enrolled = expectStatus(await person.post('/session/totp'), 201);
    const code = (seconds: number) => generateSync({ secret: enrolled.secret, epoch: START.getTime() / 1000 + seconds });
    expectStatus(await person.post('/session/totp/confirmation', { totp: code(0) }), 200);
    expectStatus(await person.post('/session/totp/removal', { totp: code(30) }), 200);
    expectStatus(await person.delete('/session'), 204);

    const client = await changed(`/clients/${id('/clients')}`, { name: 'Interface 2' });
    const { secret } = expectStatus(await api.post(`/clients/${client.id}/rotation`), 200);
    const basic = `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}`;
    const form = { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' };
    expectStatus(await anybody.post('/oauth/token', 'grant_type=client_credentials', { headers: form }), 200);
    expectStatus(await api.delete(`/clients/${client.id}`), 204);
  });

  test('stock', async () => {
    await changed(`/device-models/${id('/device-models')}`, { unitCostCents: 31_000 });
    const device = await aNewDevice(api);
    await changed(`/devices/${device.id}`, { condition: 'good' });
    expectStatus(await api.post(`/devices/${device.id}/moves`, { move: 'prepare' }), 200);
  });

  test('families and what they ask for', async () => {
    const household = await aHousehold(api);
    const path = `/households/${household.id}`;
    await changed(path, { homeAlone: true });
    expectStatus(await api.post(`${path}/verifications`, { fields: ['homeAlone'] }), 200);
    const learner = expectStatus(await api.post(`${path}/learners`, { givenName: 'Ines', familyName: 'B.', level: 'college' }), 201);
    expectStatus(await api.patch(`${path}/learners/${learner.id}`, learner.version, { examYear: true }), 200);
    expectStatus(await api.delete(`${path}/learners/${learner.id}`, { headers: { 'if-match': '*' } }), 204);

    const draft = await aRequest(api, household.id, { submit: false });
    await changed(`/requests/${draft.id}`, { statement: 'Two children, one telephone' });
    const { lines } = expectStatus(await api.post(`/requests/${draft.id}/submission`), 200);
    expectStatus(await api.post(`/request-lines/${lines[0].id}/moves`, { move: 'withdraw' }), 200);
  });

  test('needs', async () => {
    expectStatus(await api.post('/needs/plan', { learners: [], equipment: [], connectivity: { kind: 'fixed' } }), 200);
    await changed(`/kits/${id('/kits')}`, { costCents: 31_000 });
    await changed(`/school-profiles/${id('/school-profiles')}`, { work: [{ weekday: 1, minutes: 60 }] });
  });

  test('allocation', async () => {
    const draft = { criteria: [{ criterion: 'learners', points: 20 }] };
    expectStatus(await api.post('/priority-policies', draft), 201);
    expectStatus(await api.post('/priority-policies/preview', draft), 200);
    const cycle = id('/cycles');
    expectStatus(await api.post(`/cycles/${cycle}/opening`, { publicValue: '4 8 15 16 23 42' }), 200);
    expectStatus(await api.post(`/cycles/${cycle}/closing`), 200);
    expectStatus(await api.post('/cycles', { publicValueName: 'Loto, tirage du 2026-12-09', reason: 'A new school year' }), 201);
    expectStatus(await api.post('/allocation/solve', world.bodies['POST /allocation/solve']), 200);
    const rounds = '/allocation-rounds';
    expectStatus(await api.post(`${rounds}/${id(rounds)}/solution`), 200);
    expectStatus(await api.post(`${rounds}/${id(rounds)}/publication`), 200);
    const { lines: waiting } = await aRequest(api, (await aHousehold(api)).id);
    const round = await anAllocationRound(api);
    expectStatus(await api.post(`${rounds}/${round.id}/exclusions`, { lineId: waiting[0].id, reason: 'Moved away' }), 201);
    expectStatus(await api.post(`${rounds}/${round.id}/discard`), 200);
    expectStatus(await api.post(`/request-lines/${waiting[0].id}/moves`, { move: 'withdraw' }), 200);
    expectStatus(await api.post(`/standing-decisions/${id('/standing-decisions')}/revocation`, { reason: 'Until the next round' }), 200);
    const { version } = expectStatus(await api.get('/allocation-policy'), 200);
    expectStatus(await api.put('/allocation-policy', version, { reserves: [], maximumWaitingDays: 60 }), 200);
    const site = await aSite(api);
    const slot = await aPickupSlot(api, site.id);
    const device = await aDevice(api, { siteId: site.id });
    const { lines } = await aRequest(api, (await aHousehold(api)).id);
    await anOffer(api, lines[0].id, device.id);
    for (const move of [{ move: 'accept' }, { move: 'rebook', pickupSlotId: slot.id }, { move: 'decline', noLongerNeeded: true }])
      expectStatus(await api.post(`/request-lines/${lines[0].id}/moves`, move), 200);
  });

  test('loans', async () => {
    expectStatus(await api.post(`/request-lines/${id('/request-lines')}/moves`, { move: 'withdraw' }), 200);
    const { version } = expectStatus(await api.get('/loan-policies'), 200);
    expectStatus(
      await api.put('/loan-policies', version, {
        rules: [{ schoolId: null, category: 'laptop', borrowerCategory: null, loanDays: 90, renewals: 3 }],
      }),
      200,
    );

    const site = await aSite(api);
    const loan = await aLoan(api, { siteId: site.id });
    const path = `/loans/${loan.id}`;
    expectStatus(await api.post(`${path}/renewals`, {}), 200);
    expectStatus(await api.post(`${path}/agreement`, anAgreement), 200);
    const due = expectStatus(await api.get(path), 200);
    expectStatus(await api.put(`${path}/due-date`, due.version, { dueOn: '2027-03-01', reason: 'The course was prolonged' }), 200);
    expectStatus(await api.post(`${path}/recall`, { dueOn: '2027-01-04', reason: 'Recalled by its maker' }), 200);
    const report = { itemId: loan.items[0].id, kind: 'broken', reportedOn: TODAY, description: 'The screen stays black' };
    const incident = expectStatus(await api.post(`${path}/incidents`, report), 201);
    await changed(`/incidents/${incident.id}`, { policeReportReference: '2026/04512' });
    expectStatus(await api.post(`/incidents/${incident.id}/closure`, { outcome: 'repaired', reason: 'A cable was loose' }), 200);
    const other = await aDevice(api, { siteId: site.id });
    const exchange = { itemId: loan.items[0].id, deviceId: other.id, conditionIn: 'damaged', conditionOut: 'good', reason: 'Broken' };
    const { items } = expectStatus(await api.post(`${path}/exchanges`, exchange), 200);
    const out = items.find(({ state }: { state: string }) => state === 'on_loan');
    expectStatus(await api.post(`${path}/returns`, { siteId: site.id, items: [{ itemId: out.id, conditionIn: 'good' }] }), 200);
    const second = await aLoan(api, { siteId: site.id });
    expectStatus(await api.post('/returns', { assetTag: second.items[0].assetTag, conditionIn: 'good', siteId: site.id }), 200);
  });

  test('a family that signed in', async () => {
    const path = `/households/${id('/households')}`;
    expectStatus(await api.delete(`${path}/sessions/${world.ids['/households/{id}/sessions/{sessionId}']}`), 204);
    expectStatus(await api.delete(`${path}/access-codes/${world.references.contactId}`), 204);
    expectStatus(await api.delete(`${path}/helpers/${world.ids['/households/{id}/helpers/{helperId}']}`), 204);
  });

  test('a workshop', async () => {
    const path = `/training-sessions/${id('/training-sessions')}`;
    await changed(path, { places: 30 });
    expectStatus(await api.delete(`${path}/bookings/${id('/households')}`), 204);
  });

  test('files that look alike', async () => {
    expectStatus(await api.delete(`/possible-duplicates/${id('/possible-duplicates')}`), 204);
  });

  test('jobs', async () => {
    // Those of the world may be done by now.
    const { data } = expectStatus(await api.get('/jobs?limit=1'), 200);
    const job = data[0].id as string;
    await onServer(app.databaseUrl, (client) => client.query('UPDATE outbox SET dead_at = now() WHERE id = $1', [job]));
    expectStatus(await api.post(`/jobs/${job}/replay`), 200);
  });

  test('notices', async () => {
    await aRecalledLoan(api);
    await app.drain();
    const batch = expectStatus(await api.post('/print-batches', {}), 201);
    expectStatus(await api.get(`/print-batches/${batch.id}/file`), 200);
    expectStatus(await api.post(`/print-batches/${batch.id}/printing`), 200);
    const { version } = expectStatus(await api.get('/notice-policies'), 200);
    const rules = [{ trigger: 'loan_handed_over', when: 'at', channels: ['email'] }];
    expectStatus(await api.put('/notice-policies', version, { rules, holidays: [{ from: '2026-12-19', to: '2027-01-03' }] }), 200);
    const gateway = expectStatus(await api.get('/sms-gateway'), 200);
    expectStatus(await api.put('/sms-gateway', gateway.version, gatewaySettings('https://sms.example.com')), 200);
    // Nobody answers there: that is what comes back.
    expectStatus(await api.post('/sms-gateway/test', { to: '+33612345678' }), 200);
    expectStatus(await postReceipt(api, { id: 'unknown', status: 'DELIVRD' }, { at: START }), 200);
    expectStatus(await api.post(`/contact-marks/${id('/contact-marks')}/clearing`, { reason: 'They asked for it' }), 200);
    const text = world.bodies['PUT /notice-templates/{trigger}/{channel}/{language}'];
    expectStatus(await api.put('/notice-templates/loan_due/email/de', 1, text), 200);
    expectStatus(await api.post('/notice-templates/preview', world.bodies['POST /notice-templates/preview']), 200);
    const contacts = [{ name: 'Nadia B.', relationship: 'parent', email: 'nadia@example.org', notify: true }];
    const loan = await aLoan(api, { householdId: (await aHousehold(api, { contacts })).id });
    await app.drain();
    const [told] = expectStatus(await api.get(`/notices?householdId=${loan.householdId}&state=sent`), 200).data;
    expectStatus(await api.post(`/notices/${told.id}/resend`, { reason: 'The family did not see it' }), 201);
  });

  test('has met every operation', () => {
    expect(conformance.operations.map(({ name }) => name).filter((name) => !conformance.succeeded.has(name))).toEqual([]);
  });
});
