import { type AvailableChannels, channelsFor, commonOrder } from '../domain/channel.rules.js';
import { type NoticePolicy, type NoticeRule, ruleOf, SHIPPED_NOTICE_POLICY } from '../domain/notice-policy.rules.js';
import type { DropReason } from '../domain/drop-reasons.js';
import { dropReason, triggerOf } from '../domain/triggers.js';
import { arrivesAt, usefulUntil, waitsForHolidays } from '../domain/timeliness.rules.js';
import type { EventTimes } from '../domain/triggers/trigger.js';
import { type Channel, CHANNELS } from '../domain/channels.js';
import { sendableFrom } from '../domain/sendable.rules.js';
import type { NoticeToSend } from './messages.repository.js';

/** What is to be done with a message: it is sent by a channel, waits, or fails because no channel reaches the person. */
export type NextStep =
  | { readonly kind: 'send'; readonly channel: Channel }
  | { readonly kind: 'put_off'; readonly channel: Channel; readonly until: Date }
  | { readonly kind: 'fail' };

/**
 * Returns why a notice is not sent at that moment; null when it is still true. A notice that a person sends again must be true, but needs no
 * rule of the policy.
 */
export function reasonAgainst(notice: NoticeToSend, now: Date): DropReason | null {
  if (notice.contact === null) return notice.contactId === null ? 'NO_CONTACT' : 'CONTACT_GONE';
  const isAgain = notice.resendOf !== null;
  if (!isAgain && ruleFor(notice) === null) return 'POLICY_CHANGED';
  return dropReason(isAgain ? { ...notice, overtaken: false } : notice, notice, now, notice.council.timeZone);
}

/**
 * Returns the next step of a message about one or several things to one person; `tried` are the channels by which it did not arrive. The
 * message goes by the first channel that brings it in time for what it announces; when none does, by the one that brings it soonest. A message
 * that is looked at before its own time waits for that time when its channel may be used then.
 */
export function nextStep(live: readonly NoticeToSend[], available: AvailableChannels, tried: readonly Channel[], now: Date): NextStep {
  const [first] = live;
  if (!first?.contact) throw new Error('a message about nothing, or to nobody');
  const { contact, council } = first;
  const order = commonOrder(live.map((notice) => ruleFor(notice)?.channels ?? CHANNELS));
  const channels = channelsFor(order, { ...contact, hasAddress: contact.address !== null }, available, tried);
  const by = earliest(live.flatMap((notice) => usefulUntil(notice.trigger, timesOf(notice), council.timeZone) ?? []));
  const own = live.some(({ resendOf }) => resendOf !== null) ? now : (earliest(live.map(({ plannedAt }) => plannedAt)) ?? now);
  const hours = policyOf(first);
  const urgent = live.some(({ trigger, resendOf }) => resendOf !== null || !waitsForHolidays(trigger, by, now, council.timeZone, hours));
  const ways = channels.map((channel) => {
    const from = (instant: Date) => sendableFrom(instant, council.timeZone, hours, { channel, urgent });
    const arrives = (instant: Date) => arrivesAt(first.trigger, channel, instant, council.timeZone);
    const atOwn = own > now ? from(own) : null;
    const until = atOwn !== null && (by === null || arrives(atOwn) <= by) ? atOwn : from(now);
    return { channel, until, there: arrives(until) };
  });
  const soonest = earliest(ways.map(({ there }) => there));
  const chosen = ways.find(({ there }) => by === null || there <= by) ?? ways.find(({ there }) => there === soonest);
  if (chosen === undefined) return { kind: 'fail' };
  const { channel, until } = chosen;
  return until > now ? { kind: 'put_off', channel, until } : { kind: 'send', channel };
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.reduce<Date | null>((one, other) => (one === null || other < one ? other : one), null);
}

function timesOf({ offer, loan }: NoticeToSend): EventTimes {
  return {
    pickupAt: offer?.pickupAt ? new Date(offer.pickupAt) : null,
    expiresAt: offer ? new Date(offer.expiresAt) : null,
    dueOn: loan?.dueOn ?? null,
    overdueFrom: loan?.overdueFrom ?? null,
  };
}

/** Whether a part of a message is urgent: by its trigger, or because a person sends it again. */
export function isUrgent(live: readonly Pick<NoticeToSend, 'trigger' | 'resendOf'>[]): boolean {
  return live.some(({ trigger, resendOf }) => triggerOf(trigger).urgent || resendOf !== null);
}

function policyOf({ policy }: NoticeToSend): NoticePolicy {
  return policy ?? SHIPPED_NOTICE_POLICY;
}

function ruleFor(notice: NoticeToSend): NoticeRule | null {
  const rule = notice.slot === null ? null : ruleOf(policyOf(notice), notice.trigger, notice.slot);
  return rule !== null && notice.number <= rule.times ? rule : null;
}
