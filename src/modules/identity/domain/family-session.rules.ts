const MINUTE_MS = 60_000;
const REST_MINUTES = 30;
const LONGEST_HOURS = 12;
const OWN_PHONE_DAYS = 30;

/** How long a cookie of an own phone lives. */
export const OWN_PHONE_SECONDS = OWN_PHONE_DAYS * 24 * 3600;

/** When a session began, and whether the contact said that the phone is theirs alone. */
export interface FamilySessionStart {
  readonly openedAt: Date;
  readonly ownPhone: boolean;
}

/**
 * When a session ends that is used now: after half an hour of rest and at the latest after twelve hours, so that nobody reads on where a
 * family left a shared phone; on an own phone thirty days after the sign-in.
 */
export function familySessionEnd({ openedAt, ownPhone }: FamilySessionStart, usedAt: Date): Date {
  if (ownPhone) return new Date(openedAt.getTime() + OWN_PHONE_SECONDS * 1000);
  return new Date(Math.min(usedAt.getTime() + REST_MINUTES * MINUTE_MS, openedAt.getTime() + LONGEST_HOURS * 60 * MINUTE_MS));
}

/** Whether a use is to be written down: once a minute is enough. */
export function isUseToNote(seenAt: Date, usedAt: Date): boolean {
  return usedAt.getTime() - seenAt.getTime() >= MINUTE_MS;
}
