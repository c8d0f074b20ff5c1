import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { isUuid } from '../../../shared/ids.js';
import type { Channel } from '../domain/channels.js';

/** A message that was sent. `headId` is the notice by which it was handed over. */
export interface SentMessage {
  readonly headId: string;
  readonly householdId: string;
  readonly contactId: string;
  /** The hash of the number or the address that it was sent to; null for messages from before this was stored. */
  readonly addressHash: string | null;
}

/** What a receipt says of a message. */
export interface MessageReceipt {
  readonly messageId: string;
  readonly arrived: boolean;
}

/** Whoever gets a receipt of a message and whoever records that it was sent wait for each other. */
const LOCK = `
  SELECT pg_advisory_xact_lock(hashtextextended('sms receipt ' || current_council() || ' ' || m.id, 0)) FROM unnest($1::text[]) AS m (id) ORDER BY m.id`;
const REMEMBER = `
  INSERT INTO sms_receipts (council_id, id, received_at, message_id, arrived) VALUES (current_council(), $1, $2, $3, $4) ON CONFLICT DO NOTHING`;
/** The latest receipt counts. */
const EARLY = `
  SELECT r.message_id AS "messageId", r.arrived FROM sms_receipts r
  WHERE r.council_id = current_council() AND r.message_id = ANY ($1::text[]) ORDER BY r.ordinal DESC LIMIT 1`;
/** Finds a message by the gateway's id ($1) or by ours ($2). The notices of a message name its first one, which may have been dropped. */
const SENT = `
  SELECT coalesce(n.combined_into, n.id) AS "headId", n.household_id AS "householdId", n.contact_id AS "contactId", n.address_hash AS "addressHash"
  FROM notices n
  WHERE n.council_id = current_council() AND (n.provider_id = $1 OR n.id = $2 OR n.combined_into = $2) AND n.channel = 'sms' AND n.state IN ('sent', 'delivered')
  ORDER BY n.combined_into NULLS FIRST LIMIT 1`;
const CONFIRM = `
  UPDATE notices n SET state = 'delivered'
  WHERE n.council_id = current_council() AND (n.id = $1 OR n.combined_into = $1) AND n.state = 'sent' AND n.channel = 'sms'`;
/** The notices of a message name its first one, which may have been dropped. A report may come more than once. */
const MAILED = `
  SELECT coalesce(n.combined_into, n.id) AS "headId", n.household_id AS "householdId", n.contact_id AS "contactId", n.address_hash AS "addressHash",
    n.state = 'sent' AND n.channel = 'email' AS "isOut", 'email' = ANY (n.tried) AS "hasBounced"
  FROM notices n
  WHERE n.council_id = current_council() AND (n.id = $1 OR n.combined_into = $1)
  ORDER BY "isOut" DESC, "hasBounced" DESC, n.combined_into NULLS FIRST LIMIT 1
  FOR UPDATE`;
const FALL_BACK = `
  UPDATE notices n
  SET state = 'sending', tried = array_append(n.tried, $2), channel = NULL, provider_id = NULL, settled_at = NULL, handed_over_at = $3, problem = $4
  WHERE n.council_id = current_council() AND (n.id = $1 OR n.combined_into = $1) AND n.state IN ('sent', 'delivered') AND n.channel = $2`;
const FORGET = `DELETE FROM sms_receipts WHERE council_id = current_council() AND received_at < $1::timestamptz - interval '1 day'`;

/** Stores receipts, and what follows from them for notices. */
@Injectable()
export class ReceiptsRepository {
  /** Locks these messages until the end of the transaction: nobody else takes a receipt of them meanwhile. */
  async lock(tx: Tx, messageIds: readonly string[]): Promise<void> {
    await tx.query(LOCK, [messageIds]);
  }

  /**
   * Stores that a receipt came; returns false when it came before. Receipts older than a day are deleted, as they are too old to be accepted
   * again. `early`: the content of a receipt whose message is not recorded yet.
   */
  async remember(tx: Tx, id: string, early: MessageReceipt | null, now: Date): Promise<boolean> {
    await tx.execute(FORGET, [now]);
    return (await tx.execute(REMEMBER, [id, now, early?.messageId ?? null, early?.arrived ?? null])) === 1;
  }

  /** Returns a receipt that came before its message was recorded, by any id of the message. */
  earlyReceipt(tx: Tx, messageIds: readonly string[]): Promise<MessageReceipt | null> {
    return tx.one<MessageReceipt>(EARLY, [messageIds]);
  }

  sentSms(tx: Tx, messageId: string): Promise<SentMessage | null> {
    return tx.one<SentMessage>(SENT, [messageId, isUuid(messageId) ? messageId : null]);
  }

  async confirm(tx: Tx, headId: string): Promise<void> {
    await tx.execute(CONFIRM, [headId]);
  }

  /**
   * Locks an e-mail and returns it by its Message-ID, with whether it counts as sent and whether it bounced before; null when there is no such
   * message.
   */
  sentEmail(tx: Tx, messageId: string): Promise<(SentMessage & { readonly isOut: boolean; readonly hasBounced: boolean }) | null> {
    return tx.one<SentMessage & { readonly isOut: boolean; readonly hasBounced: boolean }>(MAILED, [messageId]);
  }

  /** Lets the whole message be sent by the next channel, because it did not arrive. */
  async fallBack(tx: Tx, headId: string, channel: Channel, problem: string, now: Date): Promise<void> {
    await tx.execute(FALL_BACK, [headId, channel, now, problem]);
  }
}
