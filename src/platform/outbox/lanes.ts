import type { Settings } from '../config/settings.js';

/**
 * Queues by what their jobs are like; none waits behind another. `urgent`: somebody waits for it, or an hour was promised. `work`: what
 * follows from a change. `messages`: one message leaves, which is waiting for others. `bulk`: long work that nobody waits for.
 */
export const LANES = ['urgent', 'work', 'messages', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** A value for each lane. */
export type EachLane<Value> = Readonly<Record<Lane, Value>>;

export function eachLane<Value>(valueOf: (lane: Lane) => Value): EachLane<Value> {
  return Object.fromEntries(LANES.map((lane) => [lane, valueOf(lane)])) as EachLane<Value>;
}

export interface LaneLimits {
  /** Jobs of the lane that run side by side in one process; each holds at most one database connection at a time. */
  readonly places: number;
  /** Most jobs that begin in one second; null: as many as there are. */
  readonly perSecond: number | null;
}

const URGENT_PLACES = 5;
/** They wait for a provider and hold no connection meanwhile. */
const MESSAGES_PLACES = 20;

export function laneLimits({ outboxPlaces, outboxBulkPlaces, outboxMessagesPerSecond }: Settings): EachLane<LaneLimits> {
  return {
    urgent: { places: URGENT_PLACES, perSecond: null },
    work: { places: outboxPlaces, perSecond: null },
    messages: { places: MESSAGES_PLACES, perSecond: outboxMessagesPerSecond },
    bulk: { places: outboxBulkPlaces, perSecond: null },
  };
}
