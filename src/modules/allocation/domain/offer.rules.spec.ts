import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, dayIn, isOpen } from '../../../shared/day.js';
import { deviceMachine, type DeviceStatus } from '../../inventory/index.js';
import { states } from '../../../shared/machine.js';
import { offerExpiresAt, PLACEMENT_REFUSALS, type PlacementFacts, pickupExpiresAt, placementRefusals } from './offer.rules.js';

const today = day('2026-11-02');
const anyDay = fc.integer({ min: 0, max: 1000 }).map((count) => addDays(today, count));
const calendar = fc.record({
  timeZone: fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne'),
  closedDays: fc.uniqueArray(anyDay, { maxLength: 40 }).map((days) => new Set(days)),
});
const lastMomentBefore = (instant: Date) => new Date(instant.getTime() - 1);

describe('placing a device', () => {
  const lycees = { eligibleLevels: ['lycee' as const], eligibleSchoolIds: null, startsOn: null, endsOn: null };
  const fits: PlacementFacts = {
    device: { status: 'available', category: 'laptop', fund: null, isHeld: false },
    line: { acceptableCategories: ['laptop'], learners: [{ level: 'college', schoolId: null }] },
    household: { learners: 1, itemsOut: 0, promised: 0, hasOverdueLoan: false },
    policy: { itemsPerHousehold: 2, itemsPerLearner: 1 },
  };
  const codes = (facts: PlacementFacts) => placementRefusals(facts, today).map(({ code }) => code);

  test('every reason at once, in the order of the table', () => {
    const device = { status: 'on_loan', category: 'tablet', fund: lycees, isHeld: false } as const;
    const line = { ...fits.line, learners: [] };
    expect(codes({ ...fits, device, line, household: { learners: 0, itemsOut: 0, promised: 0, hasOverdueLoan: true } })).toEqual(
      Object.keys(PLACEMENT_REFUSALS),
    );
    expect(codes(fits)).toEqual([]);
  });

  test.prop([fc.constantFrom(...states(deviceMachine)), fc.boolean()])(
    'only what is available and held by no offer',
    (status: DeviceStatus, isHeld) => {
      const isFree = status === 'available' && !isHeld;
      expect(codes({ ...fits, device: { ...fits.device, status, isHeld } })).toEqual(isFree ? [] : ['DEVICE_NOT_AVAILABLE']);
    },
  );

  test('nothing is held for a line whose learners have all left, whoever paid for it', () => {
    const line = { ...fits.line, learners: [] };
    expect(codes({ ...fits, line })).toEqual(['LINE_HAS_NO_LEARNER']);
    const device = { ...fits.device, fund: { ...lycees, eligibleLevels: null } };
    expect(codes({ ...fits, line, device })).toEqual(['FUND_NOT_ELIGIBLE', 'LINE_HAS_NO_LEARNER']);
  });
});

describe('how long', () => {
  test.prop([anyDay, fc.integer({ min: 1, max: 20 }), calendar])(
    'an offer lasts so many open days after the day it was made',
    (madeOn, offerHoldDays, when) => {
      const last = dayIn(lastMomentBefore(offerExpiresAt(madeOn, { offerHoldDays }, when)), when.timeZone);
      let open = 0;
      for (let each = addDays(madeOn, 1); each <= last; each = addDays(each, 1)) if (isOpen(each, when.closedDays)) open += 1;
      expect(open).toBe(offerHoldDays);
      expect(isOpen(last, when.closedDays)).toBe(true);
      expect(dayIn(offerExpiresAt(madeOn, { offerHoldDays }, when), when.timeZone)).toBe(addDays(last, 1));
    },
  );

  test.prop([anyDay, fc.integer({ min: 1, max: 60 }), calendar])(
    'a pickup lasts so many days, open or not',
    (acceptedOn, pickupHoldDays, { timeZone }) => {
      const end = pickupExpiresAt(null, acceptedOn, { pickupHoldDays }, timeZone);
      expect(dayIn(lastMomentBefore(end), timeZone)).toBe(addDays(acceptedOn, pickupHoldDays));
      expect(dayIn(end, timeZone)).toBe(addDays(acceptedOn, pickupHoldDays + 1));
    },
  );

  test('a booked pickup ends with the day of its slot, whatever the policy says', () => {
    const slot = { startsAt: new Date('2026-12-01T23:30:00Z') };
    expect(pickupExpiresAt(slot, today, { pickupHoldDays: 1 }, 'Europe/Paris')).toEqual(new Date('2026-12-02T23:00:00Z'));
    expect(pickupExpiresAt(slot, today, { pickupHoldDays: 1 }, 'America/Cayenne')).toEqual(new Date('2026-12-02T03:00:00Z'));
  });
});
