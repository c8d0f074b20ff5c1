import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { aHousehold } from '../../../../../test/support/plan-households.js';
import { readInTurns } from '../../../../platform/http/reading.js';
import type { Fault } from '../../../../shared/denial.js';
import type { Result } from '../../../../shared/result.js';
import { parsePlan } from '../../domain/parse-plan.js';
import { planInputOf } from '../../domain/plan-of.js';
import { PlanBody } from './plan.body.js';

type Json = Record<string, unknown>;

/** What is wrong somewhere, and right elsewhere. */
const VALUES = [
  ...[null, true, '', 'x', 'laptop', 'x'.repeat(201), '\u0000', '08:00', ' 08:00 ', '24:00', '25:00', '0800', '008:00'],
  ...[-1, 0, 0.5, 1, 8, 30, 101, 1441, 1e300, [], [null], ['laptop'], ['car'], [{}], {}, { weekday: 1, from: '08:00', to: '09:00' }],
];

const change = fc.record({
  at: fc.nat(),
  by: fc.oneof(
    fc.constant({ kind: 'left out' as const }),
    fc.constantFrom(...VALUES).map((value) => ({ kind: 'another value' as const, value })),
    fc.constantFrom('x', 'a/b~', '__proto__', 'toString').map((name) => ({ kind: 'unknown name' as const, name })),
  ),
});

/** Every object of a document, and every list. */
function partsOf(value: unknown): Json[] {
  return typeof value === 'object' && value !== null ? [value as Json, ...Object.values(value).flatMap(partsOf)] : [];
}

function changed(document: object, changes: readonly { at: number; by: { kind: string; value?: unknown; name?: string } }[]): Json {
  const json = JSON.parse(JSON.stringify(document)) as Json;
  for (const { at, by } of changes) {
    const places = partsOf(json).flatMap((part) => Object.keys(part).map((name) => ({ part, name })));
    const place = places[at % places.length];
    if (!place) return json;
    if (by.kind === 'left out') Reflect.deleteProperty(place.part, place.name);
    else if (by.kind === 'another value') place.part[place.name] = structuredClone(by.value);
    else Object.defineProperty(place.part, by.name ?? '', { value: 1, enumerable: true, configurable: true, writable: true });
  }
  // A list from which something was left out has a hole, which JSON has not.
  return JSON.parse(JSON.stringify(json)) as Json;
}

const placesOf = <T>(result: Result<T, Fault[]>) => (result.ok ? result.value : result.reason.map(({ pointer }) => pointer));

test.prop([aHousehold()])('the command takes what the API takes, with every default filled', (household) => {
  expect(parsePlan(JSON.parse(JSON.stringify(household)))).toEqual({ ok: true, value: household });
});

test.prop([aHousehold(), fc.array(change, { minLength: 1, maxLength: 3 })], { numRuns: 1000 })(
  'and finds what is wrong at the same places',
  async (household, changes) => {
    const json = changed(household, changes);
    const body = await readInTurns(PlanBody, json);
    expect(placesOf(parsePlan(json))).toEqual(placesOf(body.ok ? planInputOf(body.value) : body));
  },
);
