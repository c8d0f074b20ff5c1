import { createHash } from 'node:crypto';
import type { PickupSlot } from '../../../modules/allocation/index.js';
import type { Site } from '../../../modules/councils/index.js';
import { icalLines, icalText } from '../../../modules/needs/index.js';

interface CollectionEvent {
  readonly offerId: string;
  readonly slot: Pick<PickupSlot, 'startsAt' | 'endsAt'>;
  readonly site: Pick<Site, 'name' | 'address'>;
  /** What the calendar shows: it names no device and nobody. */
  readonly title: string;
}

const utc = (at: Date): string => at.toISOString().replace(/[-:]|[.]\d+/g, '');

/**
 * The hour of a collection as iCalendar (RFC 5545). Its UID is a hash of the offer's id, so that a calendar that takes it again after a change
 * keeps one event, and whoever is shown the calendar learns no id.
 */
export function collectionCalendar({ offerId, slot, site, title }: CollectionEvent, now: Date): string {
  const { line1, postalCode, city } = site.address;
  return icalLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Passerelle//Collection//EN',
    'BEGIN:VEVENT',
    `UID:${createHash('sha256').update(offerId).digest('hex').slice(0, 40)}@passerelle`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(slot.startsAt)}`,
    `DTEND:${utc(slot.endsAt)}`,
    `SUMMARY:${icalText(title)}`,
    `LOCATION:${icalText(`${site.name}, ${line1}, ${postalCode} ${city}`)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}
