import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { day } from '../../../shared/day.js';
import { PROMISE_REFUSALS, type PromiseFacts } from '../../../shared/promise.js';
import { BOOKING_REFUSALS, type BookingFacts, bookingRefusals, slotFaults } from './pickup-slot.rules.js';

const now = new Date('2026-11-02T08:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

describe('a new slot', () => {
  const paris = { timeZone: 'Europe/Paris', closedDays: new Set([day('2026-11-11')]) };
  const wednesdays = [
    { weekday: 3, from: '08:30', to: '12:00' },
    { weekday: 3, from: '14:00', to: '17:00' },
  ];
  const faults = (startsAt: string, endsAt: string, hours: typeof wednesdays | null = wednesdays) =>
    slotFaults({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }, hours, paris, now).map(({ code }) => code);

  test('lies within one time of opening, to the minute, in the council’s zone', () => {
    expect(faults('2026-11-04T07:30:00Z', '2026-11-04T11:00:00Z')).toEqual([]);
    expect(faults('2026-11-04T13:00:00Z', '2026-11-04T16:00:00Z')).toEqual([]);
    expect(faults('2026-11-04T10:30:00Z', '2026-11-04T13:30:00Z')).toEqual(['OUTSIDE_OPENING_HOURS']);
    expect(faults('2026-11-04T07:29:59Z', '2026-11-04T08:00:00Z')).toEqual(['OUTSIDE_OPENING_HOURS']);
  });

  test('of a site whose hours are not known, lies on an open day', () => {
    expect(faults('2026-11-05T02:00:00Z', '2026-11-05T03:00:00Z', null)).toEqual([]);
    expect(faults('2026-11-11T09:00:00Z', '2026-11-11T10:00:00Z', null)).toEqual(['CLOSED_DAY']);
    expect(faults('2026-11-07T09:00:00Z', '2026-11-07T10:00:00Z', null)).toEqual(['CLOSED_DAY']);
    expect(faults('2026-11-07T09:00:00Z', '2026-11-07T10:00:00Z', [])).toEqual(['CLOSED_DAY', 'OUTSIDE_OPENING_HOURS']);
  });

  test('is to come, ends after it begins, and on its own day', () => {
    expect(faults('2026-11-02T08:00:00Z', '2026-11-02T09:00:00Z', null)).toEqual(['TIME_PASSED']);
    expect(faults('2026-11-04T09:00:00Z', '2026-11-04T09:00:00Z', null)).toEqual(['OUT_OF_RANGE']);
    expect(faults('2026-11-04T22:00:00Z', '2026-11-04T23:00:00Z', null)).toEqual([]);
    expect(faults('2026-11-04T22:00:00Z', '2026-11-04T23:00:01Z', null)).toEqual(['OUT_OF_RANGE']);
  });
});

describe('booking', () => {
  const promise: PromiseFacts = {
    device: { category: 'laptop', fund: null },
    line: { acceptableCategories: ['laptop'], learners: [{ level: 'college', schoolId: null }] },
    household: { learners: 1, itemsOut: 0, promised: 0, hasOverdueLoan: false },
    policy: { itemsPerHousehold: 2, itemsPerLearner: 1 },
  };
  const refused: PromiseFacts = {
    device: { category: 'tablet', fund: { eligibleLevels: [], eligibleSchoolIds: null, startsOn: null, endsOn: null } },
    line: { acceptableCategories: ['laptop'], learners: [] },
    household: { learners: 0, itemsOut: 0, promised: 0, hasOverdueLoan: true },
    policy: promise.policy,
  };
  const facts = fc.record<BookingFacts>({
    promise: fc.constantFrom(promise, refused),
    offer: fc.record({
      expiresAt: fc.integer({ min: -5, max: 5 }).map(minutes),
      pickupSlotId: fc.constantFrom(null, 'slot', 'other'),
      siteId: fc.constantFrom('here', 'there'),
    }),
    slot: fc.option(
      fc.record({
        id: fc.constant('slot'),
        siteId: fc.constantFrom('here', 'there'),
        startsAt: fc.constant(minutes(-10)),
        endsAt: fc.integer({ min: -5, max: 5 }).map(minutes),
        capacity: fc.integer({ min: 1, max: 3 }),
        booked: fc.integer({ min: 0, max: 3 }),
      }),
      { nil: null },
    ),
  });

  const isClosed = fc.boolean();
  test.prop([facts, isClosed])('each reason stands alone, in the order of the table', ({ offer, slot, promise: of }, closed) => {
    const calendar = { timeZone: 'Europe/Paris', closedDays: new Set(closed ? [day('2026-11-02')] : []) };
    const found = bookingRefusals({ offer, slot, promise: of }, calendar, now).map(({ code }) => code);
    const expected = [];
    if (offer.expiresAt.getTime() - now.getTime() < 1) expected.push('OFFER_EXPIRED');
    if (slot && slot.endsAt.getTime() - now.getTime() < 1) expected.push('SLOT_PASSED');
    if (slot && closed) expected.push('SLOT_ON_CLOSED_DAY');
    if (slot && slot.siteId !== offer.siteId) expected.push('SLOT_AT_ANOTHER_SITE');
    if (slot && offer.pickupSlotId !== 'slot' && slot.capacity - slot.booked < 1) expected.push('SLOT_FULL');
    if (of === refused) expected.push(...Object.keys(PROMISE_REFUSALS));
    expect(found).toEqual(expected);
    expect(Object.keys(BOOKING_REFUSALS).filter((code) => found.includes(code))).toEqual(found);
  });

  test('a slot is taken only on a day on which the fund still pays', () => {
    const fund = { eligibleLevels: null, eligibleSchoolIds: null, startsOn: null, endsOn: day('2026-11-03') };
    const at = (startsAt: string) => ({
      id: 'slot',
      siteId: 'here',
      startsAt: new Date(startsAt),
      endsAt: new Date(`${startsAt.slice(0, 11)}16:00:00Z`),
      capacity: 1,
      booked: 0,
    });
    const codes = (slot: BookingFacts['slot']) => {
      const offer = { expiresAt: minutes(9999), pickupSlotId: null, siteId: 'here' };
      const asked = { offer, slot, promise: { ...promise, device: { category: 'laptop' as const, fund } } };
      return bookingRefusals(asked, { timeZone: 'Europe/Paris', closedDays: new Set() }, now).map(({ code }) => code);
    };
    expect([codes(null), codes(at('2026-11-03T08:00:00Z')), codes(at('2026-11-04T08:00:00Z'))]).toEqual([[], [], ['FUND_NOT_ELIGIBLE']]);
  });
});
