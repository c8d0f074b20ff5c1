import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { DEVICE_CATEGORIES } from '../../../shared/vocabulary.js';
import { categoriesToGive, keptBack, type Reserve, reserveFaults } from './allocation-policy.rules.js';

const SITES = ['gonesse', 'sarcelles'];
const category = fc.constantFrom(...DEVICE_CATEGORIES.slice(0, 3));
const pools = fc.record({ siteId: fc.constantFrom(...SITES), category });
const reserve = fc.record({ siteId: fc.constantFrom(null, ...SITES), category: fc.option(category), devices: fc.nat(9) });
const scopeOf = ({ siteId, category: of }: Reserve) => JSON.stringify([siteId, of]);
const table = fc.uniqueArray(reserve, { selector: scopeOf });

describe('what is kept back of a pool', () => {
  test.prop([table, pools])('is what the first of the four scopes says that has a rule', (reserves, pool) => {
    const scopes = [pool, { ...pool, category: null }, { ...pool, siteId: null }, { siteId: null, category: null }];
    const said = scopes.map((scope) => reserves.find((rule) => scopeOf(rule) === scopeOf({ ...scope, devices: 0 })));
    expect(keptBack({ reserves }, pool)).toBe(said.find((rule) => rule !== undefined)?.devices ?? 0);
  });

  test('a site that keeps nothing back, though the council does', () => {
    const reserves: Reserve[] = [
      { siteId: null, category: 'laptop', devices: 3 },
      { siteId: 'gonesse', category: null, devices: 0 },
    ];
    expect(keptBack({ reserves }, { siteId: 'gonesse', category: 'laptop' })).toBe(0);
    expect(keptBack({ reserves }, { siteId: 'sarcelles', category: 'laptop' })).toBe(3);
    expect(keptBack({ reserves }, { siteId: 'sarcelles', category: 'tablet' })).toBe(0);
  });
});

test.prop([table, fc.array(fc.record({ siteId: fc.constantFrom(...SITES), category, available: fc.nat(9) }))])(
  'there is something to give of a category where one of its pools would be left with what is kept back of it after one was given',
  (reserves, counted) => {
    const there = categoriesToGive(counted, { reserves });
    const afterOne = counted.filter((pool) => pool.available - 1 >= keptBack({ reserves }, pool));
    expect(new Set(there)).toEqual(new Set(afterOne.map((pool) => pool.category)));
    expect(there).toHaveLength(new Set(there).size);
  },
);

test.prop([fc.array(reserve)])('each rule is refused whose scope was named before', (reserves) => {
  const repeated = reserves.flatMap((rule, index) =>
    reserves.findIndex((each) => scopeOf(each) === scopeOf(rule)) < index ? [index] : [],
  );
  expect(reserveFaults(reserves).map(({ pointer }) => pointer)).toEqual(repeated.map((index) => `/reserves/${index}`));
});
