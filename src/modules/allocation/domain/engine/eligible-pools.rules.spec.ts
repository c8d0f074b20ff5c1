import { describe, expect, test } from '@jest/globals';
import { day } from '../../../../shared/day.js';
import type { Fund, WaitingLine } from '../../../../shared/pool.js';
import { eligiblePools, type RoundPool } from './eligible-pools.rules.js';

const TODAY = day('2026-11-02');
const aPool = (overrides: Partial<RoundPool> = {}): RoundPool => {
  return { category: 'laptop', siteId: 's', fundId: null, fund: null, siteSchoolId: null, servedSchoolIds: null, ...overrides };
};
const aFund = (overrides: Partial<Fund> = {}): Fund => ({
  eligibleLevels: null,
  eligibleSchoolIds: null,
  startsOn: null,
  endsOn: null,
  ...overrides,
});
const aLine = (overrides: Partial<WaitingLine> = {}): WaitingLine => {
  const learners = [{ level: 'college', schoolId: 'a' } as const];
  return { acceptableCategories: ['laptop', 'tablet'], pickupSiteId: null, schoolId: 'a', learners, ...overrides };
};
const poolsOf = (line: WaitingLine, ...pools: RoundPool[]) => eligiblePools(line, pools, TODAY);

describe('which pools', () => {
  test('those of an acceptable category', () => {
    expect(poolsOf(aLine(), aPool({ category: 'desktop' }), aPool({ category: 'tablet' }))).toEqual([1]);
  });

  test('those of the site that was chosen, whomever it serves', () => {
    const chosen = aPool({ siteId: 'chosen', servedSchoolIds: ['b'] });
    expect(poolsOf(aLine({ pickupSiteId: 'chosen' }), aPool(), chosen)).toEqual([1]);
  });

  test('none was chosen: those of sites that serve the line’s school', () => {
    const pools = [aPool({ servedSchoolIds: ['b'] }), aPool({ servedSchoolIds: ['a', 'b'] }), aPool()];
    expect(poolsOf(aLine(), ...pools)).toEqual([1, 2]);
    expect(poolsOf(aLine({ schoolId: null }), ...pools)).toEqual([2]);
  });

  test.each<[string, Partial<Fund>, boolean]>([
    ['another level', { eligibleLevels: ['lycee'] }, false],
    ['its level', { eligibleLevels: ['college'] }, true],
    ['another school', { eligibleSchoolIds: ['b'] }, false],
    ['its school', { eligibleSchoolIds: ['a'] }, true],
    ['from tomorrow', { startsOn: day('2026-11-03') }, false],
    ['until yesterday', { endsOn: day('2026-11-01') }, false],
    ['from and until today', { startsOn: TODAY, endsOn: TODAY }, true],
  ])('a fund for %s', (_, fund, admits) => {
    expect(poolsOf(aLine(), aPool({ fundId: 'f', fund: aFund(fund) }))).toEqual(admits ? [0] : []);
  });
});

describe('best first', () => {
  test('the family’s order of categories before everything else', () => {
    const pools = [aPool({ category: 'tablet', siteSchoolId: 'a' }), aPool({ siteSchoolId: 'b' })];
    expect(poolsOf(aLine(), ...pools)).toEqual([1, 0]);
    expect(poolsOf(aLine({ acceptableCategories: ['tablet', 'laptop'] }), ...pools)).toEqual([0, 1]);
  });

  test('the school’s own site, then one of no school, then another school’s', () => {
    expect(poolsOf(aLine(), aPool({ siteSchoolId: 'b' }), aPool(), aPool({ siteSchoolId: 'a' }))).toEqual([2, 1, 0]);
  });

  test('at one place what a fund paid for first: what is for anyone is left for others', () => {
    expect(poolsOf(aLine(), aPool(), aPool({ fundId: 'f', fund: aFund() }))).toEqual([1, 0]);
  });

  test('else the order of the pools', () => {
    expect(poolsOf(aLine(), aPool({ siteId: 'x' }), aPool({ siteId: 'y' }))).toEqual([0, 1]);
  });
});
