import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/index.js';

// Reads contacts beside the tables of this module.

/** A message that left as SMS: the notice by which it was handed over. */
export interface SentSms {
  readonly headId: string;
  readonly householdId: string;
  readonly contactId: string;
  readonly phone: string | null;
}

const REMEMBER = 'INSERT INTO sms_receipts (council_id, id, received_at) VALUES (current_council(), $1, $2) ON CONFLICT DO NOTHING';
/** By the gateway's id of it or by ours; the first of a message has both. */
const SENT = `
  SELECT coalesce(n.combined_into, n.id) AS "headId", n.household_id AS "householdId", n.contact_id AS "contactId", p.phone
  FROM notices n LEFT JOIN contacts p ON p.council_id = n.council_id AND p.id = n.contact_id
  WHERE n.council_id = current_council() AND (n.provider_id = $1 OR n.id::text = $1) AND n.channel = 'sms' AND n.state IN ('sent', 'delivered')
  ORDER BY n.combined_into NULLS FIRST LIMIT 1`;
const CONFIRM = `
  UPDATE notices n SET state = 'delivered' WHERE n.council_id = current_council() AND (n.id = $1 OR n.combined_into = $1) AND n.state = 'sent'`;
const FALL_BACK = `
  UPDATE notices n SET state = 'sending', tried = n.tried || '{sms}', channel = NULL, provider_id = NULL, settled_at = NULL, handed_over_at = $2
  WHERE n.council_id = current_council() AND (n.id = $1 OR n.combined_into = $1) AND n.state IN ('sent', 'delivered') AND n.channel = 'sms'`;
const FORGET = `DELETE FROM sms_receipts WHERE council_id = current_council() AND received_at < $1::timestamptz - interval '1 day'`;

/** What gateways say of messages. */
@Injectable()
export class ReceiptsRepository {
  /** False for a receipt that came before; those of yesterday are past their window, and forgotten. */
  async remember(tx: Tx, id: string, now: Date): Promise<boolean> {
    await tx.execute(FORGET, [now]);
    return (await tx.execute(REMEMBER, [id, now])) === 1;
  }

  sent(tx: Tx, messageId: string): Promise<SentSms | null> {
    return tx.one<SentSms & Record<string, unknown>>(SENT, [messageId]);
  }

  async confirm(tx: Tx, headId: string): Promise<void> {
    await tx.execute(CONFIRM, [headId]);
  }

  /** It did not arrive: the whole message is to be sent by the next channel. */
  async fallBack(tx: Tx, headId: string, now: Date): Promise<void> {
    await tx.execute(FALL_BACK, [headId, now]);
  }
}
