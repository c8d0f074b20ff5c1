import type { Settings } from '../config/settings.js';

/**
 * The queues of jobs, by the nature of the jobs; no lane waits for another. `urgent`: a person waits for it, or it was promised for an
 * hour. `work`: what follows from a change. `messages`: sends one message, which means to wait for a provider. `bulk`: long work for which
 * nobody waits.
 */
export const LANES = ['urgent', 'work', 'messages', 'bulk'] as const;
export type Lane = (typeof LANES)[number];

/** A value for each lane. */
export type PerLane<Value> = Readonly<Record<Lane, Value>>;

export function perLane<Value>(valueOf: (lane: Lane) => Value): PerLane<Value> {
  return Object.fromEntries(LANES.map((lane) => [lane, valueOf(lane)])) as PerLane<Value>;
}

export interface LaneLimits {
  /** The most jobs of the lane that run at the same time in one process. Each uses at most one database connection at a time. */
  readonly places: number;
  /** The most jobs that begin in one second; null means no limit. */
  readonly perSecond: number | null;
}

const URGENT_PLACES = 5;
/** These jobs wait for a provider and use no database connection meanwhile, so there can be many. */
const MESSAGES_PLACES = 20;

export function laneLimits({ outboxPlaces, outboxBulkPlaces, outboxMessagesPerSecond }: Settings): PerLane<LaneLimits> {
  return {
    urgent: { places: URGENT_PLACES, perSecond: null },
    work: { places: outboxPlaces, perSecond: null },
    messages: { places: MESSAGES_PLACES, perSecond: outboxMessagesPerSecond },
    bulk: { places: outboxBulkPlaces, perSecond: null },
  };
}
