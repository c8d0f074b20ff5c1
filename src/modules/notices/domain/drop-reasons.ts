/** Why a planned notice is not sent: what it says is no longer true, or no longer new. */
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
