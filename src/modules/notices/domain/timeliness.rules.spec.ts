import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, dayIn, instantAt, isoWeekday, timeIn } from '../../../shared/day.js';
import { sendableFrom, type SendingHours } from './sendable.rules.js';
import { arrivesAt, firstLookAt, trueFrom, usefulUntil, waitsForHolidays } from './timeliness.rules.js';
import { NO_EVENT_TIMES } from './triggers/trigger.js';
import { TRIGGER_NAMES, TRIGGERS } from './triggers.js';

const HOUR = 3600 * 1000;
const paris = 'Europe/Paris';
const at = (date: string, time: string, zone = paris) => instantAt(day(date), time, zone);
const usual: SendingHours = { reminderTime: '09:00', quietHours: { from: '20:00', to: '08:00' }, sundays: false, holidays: [] };

const aTime = fc
  .record({ hour: fc.nat({ max: 23 }), minute: fc.nat({ max: 59 }) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const aDay = fc.nat({ max: 700 }).map((count) => addDays(day('2026-01-01'), count));
const someHolidays = fc.array(
  fc.record({ from: aDay, days: fc.nat({ max: 20 }) }).map(({ from, days }) => ({ from, to: addDays(from, days) })),
  { maxLength: 4 },
);
const someHours = fc.record<SendingHours>({
  reminderTime: aTime,
  quietHours: fc.record({ from: aTime, to: aTime }),
  sundays: fc.boolean(),
  holidays: someHolidays,
});
// Zones that change their clocks, at midnight too, and one that does not.
const aZone = fc.constantFrom(paris, 'America/Santiago', 'Africa/Cairo', 'Pacific/Noumea');
const anInstant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 9, 1) }).map((time) => new Date(time));
const aPlan = fc.record({
  trigger: fc.constantFrom(...TRIGGER_NAMES),
  now: anInstant,
  ahead: fc.integer({ min: 0, max: 20 * 24 * HOUR }),
  until: fc.integer({ min: -HOUR, max: 5 * 24 * HOUR }),
  mayBeSms: fc.boolean(),
  zone: aZone,
  hours: someHours,
});

