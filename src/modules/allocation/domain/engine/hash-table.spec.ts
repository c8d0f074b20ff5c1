import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { HashTable } from './hash-table.js';

/** Numbers things as a `Map` would. `hashOf` may collide as often as it likes. */
function numbered(things: readonly string[], hashOf: (thing: string) => number): number[] {
  const table = new HashTable();
  const met: string[] = [];
  return things.map((thing) => {
    const place = table.placeOf(hashOf(thing), (other) => met[other] === thing);
    if (place === met.length) met.push(thing);
    return place;
  });
}

function firstPlaces(things: readonly string[]): number[] {
  const places = new Map<string, number>();
  return things.map((thing) => {
    const place = places.get(thing) ?? places.size;
    places.set(thing, place);
    return place;
  });
}

const things = fc.array(fc.string({ maxLength: 3 }), { maxLength: 400, size: 'max' });

test.prop([things, fc.integer({ min: 1, max: 50 })])(
  'things are numbered as they are met, also where many have one hash',
  (list, hashes) => {
    const hashOf = (thing: string) => [...thing].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0) % hashes;
    expect(numbered(list, hashOf)).toEqual(firstPlaces(list));
  },
);

test.prop([fc.array(fc.integer(), { maxLength: 400, size: 'max' })])('any 32 bits do for a hash', (hashes) => {
  const list = hashes.map(String);
  expect(numbered(list, Number)).toEqual(firstPlaces(list));
});
