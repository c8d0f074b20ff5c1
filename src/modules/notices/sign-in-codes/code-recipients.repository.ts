import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

// Reads contacts of households, councils, and the gateway of this module.

/** To whom a code goes, and who sends it. */
export interface CodeRecipient {
  readonly phone: string | null;
  readonly email: string | null;
  readonly language: string | null;
  readonly councilName: string;
  readonly councilLanguages: readonly string[];
  /** Encrypted; null when the council has none. */
  readonly smsGateway: string | null;
}

const RECIPIENT = `
  SELECT k.phone, k.email, k.language, c.name AS "councilName", c.languages AS "councilLanguages",
    (SELECT g.sealed FROM sms_gateways g WHERE g.council_id = k.council_id) AS "smsGateway"
  FROM contacts k JOIN councils c ON c.id = k.council_id
  WHERE k.council_id = current_council() AND k.id = $1 AND c.open_to_families`;

@Injectable()
export class CodeRecipientsRepository {
  /** Null when the contact has gone, or the council has closed to families. */
  find(tx: Tx, contactId: string): Promise<CodeRecipient | null> {
    return tx.one<CodeRecipient>(RECIPIENT, [contactId]);
  }
}
