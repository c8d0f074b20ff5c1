import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { ChannelHealth } from '../domain/channel-health.rules.js';

/** The channels by which the program sends messages itself; a letter waits until staff print it. */
export const SENDING_CHANNELS = ['sms', 'email'] as const;
export type SendingChannel = (typeof SENDING_CHANNELS)[number];

export interface StoredHealth extends ChannelHealth {
  readonly channel: SendingChannel;
  /** When the next message may try whether a paused channel works again. */
  readonly trialAt: Date | null;
  /** The code of the last refusal. */
  readonly problem: string | null;
}

/** The `problem` of a notice that waits until its channel works again. */
export const CHANNEL_PAUSED = 'CHANNEL_PAUSED';

const HEALTH = `
  channel, is_proven AS "isProven", refused_in_a_row AS "refusedInARow", paused_at AS "pausedAt", pause_count AS "pauseCount", trial_at AS "trialAt", problem`;
const READ = `SELECT ${HEALTH} FROM channel_health WHERE council_id = current_council()`;
const LOCK = `${READ} AND channel = $1 FOR UPDATE`;
const BEGIN = `
  INSERT INTO channel_health (council_id, channel, is_proven, refused_in_a_row) VALUES (current_council(), $1, false, 0)
  ON CONFLICT (council_id, channel) DO NOTHING`;
const WRITE = `
  UPDATE channel_health SET is_proven = $2, refused_in_a_row = $3, paused_at = $4, trial_at = $5, problem = $6, taken_at = coalesce($7, taken_at),
    pause_count = $8
  WHERE council_id = current_council() AND channel = $1`;
const END_ROW = `
  UPDATE channel_health SET refused_in_a_row = 0
  WHERE council_id = current_council() AND channel = $1 AND refused_in_a_row > 0 RETURNING paused_at IS NOT NULL AS "isPaused"`;
const CLAIM_TRIAL = `
  UPDATE channel_health SET trial_at = $3 WHERE council_id = current_council() AND channel = $1 AND paused_at IS NOT NULL AND trial_at <= $2`;
const FORGET = 'DELETE FROM channel_health WHERE council_id = current_council() AND channel = $1';
/** Notices that failed because of wrong settings, before it was known that the settings were to blame. */
const REVIVE = `
  UPDATE notices n SET state = 'scheduled', due_at = $2, reason = NULL, settled_at = NULL, handed_over_at = NULL, combined_into = NULL, message_day = NULL,
    tried = array_remove(n.tried, $1), problem = '${CHANNEL_PAUSED}'
  FROM channel_health h
  WHERE h.council_id = current_council() AND h.channel = $1 AND n.council_id = current_council() AND n.state = 'failed' AND $1 = ANY (n.tried)
    AND n.settled_at >= $3::timestamptz - interval '1 day' AND n.settled_at > coalesce(h.taken_at, '-infinity')`;
const WAKE = `
  UPDATE notices SET due_at = $1 WHERE council_id = current_council() AND state = 'scheduled' AND problem = '${CHANNEL_PAUSED}' AND due_at > $1`;

/** The SQL that keeps how well each channel of a council works. */
@Injectable()
export class ChannelHealthRepository {
  read(tx: Tx): Promise<StoredHealth[]> {
    return tx.query<StoredHealth>(READ);
  }

  /** Returns the locked row of a channel, and makes it where there is none yet. */
  async lock(tx: Tx, channel: SendingChannel): Promise<StoredHealth> {
    const present = await tx.one<StoredHealth>(LOCK, [channel]);
    if (present) return present;
    await tx.execute(BEGIN, [channel]);
    return tx.row<StoredHealth>(LOCK, [channel]);
  }

  /** `takenAt`: when the provider took a message; null when it took none. */
  async write(
    tx: Tx,
    { channel, isProven, refusedInARow, pausedAt, pauseCount, trialAt, problem }: StoredHealth,
    takenAt: Date | null,
  ): Promise<void> {
    await tx.execute(WRITE, [channel, isProven, refusedInARow, pausedAt, trialAt, problem, takenAt, pauseCount]);
  }

  /** A message was taken, so the refusals before it are no longer in a row. Returns whether the channel was paused because of them. */
  async endRow(tx: Tx, channel: SendingChannel): Promise<boolean> {
    return (await tx.one<{ isPaused: boolean }>(END_ROW, [channel]))?.isPaused === true;
  }

  /** Returns whether this message may try the paused channel now. If so, no other may before `next`. */
  async claimTrial(tx: Tx, channel: SendingChannel, now: Date, next: Date): Promise<boolean> {
    return (await tx.execute(CLAIM_TRIAL, [channel, now, next])) === 1;
  }

  /** Forgets what is known of a channel whose settings have changed. */
  async forget(tx: Tx, channel: SendingChannel): Promise<void> {
    await tx.execute(FORGET, [channel]);
  }

  /** Lets notices that failed because of the settings wait again, until `due`. */
  async revive(tx: Tx, channel: SendingChannel, due: Date, now: Date): Promise<void> {
    await tx.execute(REVIVE, [channel, due, now]);
  }

  /** Makes every notice that waits for a channel due now. */
  async wake(tx: Tx, now: Date): Promise<void> {
    await tx.execute(WAKE, [now]);
  }
}
