import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, isOpen } from '../../../shared/day.js';
import type { Refusal } from '../../../shared/refusal.js';
import { SHIPPED_LOAN_POLICY } from '../../councils/index.js';
import { RENEWAL_REFUSALS, renewalFaults, renewalRefusals, renewedDueOn, type RenewalFacts, type RenewalPolicy } from './renewal.rules.js';

const epoch = day('2026-09-01');
const anyDay = fc.nat({ max: 500 }).map((count) => addDays(epoch, count));
const few = fc.nat({ max: 4 });
const loan = fc.record<RenewalFacts>({
  state: fc.constantFrom('open', 'closed'),
  dueOn: anyDay,
  recalledOn: fc.option(anyDay, { nil: null }),
  renewals: few,
  waitedForBy: few,
});
const policy = fc.record<RenewalPolicy>({
  renewals: few,
  renewalDays: fc.integer({ min: 1, max: 90 }),
  shortenedDays: fc.integer({ min: 1, max: 90 }),
  graceDays: few,
  renewWhenWaited: fc.constantFrom('refuse', 'shorten', 'allow'),
  closedDay: fc.constantFrom('keep', 'day_before', 'day_after'),
});
const closedDays = fc.uniqueArray(anyDay, { maxLength: 30 }).map((days) => new Set(days));

const codes = (refusals: Refusal[]) => refusals.map(({ code }) => code);
const aLoan = (facts: Partial<RenewalFacts> = {}): RenewalFacts => ({
  state: 'open',
  dueOn: day('2026-11-30'),
  recalledOn: null,
  renewals: 0,
  waitedForBy: 0,
  ...facts,
});
const aPolicy = (values: Partial<RenewalPolicy> = {}): RenewalPolicy => ({ ...SHIPPED_LOAN_POLICY, ...values });

describe('refusals', () => {
  test.prop([loan, policy, anyDay])('a later day or one more renewal never takes a reason away', (one, p, today) => {
    const later = codes(renewalRefusals({ ...one, renewals: one.renewals + 1 }, p, addDays(today, 1)));
    expect(later).toEqual(expect.arrayContaining(codes(renewalRefusals(one, p, today))));
  });

  test.prop([loan, policy, anyDay])('one more family that waits never takes a reason away', (one, p, today) => {
    const later = codes(renewalRefusals({ ...one, waitedForBy: one.waitedForBy + 1 }, p, today));
    expect(later).toEqual(expect.arrayContaining(codes(renewalRefusals(one, p, today))));
  });

  test.prop([loan, policy, anyDay])('come in the order of the table, and only a closed loan is beyond overriding', (one, p, today) => {
    const refusals = renewalRefusals(one, p, today);
    expect(codes(refusals)).toEqual(Object.keys(RENEWAL_REFUSALS).filter((code) => codes(refusals).includes(code)));
    expect(refusals.every(({ overridable }) => overridable)).toBe(one.state === 'open');
  });

  test('a recalled loan at its limit is told both', () => {
    const recalled = aLoan({ recalledOn: day('2026-11-02'), renewals: 2 });
    expect(codes(renewalRefusals(recalled, aPolicy({ renewals: 2 }), day('2026-11-03')))).toEqual([
      'LOAN_RECALLED',
      'RENEWAL_LIMIT_REACHED',
    ]);
  });

  test('a family in its days of grace may still renew', () => {
    expect(renewalRefusals(aLoan(), aPolicy({ graceDays: 3 }), day('2026-12-03'))).toEqual([]);
    expect(codes(renewalRefusals(aLoan(), aPolicy({ graceDays: 3 }), day('2026-12-04')))).toEqual(['LOAN_OVERDUE']);
  });

  test('what is waited for is refused only where the policy says so', () => {
    const refusals = (renewWhenWaited: RenewalPolicy['renewWhenWaited']) =>
      codes(renewalRefusals(aLoan({ waitedForBy: 1 }), aPolicy({ renewWhenWaited }), day('2026-11-02')));
    expect([refusals('refuse'), refusals('shorten'), refusals('allow')]).toEqual([['WAITED_FOR_BY_OTHERS'], [], []]);
  });
});

describe('the new due day', () => {
  test.prop([loan, policy, anyDay, closedDays])('is open unless kept, and no later for being waited for', (one, p, today, closed) => {
    const dueOn = renewedDueOn(one, p, today, closed);
    expect(p.closedDay === 'keep' || isOpen(dueOn, closed)).toBe(true);
    expect(dueOn <= renewedDueOn({ ...one, waitedForBy: 0 }, p, today, closed)).toBe(true);
  });

  test.prop([loan, policy, anyDay, closedDays])('is later than the old one, and than today', (one, p, today, closed) => {
    const dueOn = renewedDueOn(one, p, today, closed);
    expect([dueOn > one.dueOn, dueOn > today]).toEqual([true, true]);
  });

  test('counts from the old one; shortened, it is never longer than the renewal', () => {
    const free = new Set<never>();
    const keep = aPolicy({ closedDay: 'keep', renewWhenWaited: 'shorten', renewalDays: 60, shortenedDays: 14 });
    const early = day('2026-11-02');
    expect(renewedDueOn(aLoan(), keep, early, free)).toBe('2027-01-29');
    expect(renewedDueOn(aLoan({ waitedForBy: 3 }), keep, early, free)).toBe('2026-12-14');
    expect(renewedDueOn(aLoan({ waitedForBy: 3 }), { ...keep, renewalDays: 7 }, early, free)).toBe('2026-12-07');
  });

  test('counts from today where the old one has passed', () => {
    const policyOf = (values: Partial<RenewalPolicy>) => aPolicy({ renewalDays: 7, ...values });
    const late = day('2027-01-06');
    expect(renewedDueOn(aLoan(), policyOf({ closedDay: 'keep' }), late, new Set())).toBe('2027-01-13');
    // Two days after a Friday are a Sunday: the open day before it would be today.
    expect(renewedDueOn(aLoan(), policyOf({ closedDay: 'day_before', renewalDays: 2 }), day('2027-01-08'), new Set())).toBe('2027-01-11');
  });
});

describe('a typed due day', () => {
  const faults = (asked: Parameters<typeof renewalFaults>[0], today = '2026-11-02') =>
    renewalFaults(asked, aLoan(), day(today)).map(({ code, pointer }) => `${code} ${pointer}`);

  test('comes with a reason, and later than the present one', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ dueOn: day('2026-12-25'), reason: 'exam in January' })).toEqual([]);
    expect(faults({ dueOn: day('2026-12-25') })).toEqual(['REQUIRED /reason']);
    expect(faults({ reason: 'exam in January' })).toEqual(['NOT_TAKEN /reason']);
    expect(faults({ dueOn: day('2026-11-30'), reason: 'none' })).toEqual(['NOT_LATER /dueOn']);
    expect(faults({ dueOn: day('2026-12-25'), reason: 'forgotten' }, '2027-01-04')).toEqual(['DAY_PASSED /dueOn']);
  });
});
