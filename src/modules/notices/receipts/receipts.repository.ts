import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { isUuid } from '../../../shared/ids.js';
import type { Channel } from '../domain/channels.js';

/** A message that left: the notice by which it was handed over. */
export interface LeftMessage {
  readonly headId: string;
  readonly householdId: string;
  readonly contactId: string;
  /** Of the number or the address that it went to; null for those that left before it was kept. */
  readonly addressHash: string | null;
}

/** What a receipt says of a message. */
export interface MessageReceipt {
  readonly messageId: string;
  readonly arrived: boolean;
}

/** Whoever hears of a message and whoever records that it left wait for each other. */
const LOCK = `
  SELECT pg_advisory_xact_lock(hashtextextended('sms receipt ' || current_council() || ' ' || m.id, 0)) FROM unnest($1::text[]) AS m (id) ORDER BY m.id`;
const REMEMBER = `
  INSERT INTO sms_receipts (council_id, id, received_at, message_id, arrived) VALUES (current_council(), $1, $2, $3, $4) ON CONFLICT DO NOTHING`;
/** The last word counts. */
const EARLY = `
  SELECT r.message_id AS "messageId", r.arrived FROM sms_receipts r
  WHERE r.council_id = current_council() AND r.message_id = ANY ($1::text[]) ORDER BY r.ordinal DESC LIMIT 1`;
/** By the gateway's id of it ($1) or by ours ($2); what is left of a message names the first of it, which may have been dropped. */
const SENT = `
  SELECT coalesce(n.combined_into, n.id) AS "headId", n.household_id AS "householdId", n.contact_id AS "contactId", n.address_hash AS "addressHash"
  FROM notices n
  WHERE n.council_id = current_council() AND (n.provider_id = $1 OR n.id = $2 OR n.combined_into = $2) AND n.channel = 'sms' AND n.state IN ('sent', 'delivered')
  ORDER BY n.combined_into NULLS FIRST LIMIT 1`;
const CONFIRM = `
  UPDATE notices n SET state = 'delivered'
  WHERE n.council_id = current_council() AND (n.id = $1 OR n.combined_into = $1) AND n.state = 'sent' AND n.channel = 'sms'`;
/** What is left of a message names the first of it, which may have been dropped. A report of it may come more than once. */
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

/** What gateways say of messages. */
@Injectable()
export class ReceiptsRepository {
  /** Held to the end of the transaction: of these messages nobody hears meanwhile. */
  async lock(tx: Tx, messageIds: readonly string[]): Promise<void> {
    await tx.query(LOCK, [messageIds]);
  }

  /** False for a receipt that came before; those of yesterday are past their window, and forgotten. `early`: of a message that is not known to have left. */
  async remember(tx: Tx, id: string, early: MessageReceipt | null, now: Date): Promise<boolean> {
    await tx.execute(FORGET, [now]);
    return (await tx.execute(REMEMBER, [id, now, early?.messageId ?? null, early?.arrived ?? null])) === 1;
  }

  /** What was said of a message before it was known to have left, by any of its ids. */
  early(tx: Tx, messageIds: readonly string[]): Promise<MessageReceipt | null> {
    return tx.one<MessageReceipt>(EARLY, [messageIds]);
  }

  sent(tx: Tx, messageId: string): Promise<LeftMessage | null> {
    return tx.one<LeftMessage>(SENT, [messageId, isUuid(messageId) ? messageId : null]);
  }

  async confirm(tx: Tx, headId: string): Promise<void> {
    await tx.execute(CONFIRM, [headId]);
  }

  /** An e-mail by its Message-ID, locked, and what became of it; null where there is no such message. */
  mailed(tx: Tx, messageId: string): Promise<(LeftMessage & { readonly isOut: boolean; readonly hasBounced: boolean }) | null> {
    return tx.one<LeftMessage & { readonly isOut: boolean; readonly hasBounced: boolean }>(MAILED, [messageId]);
  }

  /** It did not arrive: the whole message is to be sent by the next channel. */
  async fallBack(tx: Tx, headId: string, channel: Channel, problem: string, now: Date): Promise<void> {
    await tx.execute(FALL_BACK, [headId, channel, now, problem]);
  }
}
