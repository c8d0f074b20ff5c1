import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { ChannelHealth } from '../domain/channel-health.rules.js';

/** By which messages leave at once; a letter waits for people. */
export const SENDING_CHANNELS = ['sms', 'email'] as const;
export type SendingChannel = (typeof SENDING_CHANNELS)[number];

export interface StoredHealth extends ChannelHealth {
  readonly channel: SendingChannel;
  /** When a message may try a paused channel. */
  readonly trialAt: Date | null;
  /** What the last refusal said. */
  readonly problem: string | null;
}

/** The problem of a notice that waits for a channel. */
export const CHANNEL_PAUSED = 'CHANNEL_PAUSED';

const HEALTH = `
  channel, is_proven AS "isProven", refused_in_a_row AS "refusedInARow", paused_at AS "pausedAt", trial_at AS "trialAt", problem`;
const READ = `SELECT ${HEALTH} FROM channel_health WHERE council_id = current_council()`;
const LOCK = `${READ} AND channel = $1 FOR UPDATE`;
const BEGIN = `
  INSERT INTO channel_health (council_id, channel, is_proven, refused_in_a_row) VALUES (current_council(), $1, false, 0)
  ON CONFLICT (council_id, channel) DO NOTHING`;
const WRITE = `
  UPDATE channel_health SET is_proven = $2, refused_in_a_row = $3, paused_at = $4, trial_at = $5, problem = $6, taken_at = coalesce($7, taken_at)
  WHERE council_id = current_council() AND channel = $1`;
const END_ROW = `
  UPDATE channel_health SET refused_in_a_row = 0
  WHERE council_id = current_council() AND channel = $1 AND refused_in_a_row > 0 RETURNING paused_at IS NOT NULL AS "isPaused"`;
const CLAIM_TRIAL = `
  UPDATE channel_health SET trial_at = $3 WHERE council_id = current_council() AND channel = $1 AND paused_at IS NOT NULL AND trial_at <= $2`;
const FORGET = 'DELETE FROM channel_health WHERE council_id = current_council() AND channel = $1';
/** Those that the settings had refused one after the other, before anybody knew that it was they. */
const REVIVE = `
  UPDATE notices n SET state = 'scheduled', due_at = $2, reason = NULL, settled_at = NULL, handed_over_at = NULL, combined_into = NULL, message_day = NULL,
    tried = array_remove(n.tried, $1), problem = '${CHANNEL_PAUSED}'
  FROM channel_health h
  WHERE h.council_id = current_council() AND h.channel = $1 AND n.council_id = current_council() AND n.state = 'failed' AND $1 = ANY (n.tried)
    AND n.settled_at >= $3::timestamptz - interval '1 day' AND n.settled_at > coalesce(h.taken_at, '-infinity')`;
const WAKE = `
  UPDATE notices SET due_at = $1 WHERE council_id = current_council() AND state = 'scheduled' AND problem = '${CHANNEL_PAUSED}' AND due_at > $1`;

/** The SQL of how sending goes. */
@Injectable()
export class ChannelHealthRepository {
  read(tx: Tx): Promise<StoredHealth[]> {
    return tx.query<StoredHealth>(READ);
  }

  /** Locked, begun where nothing is known of it yet. */
  async lock(tx: Tx, channel: SendingChannel): Promise<StoredHealth> {
    const present = await tx.one<StoredHealth>(LOCK, [channel]);
    if (present) return present;
    await tx.execute(BEGIN, [channel]);
    return tx.row<StoredHealth>(LOCK, [channel]);
  }

  /** `takenAt`: a message was taken then; null: none was. */
  async write(tx: Tx, { channel, isProven, refusedInARow, pausedAt, trialAt, problem }: StoredHealth, takenAt: Date | null): Promise<void> {
    await tx.execute(WRITE, [channel, isProven, refusedInARow, pausedAt, trialAt, problem, takenAt]);
  }

  /** One was taken between those that were refused: whether these have the channel paused. */
  async endRow(tx: Tx, channel: SendingChannel): Promise<boolean> {
    return (await tx.one<{ isPaused: boolean }>(END_ROW, [channel]))?.isPaused === true;
  }

  /** Whether this message may try the paused channel now; nobody else may before `next`. */
  async claimTrial(tx: Tx, channel: SendingChannel, now: Date, next: Date): Promise<boolean> {
    return (await tx.execute(CLAIM_TRIAL, [channel, now, next])) === 1;
  }

  /** Other settings hold: nothing is known of them. */
  async forget(tx: Tx, channel: SendingChannel): Promise<void> {
    await tx.execute(FORGET, [channel]);
  }

  /** What failed for the settings waits again, until `due`. */
  async revive(tx: Tx, channel: SendingChannel, due: Date, now: Date): Promise<void> {
    await tx.execute(REVIVE, [channel, due, now]);
  }

  /** What waits for a channel is due now. */
  async wake(tx: Tx, now: Date): Promise<void> {
    await tx.execute(WAKE, [now]);
  }
}
