import { dayIn, type Day } from '../../../../shared/day.js';
import type { DropReason } from '../drop-reasons.js';
import type { OfferSituation, Topic } from '../situation.js';
import type { CouncilTime, EventTimes, SituationOf } from './trigger.js';
import { DEVICE, DEVICE_CLASS, INSTANT, TEXT } from './variables.js';

/** Within this time somebody who reads the notice at once can still come in time, or stay at home. */
const ON_THE_WAY_MS = 2 * 3600 * 1000;

/** The device of an offer: the class that was asked for, and its category. */
export const OFFER_VARIABLES = { deviceClass: DEVICE_CLASS, device: DEVICE } as const;
export const PICKUP_VARIABLES = { ...OFFER_VARIABLES, siteName: TEXT, pickupAt: INSTANT } as const;

type LineOfferSituation = SituationOf<'line' | 'offer'>;

export const beforeTheOfferEnds = ({ expiresAt }: EventTimes): Date | null => expiresAt;
export const beforeTheSlot = ({ pickupAt }: EventTimes): Date | null => pickupAt && new Date(pickupAt.getTime() - ON_THE_WAY_MS);

export function offerFacts({ line, offer }: LineOfferSituation) {
  return { deviceClass: line.class, device: offer.device };
}

/** Returns the last day of an offer. An offer ends with the day, and that instant already belongs to the next day. */
export function lastDay({ offer }: LineOfferSituation, timeZone: string): Day {
  return dayIn(new Date(new Date(offer.expiresAt).getTime() - 1), timeZone);
}

export const hasPickupTime = ({ offer }: LineOfferSituation): boolean => offer.pickupAt !== null;

export function pickupFacts(situation: LineOfferSituation) {
  const { siteName, pickupAt } = situation.offer;
  if (pickupAt === null) throw new Error('a pickup without its time');
  return { ...offerFacts(situation), siteName, pickupAt: new Date(pickupAt) };
}

export function offerNotOpen({ state, expiresAt }: OfferSituation, at: Date): DropReason | null {
  return state === 'open' && new Date(expiresAt) > at ? null : 'OFFER_ENDED';
}

export function pickupNotBooked(
  { state, pickupSlotId, pickupAt }: OfferSituation,
  { about }: Topic,
  { at }: CouncilTime,
): DropReason | null {
  if (state !== 'accepted') return 'OFFER_ENDED';
  if (pickupSlotId !== about || pickupAt === null) return 'PICKUP_CHANGED';
  return new Date(pickupAt) > at ? null : 'OVERTAKEN';
}

export function isSameInstant(one: string, other: string | null): boolean {
  return other !== null && new Date(one).getTime() === new Date(other).getTime();
}
