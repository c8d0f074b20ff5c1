/** How sending by one channel of a council has gone, under the settings that hold now. */
export interface ChannelHealth {
  /** Something was taken since the settings were saved. */
  readonly isProven: boolean;
  /** Messages that were refused one after the other since then. */
  readonly refusedInARow: number;
  /** Since when nothing is sent but a trial now and then; null: it is not paused. */
  readonly pausedAt: Date | null;
}

export const UNTRIED: ChannelHealth = { isProven: false, refusedInARow: 0, pausedAt: null };

/** Settings that never worked are doubted sooner than those that did: then it may be the numbers. */
const MOST_REFUSED = { proven: 5, unproven: 2 } as const;

/** After this long one message tries whether a paused channel works again. */
export const TRIAL_MINUTES = 15;
/** A channel that is paused for longer is passed over by everything that another can carry. */
const PASSED_OVER_HOURS = 24;

/** What is to become of a message that was refused. */
export interface Verdict {
  readonly health: ChannelHealth;
  /** The message is to blame: it goes by another channel, or fails. Else it waits, since the settings may be. */
  readonly isForGood: boolean;
  /** From now on the channel is paused, and was not before. */
  readonly pauses: boolean;
}

/** A refusal speaks against the message where others were taken; where none are, against the settings. */
export function refusedBy(health: ChannelHealth, now: Date): Verdict {
  const refusedInARow = health.refusedInARow + 1;
  const mayPause = refusedInARow >= (health.isProven ? MOST_REFUSED.proven : MOST_REFUSED.unproven);
  const pauses = health.pausedAt === null && mayPause;
  const pausedAt = pauses ? now : health.pausedAt;
  return { health: { ...health, refusedInARow, pausedAt }, isForGood: health.isProven && pausedAt === null, pauses };
}

export function takenBy(): ChannelHealth {
  return { isProven: true, refusedInARow: 0, pausedAt: null };
}

/** Whether a message may leave a paused channel aside: what is urgent at once, the rest once it has waited long. */
export function passesOver({ pausedAt }: ChannelHealth, urgent: boolean, now: Date): boolean {
  return pausedAt !== null && (urgent || now.getTime() - pausedAt.getTime() >= PASSED_OVER_HOURS * 3_600_000);
}
