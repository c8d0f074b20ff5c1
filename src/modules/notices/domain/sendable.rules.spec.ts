import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, dayIn, isoWeekday } from '../../../shared/day.js';
import { nextReminders, sendableFrom, type SendingHours } from './sendable.rules.js';

const hours: SendingHours = { reminderTime: '09:00', quietHours: { from: '20:00', to: '08:00' }, sundays: false, holidays: [] };
const sms = { channel: 'sms', urgent: true } as const;
const from = (instant: string, timeZone: string, set: Partial<SendingHours> = {}, leaving: Parameters<typeof sendableFrom>[3] = sms) =>
  sendableFrom(new Date(instant), timeZone, { ...hours, ...set }, leaving).toISOString();

/** Computes the same in another way than the rule: by the clock of the zone. */
function clockOf(instant: Date, timeZone: string): { time: string; sunday: boolean } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const { weekday, hour, minute } = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { time: `${hour}:${minute}`, sunday: weekday === 'Sun' };
}
const isAwake = (instant: Date, timeZone: string, { from: begin, to }: SendingHours['quietHours']) => {
  const { time, sunday } = clockOf(instant, timeZone);
  return !sunday && !(begin <= to ? begin <= time && time < to : time >= begin || time < to);
};

const zone = fc.constantFrom('Europe/Paris', 'Pacific/Noumea', 'America/St_Johns');
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '15', '30', '45'))
  .map(([hour, m]) => `${String(hour).padStart(2, '0')}:${m}`);
/** Every day of two years, with both changes of the clocks in it. */
const anyInstant = fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }).map((minutes) => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000));

describe('an SMS', () => {
  test.prop([anyInstant, zone, time, time])('leaves at the first moment that is neither quiet nor Sunday', (now, timeZone, begin, to) => {
    const set = { ...hours, quietHours: { from: begin, to } };
    const at = sendableFrom(now, timeZone, set, sms);
    expect(at >= now).toBe(true);
    expect(isAwake(at, timeZone, set.quietHours)).toBe(true);
    // No earlier instant is possible: every quarter of an hour before it is checked.
    for (let each = now.getTime(); each < at.getTime(); each += 15 * 60_000)
      expect(isAwake(new Date(each), timeZone, set.quietHours)).toBe(false);
  });

  test.each([
    // In the night to Sunday 25 October 2026 the clocks of Paris go back, in that to 28 March 2027 forward.
    ['Europe/Paris', '2026-10-24T18:30:00Z', '2026-10-26T07:00:00.000Z'],
    ['Europe/Paris', '2027-03-27T19:30:00Z', '2027-03-29T06:00:00.000Z'],
    ['Europe/Paris', '2026-11-02T19:00:00Z', '2026-11-03T07:00:00.000Z'],
    ['Europe/Paris', '2026-11-02T18:59:00Z', '2026-11-02T18:59:00.000Z'],
    ['America/Guadeloupe', '2026-11-02T18:59:00Z', '2026-11-02T18:59:00.000Z'],
    ['America/Guadeloupe', '2026-11-03T00:00:00Z', '2026-11-03T12:00:00.000Z'],
    ['Pacific/Noumea', '2026-11-07T13:00:00Z', '2026-11-08T21:00:00.000Z'],
  ])('%s, %s: %s', (timeZone, now, expected) => {
    expect(from(now, timeZone)).toBe(expected);
  });

  test('quiet hours that end in an hour that the clocks show twice, or not at all', () => {
    const until230 = { quietHours: { from: '20:00', to: '02:30' }, sundays: true };
    expect(from('2026-10-24T20:00:00Z', 'Europe/Paris', until230)).toBe('2026-10-25T00:30:00.000Z');
    expect(from('2026-10-25T01:10:00Z', 'Europe/Paris', until230)).toBe('2026-10-25T01:30:00.000Z');
    expect(from('2027-03-28T00:30:00Z', 'Europe/Paris', until230)).toBe('2027-03-28T01:00:00.000Z');
  });

  test('a council may let it leave on Sundays, or at any hour', () => {
    expect(from('2026-11-08T10:00:00Z', 'Europe/Paris', { sundays: true })).toBe('2026-11-08T10:00:00.000Z');
    expect(from('2026-11-03T02:00:00Z', 'Europe/Paris', { quietHours: { from: '00:00', to: '00:00' } })).toBe('2026-11-03T02:00:00.000Z');
  });
});

test('an e-mail and a letter wake nobody: they leave at any hour, on Sundays too', () => {
  for (const channel of ['email', 'letter', null] as const)
    expect(from('2026-11-08T02:00:00Z', 'Europe/Paris', {}, { channel, urgent: false })).toBe('2026-11-08T02:00:00.000Z');
});

describe('school holidays', () => {
  const holidays = [
    { from: day('2026-10-17'), to: day('2026-11-01') },
    { from: day('2026-11-02'), to: day('2026-11-03') },
  ];

  test('what is not urgent waits for their end, whatever the channel; what is urgent does not', () => {
    const waiting = { channel: 'email', urgent: false } as const;
    expect(from('2026-10-20T10:00:00Z', 'Europe/Paris', { holidays }, waiting)).toBe('2026-11-04T08:00:00.000Z');
    expect(from('2026-10-20T10:00:00Z', 'Europe/Paris', { holidays }, { channel: 'email', urgent: true })).toBe('2026-10-20T10:00:00.000Z');
    expect(from('2026-10-16T10:00:00Z', 'Europe/Paris', { holidays }, waiting)).toBe('2026-10-16T10:00:00.000Z');
  });

  test('and then for the end of the night and of Sunday, when it is an SMS', () => {
    const untilSaturday = [{ from: day('2026-12-19'), to: day('2027-01-02') }];
    expect(from('2026-12-24T10:00:00Z', 'Europe/Paris', { holidays: untilSaturday }, { channel: 'sms', urgent: false })).toBe(
      '2027-01-04T07:00:00.000Z',
    );
  });
});

test.prop([anyInstant, zone])('the next reminders leave on the next day, at nine by the clocks there', (now, timeZone) => {
  const at = nextReminders(now, timeZone, hours);
  expect(dayIn(at, timeZone)).toBe(addDays(dayIn(now, timeZone), 1));
  expect(clockOf(at, timeZone)).toEqual({ time: '09:00', sunday: isoWeekday(dayIn(at, timeZone)) === 7 });
});
