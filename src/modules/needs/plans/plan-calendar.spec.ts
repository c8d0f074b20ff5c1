import { fc, test as property } from '@fast-check/jest';
import { describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { aPlanWeek, SIX_LEARNERS, THREE_LEARNERS } from '../../../../test/support/plan-weeks.js';
import { addDays, type Day, day, instantAt, isoWeekday } from '../../../shared/day.js';
import type { PlanWeek } from '../domain/plan-week.js';
import type { PlanBlock } from '../domain/sharing-plan.js';
import { planCalendar } from './plan-calendar.js';

const now = new Date('2026-09-01T08:30:15.250Z');
const three = aPlanWeek(THREE_LEARNERS);

/** Reads a calendar with another program, as a calendar's owner would. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
}

/** Returns every occurrence, with its summary, at the instants that the VTIMEZONE of the calendar gives. */
function occurrences(text: string): string[] {
  return read(text).flatMap((event) => {
    const found: string[] = [];
    const starts = event.iterator();
    const next = (): ICAL.Time | null => starts.next();
    for (let start = next(); start; start = next()) {
      const { startDate, endDate } = event.getOccurrenceDetails(start);
      found.push(`${startDate.toJSDate().toISOString()} ${endDate.toJSDate().toISOString()} ${event.summary}`);
    }
    return found;
  });
}

/** Returns the expected occurrences, day by day from the blocks, with the real offsets of the zone. */
function expected({ plan, learners, devices, from, until, timeZone }: PlanWeek): string[] {
  const found: string[] = [];
  for (let date = from; date <= until; date = addDays(date, 1)) {
    for (const block of plan.blocks.filter(({ weekday }) => weekday === isoWeekday(date))) {
      const end = block.to === '24:00' ? instantAt(addDays(date, 1), '00:00', timeZone) : instantAt(date, block.to, timeZone);
      const who = learners.find(({ id }) => id === block.learner)?.name;
      const what = devices.find(({ id }) => id === block.device)?.name;
      const kind = block.kind === 'live' ? 'lesson' : 'work';
      found.push(`${instantAt(date, block.from, timeZone).toISOString()} ${end.toISOString()} ${who}: ${kind} (${what})`);
    }
  }
  return found;
}

const time = (quarters: number) => `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }).map((text) => `x${text}x`);
/** From 04:00 on: no clock of the zones below changes later in the day, or at its end, where readers differ about a time that is skipped. */
const block: fc.Arbitrary<PlanBlock> = fc
  .record({
    learner: fc.constantFrom('l0', 'l1'),
    device: fc.constantFrom('d0', 'd1'),
    kind: fc.constantFrom('live', 'work'),
    weekday: fc.integer({ min: 1, max: 7 }),
    start: fc.integer({ min: 16, max: 95 }),
    length: fc.integer({ min: 1, max: 16 }),
  })
  .map(({ start, length, ...rest }) => ({ ...rest, from: time(start), to: time(Math.min(96, start + length)) }));
const week: fc.Arbitrary<PlanWeek> = fc
  .record({
    timeZone: fc.constantFrom(
      'Europe/Paris',
      'Indian/Reunion',
      'America/St_Johns',
      'Africa/Casablanca',
      'Australia/Lord_Howe',
      'Pacific/Noumea',
      'Asia/Gaza',
    ),
    start: fc.nat({ max: 500 }),
    days: fc.nat({ max: 200 }),
    names: fc.tuple(name, name, name, name),
    blocks: fc.uniqueArray(block, { maxLength: 8, selector: ({ learner, weekday, from }) => `${learner} ${weekday} ${from}` }),
  })
  .map(({ timeZone, start, days, names, blocks }) => ({
    ...three,
    language: 'en',
    timeZone,
    from: addDays(day('2026-01-01'), start),
    until: addDays(day('2026-01-01'), start + days),
    learners: [0, 1].map((i) => ({ id: `l${i}`, name: names[i] ?? '' })),
    devices: [0, 1].map((i) => ({ id: `d${i}`, name: `${i}${names[2 + i]}`, category: 'laptop' })),
    plan: { blocks, learners: [], uncoveredMinutes: 0 },
  }));

describe('the calendar of a plan', () => {
  property.prop([week])('read by another program, it is the blocks of every day, summer and winter', (given) => {
    expect(occurrences(planCalendar(given, now)).sort()).toEqual(expected(given).sort());
  });

  property.prop([week])('no line is longer than 75 octets or ends otherwise than with CRLF', (given) => {
    const text = planCalendar(given, now);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  test('a lesson at nine stays at nine when the clocks change', () => {
    const events = read(planCalendar(three, now));
    const lesson = events.find(({ startDate, summary }) => startDate.hour === 9 && summary === 'Anis: cours (téléphone)');
    expect(lesson?.startDate.toString()).toBe('2026-09-08T09:00:00');
    const all = occurrences(planCalendar(three, now)).filter((line) => line.endsWith('Anis: cours (téléphone)'));
    expect(all).toContain('2026-10-20T07:00:00.000Z 2026-10-20T08:00:00.000Z Anis: cours (téléphone)');
    expect(all).toContain('2026-10-27T08:00:00.000Z 2026-10-27T09:00:00.000Z Anis: cours (téléphone)');
  });

  test('whatever a name holds stays a name', () => {
    const evil = 'a;b,c\\n"\r\nEND:VEVENT\r\nX:1';
    const text = planCalendar({ ...three, councilName: evil, learners: three.learners.map((each) => ({ ...each, name: evil })) }, now);
    const properties = (component: ICAL.Component) => component.getAllProperties().map((each) => each.name);
    const calendar = new ICAL.Component(ICAL.parse(text));
    expect(properties(calendar)).toEqual(['version', 'prodid', 'calscale', 'name', 'x-wr-calname']);
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(three.plan.blocks.length);
    for (const { component, summary } of read(text)) {
      expect(properties(component)).toEqual(['uid', 'dtstamp', 'dtstart', 'dtend', 'rrule', 'summary']);
      expect(summary).toMatch(/^a;b,c\\n"\nEND:VEVENT\nX:1: (cours|travail) \(/);
    }
  });

  test('is the same text for the same moment, and tells when it was made', () => {
    expect(planCalendar(three, now)).toBe(planCalendar(three, now));
    expect(planCalendar(three, now)).toContain('DTSTAMP:20260901T083015Z\r\n');
  });

  test('a day that does not come between from and until has no event', () => {
    const friday = day('2026-09-11');
    const text = planCalendar({ ...three, from: friday, until: friday }, now);
    expect(new Set(read(text).map(({ startDate }) => startDate.dayOfWeek()))).toEqual(new Set([ICAL.Time.FRIDAY]));
    expect(occurrences(text)).toHaveLength(three.plan.blocks.filter(({ weekday }) => weekday === 5).length);
  });
});

describe('the UID of an event', () => {
  const uids = (given: PlanWeek) => read(planCalendar(given, now)).map(({ uid }) => uid);

  test('is one of its own', () => {
    const all = uids(aPlanWeek(SIX_LEARNERS));
    expect(new Set(all).size).toBe(all.length);
    expect(uids({ ...three, householdId: 'another' }).filter((uid) => uids(three).includes(uid))).toEqual([]);
  });

  test('stays when names, language, weeks and the other blocks change', () => {
    const later: Day = day('2027-01-04');
    const changed: PlanWeek = {
      ...three,
      councilName: 'Rennes',
      language: 'ar',
      from: later,
      until: addDays(later, 60),
      learners: three.learners.map((each) => ({ ...each, name: 'Nour' })),
      plan: { ...three.plan, blocks: three.plan.blocks.slice(1) },
    };
    expect(uids(changed)).toEqual(uids(three).slice(1));
  });

  test('says nothing about anybody', () => {
    for (const uid of uids(three)) expect(uid).toMatch(/^[0-9a-f]{40}@passerelle$/);
  });
});