describe('when a planned notice is looked at first', () => {
  test.prop([aPlan], { numRuns: 500 })('in time wherever there is a time, and never at one that is against it', (plan) => {
    const { trigger, now, zone, hours, mayBeSms } = plan;
    const planned = new Date(now.getTime() + plan.ahead);
    const by = new Date(planned.getTime() + plan.until);
    const leaving = { channel: mayBeSms ? ('sms' as const) : null, urgent: TRIGGERS[trigger].urgent };
    const from = firstLookAt({ trigger, at: planned, by, mayBeSms }, now, zone, hours);
    const leaves = sendableFrom(from, zone, hours, leaving);
    expect(from >= now && from <= planned).toBe(true);
    if (sendableFrom(now, zone, hours, leaving) <= by) expect(leaves <= by).toBe(true);
    if (from < planned) expect([leaves, sendableFrom(planned, zone, hours, leaving) > by]).toEqual([from, true]);
    if (from < planned && leaving.channel === 'sms') {
      const { from: quiet, to } = hours.quietHours;
      const time = timeIn(from, zone);
      expect(hours.sundays || isoWeekday(dayIn(from, zone)) !== 7).toBe(true);
      expect(quiet <= to ? quiet <= time && time < to : time >= quiet || time < to).toBe(false);
    }
  });

  test.prop([aPlan])('at its own time where nothing hurries', ({ trigger, now, ahead, mayBeSms, zone, hours }) => {
    const planned = new Date(now.getTime() + ahead);
    expect(firstLookAt({ trigger, at: planned, by: null, mayBeSms }, now, zone, hours)).toBe(planned);
  });

  const pickup = (slot: Date, now: Date, hours = usual, mayBeSms = true) => {
    const by = usefulUntil('pickup_tomorrow', { ...NO_EVENT_TIMES, pickupAt: slot }, paris);
    const planned = instantAt(addDays(dayIn(slot, paris), -1), hours.reminderTime, paris);
    return firstLookAt({ trigger: 'pickup_tomorrow', at: planned, by, mayBeSms }, now, paris, hours);
  };

  test('a slot at eight on Monday: on Saturday, for no SMS leaves on Sunday', () => {
    expect(pickup(at('2026-11-09', '08:00'), at('2026-11-02', '10:00'))).toEqual(at('2026-11-07', '09:00'));
    expect(pickup(at('2026-11-09', '08:00'), at('2026-11-02', '10:00'), usual, false)).toEqual(at('2026-11-08', '09:00'));
    // For two in the afternoon, Monday morning is early enough.
    expect(pickup(at('2026-11-09', '14:00'), at('2026-11-02', '10:00'))).toEqual(at('2026-11-08', '09:00'));
  });

  test('booked on Saturday after nine: at once; in the night to Sunday: at its time, by another channel', () => {
    expect(pickup(at('2026-11-09', '08:00'), at('2026-11-07', '12:00'))).toEqual(at('2026-11-07', '12:00'));
    expect(pickup(at('2026-11-09', '08:00'), at('2026-11-07', '20:30'))).toEqual(at('2026-11-08', '09:00'));
  });

  test('a reminder hour in the night: in the morning of the day before', () => {
    const late = { ...usual, reminderTime: '21:00' };
    expect(pickup(at('2026-11-09', '08:00'), at('2026-11-02', '10:00'), late)).toEqual(at('2026-11-07', '08:00'));
  });

  test('a due day in the holidays: before them', () => {
    const hours = { ...usual, holidays: [{ from: day('2026-10-17'), to: day('2026-11-01') }] };
    const by = usefulUntil('loan_due', { ...NO_EVENT_TIMES, dueOn: day('2026-10-28') }, paris);
    const due = (now: Date) => firstLookAt({ trigger: 'loan_due', at: at('2026-10-25', '09:00'), by, mayBeSms: false }, now, paris, hours);
    expect(due(at('2026-09-01', '10:00'))).toEqual(at('2026-10-16', '09:00'));
    // Lent in the holidays, which do not delay what would come too late after them.
    const now = at('2026-10-20', '10:00');
    expect(due(now)).toEqual(at('2026-10-25', '09:00'));
    expect(waitsForHolidays('loan_due', by, now, paris, hours)).toBe(false);
    expect(waitsForHolidays('loan_overdue', null, now, paris, hours)).toBe(true);
  });

  test('the clocks change on the Sunday between: by what they show', () => {
    expect(pickup(at('2026-10-26', '08:00'), at('2026-10-20', '10:00'))).toEqual(at('2026-10-24', '09:00'));
    expect(pickup(at('2027-03-29', '08:00'), at('2027-03-22', '10:00'))).toEqual(at('2027-03-27', '09:00'));
  });
});

test('a loan is overdue from a morning on, in the zone that the council has now', () => {
  const times = { ...NO_EVENT_TIMES, overdueFrom: day('2026-12-04') };
  expect(trueFrom('loan_overdue', times, paris, usual)).toEqual(at('2026-12-04', '09:00'));
  expect(trueFrom('loan_due', times, paris, usual)).toBeNull();
});

test('a letter is there three days later at the same hour, that of an offer in time for its days', () => {
  expect(arrivesAt('pickup_cancelled', 'letter', at('2026-10-23', '21:00'), paris)).toEqual(at('2026-10-26', '21:00'));
  expect(arrivesAt('pickup_cancelled', 'sms', at('2026-10-23', '21:00'), paris)).toEqual(at('2026-10-23', '21:00'));
  expect(arrivesAt('offer_made', 'letter', at('2026-10-23', '21:00'), paris)).toEqual(at('2026-10-23', '21:00'));
});
