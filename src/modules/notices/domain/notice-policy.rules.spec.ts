import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { addDays, day, dayIn, instantAt } from '../../../shared/day.js';
import { noticePolicyFaults, type NoticeRule, plannedNotices, SHIPPED_NOTICE_POLICY } from './notice-policy.rules.js';
import { RELATIVE_TIMES } from './triggers/trigger.js';
import { CHANNELS } from './channels.js';
import { TRIGGER_NAMES, triggerOf } from './triggers.js';
import { channelsFor } from './channel.rules.js';

const anyDay = fc.integer({ min: 0, max: 700 }).map((count) => addDays(day('2026-01-01'), count));
const zone = fc.constantFrom('Europe/Paris', 'Indian/Reunion', 'America/Cayenne', 'Pacific/Noumea');
const clock = (timeZone: string) => new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
const planned = (trigger: NoticeRule['trigger'], anchor: Parameters<typeof plannedNotices>[2], timeZone: string) =>
  plannedNotices(SHIPPED_NOTICE_POLICY, trigger, anchor, timeZone);

describe('the shipped policy', () => {
  test('has a rule for every trigger, and no fault', () => {
    expect(noticePolicyFaults(SHIPPED_NOTICE_POLICY)).toEqual([]);
    expect(TRIGGER_NAMES.filter((name) => !SHIPPED_NOTICE_POLICY.rules.some(({ trigger }) => trigger === name))).toEqual([]);
  });

  test.each(SHIPPED_NOTICE_POLICY.rules)('$trigger $when $days reaches whoever can be reached at all', ({ channels }) => {
    for (const [phone, email, hasAddress] of [0, 1, 2, 3, 4, 5, 6, 7].map((bits) => [bits & 1, bits & 2, bits & 4].map(Boolean))) {
      for (const preferredChannel of [null, ...CHANNELS]) {
        const person = {
          preferredChannel,
          phone: phone ? '+33612345678' : null,
          email: email ? 'a@example.org' : null,
          hasAddress: hasAddress === true,
          phoneMarked: false,
          emailMarked: false,
        };
        const reached = channelsFor(channels, person, { sms: true, email: true, letter: true });
        expect(reached.length).toBe([phone, email, hasAddress].filter(Boolean).length);
      }
    }
  });

  test.prop([anyDay, zone])('reminds at nine in the morning there, before the due day and on it', (dueOn, timeZone) => {
    const notices = planned('loan_due', { day: dueOn }, timeZone);
    expect(notices.map(({ at }) => dayIn(at, timeZone))).toEqual([addDays(dueOn, -3), dueOn]);
    for (const { at } of notices) expect(clock(timeZone).format(at)).toBe('09:00');
  });

  test.prop([anyDay, zone])(
    'asks for what is overdue four times, a week apart by the calendar, whatever the clocks do',
    (first, timeZone) => {
      const notices = planned('loan_overdue', { day: first }, timeZone);
      expect(notices.map(({ at, number }) => [number, dayIn(at, timeZone)])).toEqual(
        [0, 7, 14, 21].map((days, index) => [index + 1, addDays(first, days)]),
      );
      for (const { at } of notices) expect(clock(timeZone).format(at)).toBe('09:00');
    },
  );

  test('tells of a moment at that moment', () => {
    const moment = new Date('2026-11-07T22:30:00Z');
    expect(planned('offer_made', { moment }, 'Europe/Paris').map(({ at }) => at)).toEqual([moment]);
  });

  test.prop([anyDay, fc.integer({ min: 0, max: 24 * 60 - 1 }), zone])(
    'asks for a signature the next time it is nine in the morning there, and twice more, a week apart',
    (asked, minutes, timeZone) => {
      const since = new Date(instantAt(asked, '00:00', timeZone).getTime() + minutes * 60_000);
      const notices = planned('agreement_unsigned', { since }, timeZone);
      const [first] = notices.map(({ at }) => at.getTime() - since.getTime());
      expect(first).toBeGreaterThanOrEqual(0);
      expect(first).toBeLessThan(25 * 3_600_000);
      const firstDay = dayIn(notices[0]!.at, timeZone);
      expect(notices.map(({ at, number }) => [number, dayIn(at, timeZone)])).toEqual(
        [0, 7, 14].map((days, index) => [index + 1, addDays(firstDay, days)]),
      );
      for (const { at } of notices) expect(clock(timeZone).format(at)).toBe('09:00');
    },
  );

  test('due on 2 November in Paris, where the clocks went back in between', () => {
    expect(planned('loan_due', { day: day('2026-10-27') }, 'Europe/Paris').map(({ at }) => at.toISOString())).toEqual([
      '2026-10-24T07:00:00.000Z',
      '2026-10-27T08:00:00.000Z',
    ]);
  });
});

test('days after a moment are counted by the calendar of the council', () => {
  const rule = { trigger: 'request_received', when: 'after', days: 2, everyDays: 3, times: 2, channels: ['email'] } as const;
  const moment = new Date('2026-11-02T22:30:00Z');
  const at = (timeZone: string) =>
    plannedNotices({ ...SHIPPED_NOTICE_POLICY, rules: [rule] }, 'request_received', { moment }, timeZone).map((notice) =>
      notice.at.toISOString(),
    );
  expect(at('Europe/Paris')).toEqual(['2026-11-04T08:00:00.000Z', '2026-11-07T08:00:00.000Z']);
  expect(at('Indian/Reunion')).toEqual(['2026-11-05T05:00:00.000Z', '2026-11-08T05:00:00.000Z']);
});

describe('faults', () => {
  const rule: NoticeRule = { trigger: 'loan_due', when: 'before', days: 3, everyDays: null, times: 1, channels: ['email'] };
  const faultsOf = (rules: readonly Partial<NoticeRule>[], holidays: { from: string; to: string }[] = []) =>
    noticePolicyFaults({
      ...SHIPPED_NOTICE_POLICY,
      rules: rules.map((each) => ({ ...rule, ...each })),
      holidays: holidays.map(({ from, to }) => ({ from: day(from), to: day(to) })),
    }).map(({ pointer, code }) => `${pointer} ${code}`);

  test('each is said with its place', () => {
    expect(faultsOf([{}])).toEqual([]);
    expect(faultsOf([{ trigger: 'loan_overdue' }])).toEqual(['/rules/0/when NOT_ONE_OF']);
    expect(faultsOf([{ days: 0 }, { when: 'at' }])).toEqual(['/rules/0/days OUT_OF_RANGE', '/rules/1/days OUT_OF_RANGE']);
    expect(faultsOf([{ times: 2 }, { everyDays: 2, days: 4 }])).toEqual([
      '/rules/0/everyDays OUT_OF_RANGE',
      '/rules/1/everyDays OUT_OF_RANGE',
    ]);
    expect(faultsOf([{ channels: ['sms', 'sms'] }])).toEqual(['/rules/0/channels DUPLICATE']);
    expect(faultsOf([{}, { channels: ['sms'] }])).toEqual(['/rules/1 DUPLICATE_RULE']);
    expect(faultsOf([{}], [{ from: '2026-11-02', to: '2026-11-01' }])).toEqual(['/holidays/0/to ENDS_BEFORE_START']);
  });

  test('nothing is told before it has happened', () => {
    for (const name of TRIGGER_NAMES.filter((each) => triggerOf(each).timing.from === 'moment'))
      expect(triggerOf(name).timing.relativeTimes).not.toContain(RELATIVE_TIMES[0]);
  });
});
