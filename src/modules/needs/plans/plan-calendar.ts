import { createHash } from 'node:crypto';
import { addDays, type Day, daysBetween, isoWeekday } from '../../../shared/day.js';
import { icalLines, icalText } from '../domain/ical-text.js';
import { icalTimeZone } from '../domain/ical-time-zone.js';
import { planLanguage } from '../domain/plan-language.js';
import { deviceNames, learnerNames } from '../domain/plan-names.js';
import type { PlanWeek } from '../domain/plan-week.js';
import type { PlanBlock } from '../domain/sharing-plan.js';

/**
 * Returns the plan as iCalendar (RFC 5545): a weekly event for each block from `from` to `until`, in local time. The same block has the same
 * UID in every export, so that a calendar that imports it again keeps one event. `now` is the time of making; the rest depends on the week
 * alone.
 */
export function planCalendar(week: PlanWeek, now: Date): string {
  const language = planLanguage(week.language);
  const stamp = now.toISOString().replace(/[-:]|[.]\d+/g, '');
  const [learners, devices] = [learnerNames(week), deviceNames(week, language.texts)];
  const summary = ({ learner, device, kind }: PlanBlock) => `${learners.get(learner)}: ${language.texts[kind]} (${devices.get(device)})`;
  const name = icalText(`${language.texts.title} – ${week.councilName}`);
  return icalLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Passerelle//Sharing plan//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${name}`, // RFC 7986, and what calendars read before it
    `X-WR-CALNAME:${name}`,
    ...icalTimeZone(week.timeZone, week.from, week.until),
    ...week.plan.blocks.flatMap((block) => event(block, week, stamp, `SUMMARY;LANGUAGE=${language.tag}:${icalText(summary(block))}`)),
    'END:VCALENDAR',
  ]);
}

function event(block: PlanBlock, week: PlanWeek, stamp: string, summary: string): string[] {
  const first = addDays(week.from, (block.weekday - isoWeekday(week.from) + 7) % 7);
  if (first > week.until) return [];
  return [
    'BEGIN:VEVENT',
    `UID:${uid(block, week.householdId)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;TZID=${week.timeZone}:${local(first, block.from)}`,
    `DTEND;TZID=${week.timeZone}:${local(first, block.to)}`,
    `RRULE:FREQ=WEEKLY;COUNT=${Math.floor(daysBetween(first, week.until) / 7) + 1}`,
    summary,
    'END:VEVENT',
  ];
}

/**
 * Returns a hash of ids, so that a calendar that is passed on has nobody's name and nobody's id. A block that only ends later stays the same
 * event.
 */
function uid({ learner, device, kind, weekday, from }: PlanBlock, householdId: string): string {
  const key = JSON.stringify([householdId, learner, device, kind, weekday, from]);
  return `${createHash('sha256').update(key).digest('hex').slice(0, 40)}@passerelle`;
}

/** Returns a day and an `HH:MM` as a local time; `24:00` is midnight of the next day. */
function local(date: Day, time: string): string {
  const [onDay, at] = time === '24:00' ? [addDays(date, 1), '00:00'] : [date, time];
  return `${onDay.replaceAll('-', '')}T${at.replace(':', '')}00`;
}
