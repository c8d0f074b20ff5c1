/** How well a channel of a council works under its present settings. */
export interface ChannelHealth {
  /** Whether a message was taken since the settings were saved. */
  readonly isProven: boolean;
  /** How many messages were refused in a row since then. */
  readonly refusedInARow: number;
  /** Since when the channel is paused: only one message now and then tries it. Null when it is not paused. */
  readonly pausedAt: Date | null;
  /** How many pauses there were under these settings. */
  readonly pauseCount: number;
}

export const UNTRIED: ChannelHealth = { isProven: false, refusedInARow: 0, pausedAt: null, pauseCount: 0 };

/** So many refusals in a row pause a channel. Where the settings have worked before, the numbers may be wrong instead, so it takes more. */
const MOST_REFUSED = { proven: 5, unproven: 2 } as const;

/** After so many minutes one message tries whether a paused channel works again. */
export const TRIAL_MINUTES = 15;
/** After so many hours of a pause, messages that can go by another channel do so. */
const PASSED_OVER_HOURS = 24;

/** What follows from the refusal of a message. */
export interface RefusalVerdict {
  readonly health: ChannelHealth;
  /** Whether the message is to blame: then it goes by another channel, or fails. Otherwise the settings may be to blame, and it waits. */
  readonly isForGood: boolean;
  /** Whether this refusal pauses the channel. */
  readonly pauses: boolean;
}

/** A refusal blames the message when other messages were taken, and the settings when none was. */
export function afterRefusal(health: ChannelHealth, now: Date): RefusalVerdict {
  const refusedInARow = health.refusedInARow + 1;
  const mayPause = refusedInARow >= (health.isProven ? MOST_REFUSED.proven : MOST_REFUSED.unproven);
  const pauses = health.pausedAt === null && mayPause;
  const pausedAt = pauses ? now : health.pausedAt;
  const pauseCount = health.pauseCount + (pauses ? 1 : 0);
  return {
    health: { ...health, refusedInARow, pausedAt, pauseCount },
    isForGood: health.isProven && pausedAt === null,
    pauses,
  };
}

export function afterSuccess({ pauseCount }: ChannelHealth): ChannelHealth {
  return { isProven: true, refusedInARow: 0, pausedAt: null, pauseCount };
}

/**
 * Whether settings that seemed to work when they refused a message are in doubt by now: a pause began since then. It may have ended already, when
 * another message was taken that was on its way; what belongs to the row that brought it about is tried again all the same.
 */
export function isInDoubt({ pausedAt, pauseCount }: ChannelHealth, pausesBefore: number): boolean {
  return pausedAt !== null || pauseCount !== pausesBefore;
}

/** Whether a message may go by another channel than a paused one: an urgent message at once, others after a long pause. */
export function passesOver({ pausedAt }: ChannelHealth, urgent: boolean, now: Date): boolean {
  return pausedAt !== null && (urgent || now.getTime() - pausedAt.getTime() >= PASSED_OVER_HOURS * 3_600_000);
}
