import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, dayIn } from '../../../shared/day.js';
import { isOverdue } from './due-day.rules.js';
import { remindersOf, stillDue, type Reminder, type ReminderFacts } from './reminder.rules.js';

const epoch = day('2026-01-01');
const anyDay = fc.nat({ max: 700 }).map((count) => addDays(epoch, count));
const grace = fc.nat({ max: 30 });
const zone = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'Pacific/Noumea');

const dueOn = day('2026-11-02');
const out = { state: 'on_loan', claimedReturned: false } as const;
const aLoan = (facts: Partial<ReminderFacts> = {}): ReminderFacts => ({ dueOn, graceDays: 3, items: [out], ...facts });
const aReminder = (facts: Partial<Reminder> = {}): Reminder => ({ kind: 'overdue', number: 1, dueOn, ...facts });
const answer = (loan: ReminderFacts, reminder: Reminder, today: string) => {
  const due = stillDue(loan, reminder, day(today));
  return due.ok ? 'sent' : due.reason;
};

describe('the schedule', () => {
  test.prop([anyDay, grace, zone])(
    'goes forward in time, at nine in the morning there, and no two have one key',
    (due, graceDays, timeZone) => {
      const reminders = remindersOf(due, graceDays, timeZone);
      const times = reminders.map(({ at }) => at.getTime());
      expect(times).toEqual([...times].sort((one, other) => one - other));
      expect(new Set(reminders.map(({ key }) => key)).size).toBe(reminders.length);
      const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
      for (const { at } of reminders) expect(hour.format(at)).toBe('09:00');
    },
  );

  test.prop([anyDay, grace, zone])('says overdue only when the loan is, and from the first day on', (due, graceDays, timeZone) => {
    const overdue = remindersOf(due, graceDays, timeZone).filter(({ kind }) => kind === 'overdue');
    const days = overdue.map(({ at }) => dayIn(at, timeZone));
    expect(isOverdue({ state: 'open', dueOn: due }, graceDays, days[0]!)).toBe(true);
    expect(isOverdue({ state: 'open', dueOn: due }, graceDays, addDays(days[0]!, -1))).toBe(false);
  });

  test.prop([anyDay, grace, zone])('a loan that nothing happens to gets each of them on its day', (due, graceDays, timeZone) => {
    for (const reminder of remindersOf(due, graceDays, timeZone)) {
      expect(stillDue({ dueOn: due, graceDays, items: [out] }, reminder, dayIn(reminder.at, timeZone)).ok).toBe(true);
    }
  });

  test('due on 2 November in Paris, three days of grace', () => {
    expect(remindersOf(dueOn, 3, 'Europe/Paris').map(({ key, at }) => `${key} ${at.toISOString()}`)).toEqual([
      '2026-11-02:due_soon:1 2026-10-30T08:00:00.000Z',
      '2026-11-02:due_today:1 2026-11-02T08:00:00.000Z',
      '2026-11-02:overdue:1 2026-11-06T08:00:00.000Z',
      '2026-11-02:overdue:2 2026-11-13T08:00:00.000Z',
      '2026-11-02:overdue:3 2026-11-20T08:00:00.000Z',
      '2026-11-02:overdue:4 2026-11-27T08:00:00.000Z',
    ]);
  });
});

describe('checked again before it leaves', () => {
  const returned = { state: 'returned', claimedReturned: false } as const;
  const claimed = { state: 'on_loan', claimedReturned: true } as const;

  test('nobody is reminded of what came back, was lost, or is said to be back', () => {
    expect(answer(aLoan({ items: [returned] }), aReminder(), '2026-11-06')).toBe('RETURNED');
    expect(answer(aLoan({ items: [returned, { ...returned, state: 'stolen' }] }), aReminder(), '2026-11-06')).toBe('LOST_OR_STOLEN');
    expect(answer(aLoan({ items: [{ ...returned, state: 'written_off' }] }), aReminder(), '2026-11-06')).toBe('CLOSED');
    expect(answer(aLoan({ items: [returned, claimed] }), aReminder(), '2026-11-06')).toBe('CLAIMED_RETURNED');
  });

  test('but of what is still out beside it', () => {
    expect(answer(aLoan({ items: [returned, claimed, out] }), aReminder(), '2026-11-06')).toBe('sent');
  });

  test('a renewed loan has other reminders; longer grace makes it not overdue', () => {
    expect(answer(aLoan({ dueOn: day('2027-01-04') }), aReminder(), '2026-11-06')).toBe('DUE_DAY_CHANGED');
    expect(answer(aLoan({ graceDays: 10 }), aReminder(), '2026-11-06')).toBe('NOT_OVERDUE');
  });

  test('late by a week-end it still goes, late by more it is overtaken by the next', () => {
    const dueSoon = aReminder({ kind: 'due_soon' });
    expect(['2026-10-30', '2026-11-01', '2026-11-02'].map((today) => answer(aLoan(), dueSoon, today))).toEqual([
      'sent',
      'sent',
      'OVERTAKEN',
    ]);
    expect(answer(aLoan(), aReminder({ kind: 'due_today' }), '2026-11-03')).toBe('OVERTAKEN');
    expect(['2026-11-12', '2026-11-13'].map((today) => answer(aLoan(), aReminder(), today))).toEqual(['sent', 'OVERTAKEN']);
    expect(answer(aLoan(), aReminder({ number: 4 }), '2027-03-01')).toBe('sent');
  });

  test.prop([grace, fc.integer({ min: -3, max: 90 })])('after an outage of any length, a family gets at most one', (graceDays, late) => {
    const today = addDays(dueOn, late);
    const due = remindersOf(dueOn, graceDays, 'Europe/Paris').filter(({ at }) => dayIn(at, 'Europe/Paris') <= today);
    expect(due.filter((reminder) => stillDue(aLoan({ graceDays }), reminder, today).ok).length).toBeLessThanOrEqual(1);
  });
});
