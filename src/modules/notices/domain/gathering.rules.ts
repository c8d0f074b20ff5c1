import { type Available, channelsFor, type Reachability } from './channel.rules.js';
import { type NoticePolicy, ruleOf } from './notice-policy.rules.js';
import type { DropReason } from './drop-reasons.js';
import type { EventTimes } from './triggers/trigger.js';
import { leavesBy, trueFrom, waitsForHolidays } from './timeliness.rules.js';
import { type Channel, CHANNELS } from './channels.js';
import { type TriggerName, triggerOf } from './triggers.js';
import { nextReminders, sendableFrom } from './sendable.rules.js';

/** A notice whose time has come, and the times of what it speaks of. */
export interface DueNotice extends EventTimes {
  readonly id: string;
  readonly householdId: string;
  /** Whom it is for; null: everybody of the household who is to be told. */
  readonly contactId: string | null;
  readonly trigger: TriggerName;
  /** Of its rule; null: it follows none. */
  readonly slot: string | null;
  /** A person sends it again: it goes alone, as what is urgent does. */
  readonly again: boolean;
}

/** Somebody who is to be told, and how they can be reached. */
export interface Person extends Reachability {
  readonly id: string;
  readonly householdId: string;
  /** A message that was not urgent has left for them today. */
  readonly toldToday: boolean;
}

/** One notice to one person: the row of the notice itself, or a copy of it. */
export interface AddressedNotice {
  readonly id: string;
  /** The notice that it is a copy of; null: it is that notice itself. */
  readonly copyOf: string | null;
  readonly contactId: string;
}

export interface HandedOverNotice extends AddressedNotice {
  /** The notice with which it makes one message; null: it is the first of its message, or goes alone. */
  readonly combinedInto: string | null;
  /** It is this person's one message of the day. */
  readonly isOfTheDay: boolean;
}

/** What becomes of notices that are due. */
export interface Gathering {
  readonly handedOver: readonly HandedOverNotice[];
  /** For everybody (null), or for one person who has had a message today. */
  readonly putOff: readonly (Omit<AddressedNotice, 'contactId'> & { readonly contactId: string | null; readonly until: Date })[];
  readonly dropped: readonly { readonly id: string; readonly reason: DropReason }[];
}

interface When {
  readonly now: Date;
  readonly timeZone: string;
  readonly policy: NoticePolicy;
  readonly available: Available;
}

/**
 * Makes messages of what is due: a notice that is urgent goes alone; the others to one person are one message, and one a day. What tells of
 * something that happened waits for the next day when there was one today; what has a day of its own, or speaks of something that comes
 * before then, would come too late, and goes.
 */
export function gather(
  due: readonly DueNotice[],
  people: readonly Person[],
  newId: () => string,
  { now, timeZone, policy: hours, available }: When,
): Gathering {
  const handedOver: HandedOverNotice[] = [];
  const putOff: Gathering['putOff'][number][] = [];
  const dropped: Gathering['dropped'][number][] = [];
  const sendable = sendableFrom(now, timeZone, hours, { channel: null, urgent: false });
  const tomorrow = sendableFrom(nextReminders(now, timeZone, hours), timeZone, hours, { channel: null, urgent: false });
  const firsts = new Map<string, string>();

  for (const notice of due) {
    const urgent = triggerOf(notice.trigger).urgent || notice.again;
    const by = leavesBy(notice.trigger, notice, timeZone);
    const isHeld = !notice.again && waitsForHolidays(notice.trigger, by, now, timeZone, hours);
    const until = notice.again ? null : laterOf(trueFrom(notice.trigger, notice, timeZone, hours), isHeld ? sendable : now);
    if (until !== null && until > now) {
      putOff.push({ id: notice.id, copyOf: null, contactId: notice.contactId, until });
      continue;
    }
    const mayWait = triggerOf(notice.trigger).timing.from === 'moment' && (by === null || tomorrow <= by);
    const order = (notice.slot === null ? null : ruleOf(hours, notice.trigger, notice.slot)?.channels) ?? CHANNELS;
    const addressed = addressedNotices(notice, people, (person) => placeOf(person, order, available), newId);
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

function laterOf(one: Date | null, other: Date): Date {
  return one !== null && one > other ? one : other;
}

/** Where a message to a person goes first. */
function placeOf(person: Person, order: readonly Channel[], available: Available): string {
  const [channel] = channelsFor(order, person, available);
  if (channel === 'sms') return `sms ${person.phone}`;
  if (channel === 'email') return `email ${person.email?.toLowerCase()}`;
  return person.id;
}

/** Those of a household who share a number or a mailbox are told there once, by the name of the first of them. */
function addressedNotices(
  { id, householdId, contactId }: DueNotice,
  people: readonly Person[],
  place: (person: Person) => string,
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
