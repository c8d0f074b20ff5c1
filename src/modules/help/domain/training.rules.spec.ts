import { describe, expect, test } from '@jest/globals';
import { type BookingFacts, type SessionValues, sessionFaults, trainingRefusals } from './training.rules.js';

const NOW = new Date('2026-11-02T08:00:00Z');
const SESSION = { startsAt: new Date('2026-11-18T16:30:00Z'), endsAt: new Date('2026-11-18T18:00:00Z'), places: 8 };

describe('a workshop', () => {
  const faults = (values: Partial<SessionValues>, { booked = 0, isMoved = true } = {}) =>
    sessionFaults({ ...SESSION, ...values }, { booked, isMoved, timeZone: 'Europe/Paris', now: NOW }).map(({ pointer, code }) => [
      pointer,
      code,
    ]);

  test('is in the future, on one day of the council, and ends after it begins', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ startsAt: NOW })).toContainEqual(['/startsAt', 'TIME_PASSED']);
    expect(faults({ endsAt: SESSION.startsAt })).toEqual([['/endsAt', 'OUT_OF_RANGE']]);
    // Midnight in Paris is 23:00 in UTC: the day may be used up, and not passed.
    expect(faults({ endsAt: new Date('2026-11-18T23:00:00Z') })).toEqual([]);
    expect(faults({ endsAt: new Date('2026-11-18T23:01:00Z') })).toEqual([['/endsAt', 'OUT_OF_RANGE']]);
  });

  test('that was held may still get another title', () => {
    expect(faults({ startsAt: NOW, endsAt: new Date(NOW.getTime() + 1) }, { isMoved: false })).toEqual([]);
  });

  test('keeps the places that are taken', () => {
    expect(faults({ places: 3 }, { booked: 3 })).toEqual([]);
    expect(faults({ places: 2 }, { booked: 3 })).toEqual([['/places', 'OUT_OF_RANGE']]);
  });
});

describe('a place in a workshop', () => {
  const OPEN: BookingFacts['session'] = { ...SESSION, booked: 7, cancelledAt: null };
  const reasons = (session: Partial<typeof OPEN>, hasPlace = false, now = NOW) =>
    trainingRefusals({ session: { ...OPEN, ...session }, hasPlace }, now).map(({ code }) => code);

  test('is given while there is one, to a household that has none', () => {
    expect(reasons({})).toEqual([]);
    expect(reasons({ booked: 8 })).toEqual(['SESSION_FULL']);
    expect(reasons({ booked: 8 }, true)).toEqual(['ALREADY_BOOKED']);
  });

  test('is not given in one that began or does not take place; all reasons are told', () => {
    expect(reasons({}, false, SESSION.startsAt)).toEqual(['SESSION_STARTED']);
    expect(reasons({ cancelledAt: NOW, booked: 8 }, false, SESSION.startsAt)).toEqual([
      'SESSION_CANCELLED',
      'SESSION_STARTED',
      'SESSION_FULL',
    ]);
  });
});
