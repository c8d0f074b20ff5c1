import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day } from './day.js';
import { BORROWER_CATEGORIES } from './vocabulary.js';
import { fundAdmits, poolServes, siteServes, type Fund, type Learner, type Pool, type WaitingLine } from './pool.js';

const today = day('2026-11-02');
const FOR_ALL: Fund = { eligibleLevels: null, eligibleSchoolIds: null, startsOn: null, endsOn: null };
const school = fc.constantFrom('jean-moulin', 'jean-jaures');
const near = fc.integer({ min: -3, max: 3 }).map((count) => addDays(today, count));
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const learner = fc.record<Learner>({ level: fc.constantFrom(...BORROWER_CATEGORIES), schoolId: orNull(school) });
const fund = fc.record<Fund>({
  eligibleLevels: orNull(fc.subarray([...BORROWER_CATEGORIES])),
  eligibleSchoolIds: orNull(fc.subarray(['jean-moulin', 'jean-jaures'])),
  startsOn: orNull(near),
  endsOn: orNull(near),
});

describe('a fund', () => {
  test.prop([fund, fc.array(learner), learner])('one learner more never loses a household its fund', (one, learners, another) => {
    if (fundAdmits(one, learners, today)) expect(fundAdmits(one, [another, ...learners], today)).toBe(true);
  });

  test.prop([fund, learner])('each condition dropped admits no fewer', (one, pupil) => {
    if (!fundAdmits(one, [pupil], today)) return;
    for (const condition of Object.keys(one)) expect(fundAdmits({ ...one, [condition]: null }, [pupil], today)).toBe(true);
  });

  test.prop([fund, fc.array(learner)])('admits a household exactly when it admits one of its learners', (one, learners) => {
    expect(fundAdmits(one, learners, today)).toBe(learners.some((pupil) => fundAdmits(one, [pupil], today)));
  });

  test("a département's laptops are for the collège, and both conditions are about the same child", () => {
    const departement: Fund = { ...FOR_ALL, eligibleLevels: ['college'], eligibleSchoolIds: ['jean-moulin'] };
    expect(fundAdmits(departement, [{ level: 'college', schoolId: 'jean-moulin' }], today)).toBe(true);
    const brothers: Learner[] = [
      { level: 'college', schoolId: 'jean-jaures' },
      { level: 'lycee', schoolId: 'jean-moulin' },
    ];
    expect(fundAdmits(departement, brothers, today)).toBe(false);
  });

  test('its first and its last day count; no fund admits everybody', () => {
    const pupil: Learner = { level: 'primary', schoolId: null };
    expect(fundAdmits({ ...FOR_ALL, startsOn: today, endsOn: today }, [pupil], today)).toBe(true);
    expect(fundAdmits({ ...FOR_ALL, startsOn: addDays(today, 1) }, [pupil], today)).toBe(false);
    expect(fundAdmits({ ...FOR_ALL, endsOn: addDays(today, -1) }, [pupil], today)).toBe(false);
    expect(fundAdmits(null, [], today)).toBe(true);
  });
});

describe('a pool', () => {
  const pool: Pool = { category: 'laptop', siteId: 'gonesse', servedSchoolIds: null, fund: { ...FOR_ALL, eligibleLevels: ['college'] } };
  const learners: Learner[] = [{ level: 'college', schoolId: null }];
  const line: WaitingLine = { acceptableCategories: ['laptop'], pickupSiteId: null, schoolId: null, learners };

  test('serves a line that accepts its category, at its site or at any, for a learner of its fund', () => {
    expect(poolServes(pool, line, today)).toBe(true);
    expect(poolServes(pool, { ...line, pickupSiteId: 'gonesse' }, today)).toBe(true);
    expect(poolServes(pool, { ...line, pickupSiteId: 'sarcelles' }, today)).toBe(false);
    expect(poolServes(pool, { ...line, acceptableCategories: ['tablet'] }, today)).toBe(false);
    expect(poolServes(pool, { ...line, learners: [{ level: 'lycee', schoolId: null }] }, today)).toBe(false);
    expect(poolServes({ ...pool, servedSchoolIds: ['jean-moulin'] }, line, today)).toBe(false);
  });

  test('of a site that serves some schools is for these, and for whoever chose the site', () => {
    const ofSome = { siteId: 'gonesse', servedSchoolIds: ['jean-moulin', 'jean-jaures'] };
    expect(siteServes(ofSome, { ...line, schoolId: 'jean-jaures' })).toBe(true);
    expect(siteServes(ofSome, { ...line, schoolId: 'rosa-parks' })).toBe(false);
    expect(siteServes(ofSome, { ...line, schoolId: 'rosa-parks', pickupSiteId: 'gonesse' })).toBe(true);
    expect(siteServes(ofSome, { ...line, schoolId: 'jean-moulin', pickupSiteId: 'sarcelles' })).toBe(false);
    expect(siteServes({ ...ofSome, servedSchoolIds: null }, { ...line, schoolId: 'rosa-parks' })).toBe(true);
  });
});
