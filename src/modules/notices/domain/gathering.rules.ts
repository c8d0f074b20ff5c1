import { type AvailableChannels, channelsFor, type Reachability } from './channel.rules.js';
import { type NoticePolicy, ruleOf } from './notice-policy.rules.js';
import type { DropReason } from './drop-reasons.js';
import type { EventTimes } from './triggers/trigger.js';
import { trueFrom, usefulUntil, waitsForHolidays } from './timeliness.rules.js';
import { type Channel, CHANNELS } from './channels.js';
import { type TriggerName, triggerOf } from './triggers.js';
import { nextReminders, sendableFrom } from './sendable.rules.js';

/** A notice whose time has come, with the times of the events that it announces. */
export interface DueNotice extends EventTimes {
  readonly id: string;
  readonly householdId: string;
  /** The person whom it is for; null when it is for everybody of the household who gets notices. */
  readonly contactId: string | null;
  readonly trigger: TriggerName;
  /** Names the rule by which it was planned; null when there is none. */
  readonly slot: string | null;
  /** Whether a person sends it again. Then it goes alone, as urgent notices do. */
  readonly again: boolean;
}

/** A contact who gets notices, and how that person can be reached. */
export interface NotifiableContact extends Reachability {
  readonly id: string;
  readonly householdId: string;
  /** Whether a message that was not urgent has been sent to this person today. */
  readonly toldToday: boolean;
}

/** One notice to one person: the planned notice itself, or a copy of it for a further person. */
export interface AddressedNotice {
  readonly id: string;
  /** The notice of which it is a copy; null when it is that notice itself. */
  readonly copyOf: string | null;
  readonly contactId: string;
}

export interface HandedOverNotice extends AddressedNotice {
  /** The first notice of the message that it is a part of; null when it is that first notice, or goes alone. */
  readonly combinedInto: string | null;
  /** Whether it is this person's one message of the day. */
  readonly isOfTheDay: boolean;
}

/** What is to be done with the notices that are due. */
export interface Gathering {
  readonly handedOver: readonly HandedOverNotice[];
  /** `contactId` is null when the notice waits for everybody; else it waits for this person, who has had a message today. */
  readonly putOff: readonly (Omit<AddressedNotice, 'contactId'> & { readonly contactId: string | null; readonly until: Date })[];
  readonly dropped: readonly { readonly id: string; readonly reason: DropReason }[];
}

interface GatheringContext {
  readonly now: Date;
  readonly timeZone: string;
  readonly policy: NoticePolicy;
  readonly available: AvailableChannels;
}

/**
 * Makes messages of the notices that are due. An urgent notice goes alone; all others to one person are joined into one message, and there is
 * one such message a day. When there was one today, a notice about something that happened waits for the next day. A notice that would then
 * come too late goes today: a reminder with a day of its own, or one that announces something that comes before the next day.
 */
export function gather(
  due: readonly DueNotice[],
  people: readonly NotifiableContact[],
  newId: () => string,
  { now, timeZone, policy: hours, available }: GatheringContext,
): Gathering {
  const handedOver: HandedOverNotice[] = [];
  const putOff: Gathering['putOff'][number][] = [];
  const dropped: Gathering['dropped'][number][] = [];
  const sendable = sendableFrom(now, timeZone, hours, { channel: null, urgent: false });
  const tomorrow = sendableFrom(nextReminders(now, timeZone, hours), timeZone, hours, { channel: null, urgent: false });
  const firsts = new Map<string, string>();

  for (const notice of due) {
    const urgent = triggerOf(notice.trigger).urgent || notice.again;
    const by = usefulUntil(notice.trigger, notice, timeZone);
    const isHeld = !notice.again && waitsForHolidays(notice.trigger, by, now, timeZone, hours);
    const until = notice.again ? null : laterInstant(trueFrom(notice.trigger, notice, timeZone, hours), isHeld ? sendable : now);
    if (until !== null && until > now) {
      putOff.push({ id: notice.id, copyOf: null, contactId: notice.contactId, until });
      continue;
    }
    const mayWait = triggerOf(notice.trigger).timing.from === 'moment' && (by === null || tomorrow <= by);
    const order = (notice.slot === null ? null : ruleOf(hours, notice.trigger, notice.slot)?.channels) ?? CHANNELS;
    const addressed = addressedNotices(notice, people, (person) => addressKey(person, order, available), newId);
    if (addressed.length === 0) dropped.push({ id: notice.id, reason: notice.contactId === null ? 'NO_CONTACT' : 'CONTACT_GONE' });
    for (const { toldToday, ...each } of addressed) {
      if (urgent) {
        handedOver.push({ ...each, combinedInto: null, isOfTheDay: false });
      } else if (toldToday && mayWait) {
        putOff.push({ ...each, until: tomorrow });
      } else {
        const first = firsts.get(each.contactId);
        if (first === undefined) firsts.set(each.contactId, each.id);
        handedOver.push({ ...each, combinedInto: first ?? null, isOfTheDay: first === undefined && !toldToday });
      }
    }
  }
  return { handedOver, putOff, dropped };
}

function laterInstant(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}

/** Names the number, mailbox or person to which a message goes first. Two persons with the same key share an address. */
function addressKey(person: NotifiableContact, order: readonly Channel[], available: AvailableChannels): string {
  const [channel] = channelsFor(order, person, available);
  if (channel === 'sms') return `sms ${person.phone}`;
  if (channel === 'email') return `email ${person.email?.toLowerCase()}`;
  return person.id;
}

/**
 * Returns the notice once for each address. Persons of a household who share a number or a mailbox get one message, in the name of the first
 * of them.
 */
function addressedNotices(
  { id, householdId, contactId }: DueNotice,
  people: readonly NotifiableContact[],
  place: (person: NotifiableContact) => string,
  newId: () => string,
): (AddressedNotice & { toldToday: boolean })[] {
  const meant = people.filter((person) => person.householdId === householdId && (contactId === null || person.id === contactId));
  const places = meant.map(place);
  return meant
    .filter((_, index) => places.indexOf(places[index] as string) === index)
    .map((person, index) => ({
      id: index === 0 ? id : newId(),
      copyOf: index === 0 ? null : id,
      contactId: person.id,
      toldToday: person.toldToday,
    }));
}
