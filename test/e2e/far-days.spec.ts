import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Api } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Conformance, conformanceOf, type Operation } from '../support/conformance.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { bodyWithDays } from '../support/worst-bodies.js';
import { aWorld, bodyIn, pathIn, type World } from '../support/world.js';

// Every day and every instant that the OpenAPI document has, in bodies and in queries.

let app: TestApp;
let council: TestCouncil;
let world: World;
let person: Api;
let api: Conformance;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  world = await aWorld(council.api, app.drain);
  person = await aPerson(app, council.id, 'council_manager');
  api = await conformanceOf(app.url);
}, 120_000);
afterAll(() => app.close());

const FAR = [
  '1899-12-31',
  '2200-01-01',
  '9999-12-31',
  '1000-01-01',
  '0000-01-01',
  '0001-01-01',
  '-000001-01-01',
  '10000-01-01',
  '+275760-09-13',
];
const NEAR = ['1900-01-01', '2199-12-31', '2199-12-30', '2000-02-29'];
const at = (day: string, time = '00:00:00Z') => ({ day, instant: `${day}T${time}` });
const callerOf = ({ rights }: Operation) => (rights?.scope ? council.api : person);
const precondition = ({ method }: Operation): Record<string, string> => (['PUT', 'PATCH'].includes(method) ? { 'if-match': '*' } : {});
const OF_DAYS = new Set(['OUT_OF_RANGE', 'INVALID_DAY', 'INVALID_INSTANT']);

/** How many of the body's texts are this one. */
const countOf = (body: unknown, text: string) => JSON.stringify(body ?? null).split(JSON.stringify(text)).length - 1;

test('a far day in a body is a fault of its field, everywhere', async () => {
  const faults: string[] = [];
  let fields = 0;
  for (const operation of api.operations) {
    for (const far of FAR) {
      const days = at(far);
      const body = bodyWithDays(operation, api.document, days);
      const expected = countOf(body, days.day) + countOf(body, days.instant);
      if (expected === 0) continue;
      fields += expected;
      const answer = await callerOf(operation).send(operation.method, pathIn(world, operation), body, { headers: precondition(operation) });
      const found = ((answer.body.errors ?? []) as { code: string }[]).filter(({ code }) => OF_DAYS.has(code)).length;
      if (answer.status !== 422 || found < expected)
        faults.push(`${operation.name} ${far}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 400)}`);
    }
  }
  expect(fields).toBeGreaterThan(50);
  expect(faults).toEqual([]);
}, 300_000);

test('a far day in a query is one too', async () => {
  const faults: string[] = [];
  let parameters = 0;
  for (const operation of api.operations) {
    for (const parameter of operation.parameters as { in: string; name: string; schema?: { format?: string } }[]) {
      const format = parameter.schema?.format;
      if (parameter.in !== 'query' || !['date', 'date-time'].includes(format ?? '')) continue;
      parameters += 1;
      for (const far of FAR) {
        const text = encodeURIComponent(format === 'date' ? far : at(far).instant);
        const { status, body } = await callerOf(operation).get(`${pathIn(world, operation)}?${parameter.name}=${text}`);
        if (status !== 422) faults.push(`${operation.name}?${parameter.name}=${text}: ${status} ${JSON.stringify(body).slice(0, 300)}`);
      }
      for (const near of NEAR) {
        for (const time of ['00:00:00Z', '23:59:59.999Z', '00:00:00+14:00', '23:59:59-12:00']) {
          const text = encodeURIComponent(format === 'date' ? near : at(near, time).instant);
          const { status, body } = await callerOf(operation).get(`${pathIn(world, operation)}?${parameter.name}=${text}`);
          if (status >= 500) faults.push(`${operation.name}?${parameter.name}=${text}: ${status} ${JSON.stringify(body)}`);
        }
      }
    }
  }
  expect(parameters).toBeGreaterThan(5);
  expect(faults).toEqual([]);
}, 300_000);

test('the first and the last day that may be named break nothing', async () => {
  const faults: string[] = [];
  for (const operation of api.operations) {
    for (const near of NEAR) {
      const whole = bodyWithDays(operation, api.document, at(near)) as Record<string, unknown> | undefined;
      if (countOf(whole, near) + countOf(whole, at(near).instant) === 0) continue;
      const base = (bodyIn(world, operation, api.document) ?? {}) as Record<string, unknown>;
      for (const [name, value] of Object.entries(whole ?? {})) {
        if (countOf(value, near) + countOf(value, at(near).instant) === 0) continue;
        const headers = precondition(operation);
        const { status, body } = await callerOf(operation).send(
          operation.method,
          pathIn(world, operation),
          { ...base, [name]: value },
          { headers },
        );
        if (status >= 500) faults.push(`${operation.name} ${name} ${near}: ${status} ${JSON.stringify(body)}`);
      }
    }
  }
  await app.drain();
  expect(faults).toEqual([]);
}, 300_000);
