import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { ADDRESS_HASH } from '../receipts/contact-marks.repository.js';
import type { Channel } from '../domain/channels.js';

// Reads contacts beside the tables of this module.

/**
 * Reads whether other persons of the household, who get the same notice at the same time, were told at an address ($3), or are about to be.
 */
const OF_OTHERS = `
  SELECT n.id, bool_or(m.state IN ('sent', 'delivered') AND m.channel = $2 AND m.address_hash = ${ADDRESS_HASH('n.council_id', '$3')}) AS "isTold",
    bool_or(m.state = 'sending' AND p.position < o.position AND lower(CASE $2 WHEN 'sms' THEN p.phone ELSE p.email END) = lower($3)) AS "isAhead"
  FROM notices n
  JOIN contacts o ON o.council_id = n.council_id AND o.household_id = n.household_id AND o.id = n.contact_id
  JOIN notices m ON m.council_id = n.council_id AND m.household_id = n.household_id AND m.contact_id <> n.contact_id AND m.trigger = n.trigger
    AND m.planned_at = n.planned_at AND m.slot = n.slot AND m.number = n.number AND m.about IS NOT DISTINCT FROM n.about AND m.resend_of IS NULL
    AND (m.line_id, m.offer_id, m.loan_id, m.incident_id) IS NOT DISTINCT FROM (n.line_id, n.offer_id, n.loan_id, n.incident_id)
  LEFT JOIN contacts p ON p.council_id = m.council_id AND p.household_id = m.household_id AND p.id = m.contact_id
  WHERE n.council_id = current_council() AND n.id = ANY ($1::uuid[]) AND n.resend_of IS NULL
  GROUP BY n.id`;

/** Whether other persons who share the address of a message were told there. */
export interface AddressSharing {
  /** Every notice of the message was told there. */
  readonly isTold: boolean;
  /** A person who stands earlier in the file is being told, and it is not known yet by which channel. */
  readonly isAhead: boolean;
}

/** Finds numbers and mailboxes that several persons of a household share. */
@Injectable()
export class SharedAddressesRepository {
  /** Returns how the notices of one message stand at an address. */
  async sharing(tx: Tx, ids: readonly string[], channel: Channel, address: string): Promise<AddressSharing> {
    const others = await tx.query<{ id: string; isTold: boolean | null; isAhead: boolean | null }>(OF_OTHERS, [ids, channel, address]);
    return {
      isTold: others.filter(({ isTold }) => isTold === true).length === ids.length,
      isAhead: others.some(({ isAhead }) => isAhead === true),
    };
  }
}
