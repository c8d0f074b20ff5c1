import { dayIn, type Day } from '../../../shared/day.js';
import type { IncidentSituation, LineSituation, LoanSituation, NoticeTopic, OfferSituation, Situation } from './situation.js';
import type { TriggerName } from './triggers.js';

/** Why a notice is not sent after all: what it would say is no longer true, or no longer new. */
export const DROP_REASONS = [
  'RETURNED',
  'LOST_OR_STOLEN',
  'CLOSED',
  'CLAIMED_RETURNED',
  'DUE_DAY_CHANGED',
  'NOT_OVERDUE', // of old notices
  'OVERTAKEN',
  'WITHDRAWN',
  'OFFER_ENDED',
  'PICKUP_CHANGED',
  'SIGNED',
  'NOT_NEEDED',
  'POLICY_CHANGED',
  'NO_CONTACT',
  'CONTACT_GONE',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

export type ItemOut = Pick<LoanSituation['items'][number], 'state' | 'claimedReturned'>;

/** Of a line that still waits for something. */
const OPEN_LINE_STATES = ['waiting', 'offered', 'accepted', 'suspended'] as const;

interface Now {
  readonly at: Date;
  readonly today: Day;
  readonly timeZone: string;
}

type Check = (topic: NoticeTopic, situation: Situation, now: Now) => DropReason | null;

/** A check of what the trigger is about; a notice without it would be our fault. */
const about =
  <Name extends 'loan' | 'line' | 'offer' | 'incident'>(
    name: Name,
    check: (subject: NonNullable<Situation[Name]>, topic: NoticeTopic, now: Now, situation: Situation) => DropReason | null,
  ): Check =>
  (topic, situation, now) => {
    const subject = situation[name];
    if (subject === null) throw new Error(`a notice of ${topic.trigger} without its ${name}`);
    return check(subject, topic, now, situation);
  };

const CHECKS: Readonly<Record<TriggerName, Check>> = {
  request_received: about('line', ({ state }) => lineAt(state, OPEN_LINE_STATES)),
  request_refused: about('line', ({ state }) => lineAt(state, ['refused'])),
  appeal_decided: about('line', ({ state }, { about: decision }) =>
    lineAt(state, decision === 'dismissed' ? ['refused'] : OPEN_LINE_STATES),
  ),
  request_suspended: about('line', ({ state }) => lineAt(state, ['suspended'])),
  offer_made: about('offer', (offer, _, { at }) => openOffer(offer, at)),
  offer_expiring: about(
    'offer',
    (offer, topic, { at }) => openOffer(offer, at) ?? (sameInstant(offer.expiresAt, topic.about) ? null : 'DUE_DAY_CHANGED'),
  ),
  offer_expired: about('line', ({ state }) => lineAt(state, ['waiting', 'suspended'])),
  offer_withdrawn: about('line', ({ state }, { about: from }, _, { offer }) =>
    from === 'accepted' || offer?.told ? lineAt(state, OPEN_LINE_STATES) : 'NOT_NEEDED',
  ),
  pickup_booked: about('offer', bookedPickup),
  pickup_tomorrow: about('offer', bookedPickup),
  pickup_cancelled: about('offer', cancelledPickup),
  loan_handed_over: about('loan', ({ items }) => settled(items)),
  loan_due: about('loan', (loan, topic, { today }) => reminderOf(loan, topic) ?? (today > loan.dueOn ? 'OVERTAKEN' : null)),
  loan_overdue: about('loan', reminderOf), // before its day it waits
  loan_renewed: about('loan', (loan, topic) => settled(loan.items) ?? sameDueDay(loan, topic)),
  loan_recalled: about('loan', (loan, topic) => settled(loan.items) ?? sameDueDay(loan, topic)),
  loan_returned: () => null, // it stays true
  incident_opened: about('incident', ({ state }: IncidentSituation) => (state === 'open' ? null : 'OVERTAKEN')),
  incident_closed: () => null,
  agreement_unsigned: about('loan', (loan, topic) => settled(loan.items) ?? signed(loan, topic) ?? (topic.overtaken ? 'OVERTAKEN' : null)),
  need_review_due: ({ about: day }, { household }, { timeZone }) =>
    dayIn(new Date(household.changedAt), timeZone) !== day ? 'DUE_DAY_CHANGED' : household.concerned ? null : 'NOT_NEEDED',
};

/** Why a notice is dropped when it is about to leave; null: it still says what is true. */
export function dropReason(topic: NoticeTopic, situation: Situation, at: Date, timeZone: string): DropReason | null {
  return CHECKS[topic.trigger](topic, situation, { at, today: dayIn(at, timeZone), timeZone });
}

/** Why nobody is reminded of a loan's items any more; null while one of them is out as far as the family says. */
export function settled(items: readonly ItemOut[]): DropReason | null {
  if (items.some(({ state, claimedReturned }) => state === 'on_loan' && !claimedReturned)) return null;
  if (items.some(({ state }) => state === 'on_loan')) return 'CLAIMED_RETURNED';
  if (items.every(({ state }) => state === 'returned')) return 'RETURNED';
  return items.some(({ state }) => state === 'lost' || state === 'stolen') ? 'LOST_OR_STOLEN' : 'CLOSED';
}

function reminderOf(loan: LoanSituation, topic: NoticeTopic): DropReason | null {
  return settled(loan.items) ?? sameDueDay(loan, topic) ?? (topic.overtaken ? 'OVERTAKEN' : null);
}

function sameDueDay({ dueOn }: LoanSituation, topic: NoticeTopic): DropReason | null {
  return dueOn === topic.about ? null : 'DUE_DAY_CHANGED';
}

/** A text that was asked later has notices of its own. */
function signed({ unsignedSince }: LoanSituation, { about: since }: NoticeTopic): DropReason | null {
  if (unsignedSince === null) return 'SIGNED';
  return sameInstant(unsignedSince, since) ? null : 'OVERTAKEN';
}

function lineAt(state: LineSituation['state'], states: readonly LineSituation['state'][]): DropReason | null {
  if (states.includes(state)) return null;
  return state === 'withdrawn' ? 'WITHDRAWN' : 'OVERTAKEN';
}

function openOffer({ state, expiresAt }: OfferSituation, at: Date): DropReason | null {
  return state === 'open' && new Date(expiresAt) > at ? null : 'OFFER_ENDED';
}

function bookedPickup({ state, pickupSlotId, pickupAt }: OfferSituation, topic: NoticeTopic, { at }: Now): DropReason | null {
  if (state !== 'accepted') return 'OFFER_ENDED';
  if (pickupSlotId !== topic.about || pickupAt === null) return 'PICKUP_CHANGED';
  return new Date(pickupAt) > at ? null : 'OVERTAKEN';
}

/** Whoever has another appointment by now, or none to come to any more by their own will, was told of that. */
function cancelledPickup({ state, pickupSlotId }: OfferSituation, topic: NoticeTopic, _: Now, { line }: Situation): DropReason | null {
  if (state === 'revoked') return line === null ? null : lineAt(line.state, OPEN_LINE_STATES);
  if (state !== 'accepted') return 'OFFER_ENDED';
  return pickupSlotId === null ? null : pickupSlotId === topic.about ? 'NOT_NEEDED' : 'PICKUP_CHANGED';
}

function sameInstant(one: string, other: string | null): boolean {
  return other !== null && new Date(one).getTime() === new Date(other).getTime();
}
