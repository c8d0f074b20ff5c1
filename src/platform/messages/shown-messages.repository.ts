import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Settings } from '../config/settings.js';
import { Transactions } from '../database/index.js';

export interface Message {
  readonly councilId: string;
  readonly channel: 'email' | 'sms';
  /** The same for every attempt to send the same message. */
  readonly id: string;
  /** The phone number or the e-mail address. */
  readonly to: string;
  /** The language of the text, such as `fr`. */
  readonly language: string;
  /** Null for an SMS. */
  readonly subject: string | null;
  readonly text: string;
}

export interface ShownMessage extends Message {
  /** Greater than the numbers of all messages before it. */
  readonly number: number;
  readonly leftAt: Date;
  /** More than 1 when the process died between sending the message and recording that. */
  readonly times: number;
}

/**
 * The most messages that are kept of each council. There can be a few more until the next one is sent, since messages that are sent at the
 * same time do not see each other.
 */
export const MOST_KEPT = 500;

const KEEP = `
  INSERT INTO shown_messages (council_id, channel, id, recipient, language, subject, body, left_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (council_id, channel, id) DO UPDATE SET times = shown_messages.times + 1`;
const FORGET = `
  DELETE FROM shown_messages WHERE council_id = current_council() AND number <= (
    SELECT number FROM shown_messages WHERE council_id = current_council() ORDER BY number DESC OFFSET ${MOST_KEPT} LIMIT 1)`;
const COUNCILS = 'SELECT id FROM councils';
/** Greater than every number of a message. */
const AFTER_ALL = 2_147_483_647;
const NEWEST = `
  SELECT council_id AS "councilId", channel, id, number, recipient AS "to", language, subject, body AS text, left_at AS "leftAt", times
  FROM shown_messages WHERE council_id = current_council() AND number < $1 ORDER BY number DESC LIMIT $2`;

/**
 * Stores the messages that nothing is configured to send, while the program is developed or tried out. The newest are kept and shown.
 * Row-level security holds for them as for everything that is written to families, so each council is read in its own transaction.
 */
@Injectable()
export class ShownMessagesRepository {
  constructor(
    private readonly settings: Settings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  get isOn(): boolean {
    return this.settings.showMessages;
  }

  /** Resolves once the message is stored. If one with the same id is stored already, its count goes up. */
  async keep({ councilId, channel, id, to, language, subject, text }: Message): Promise<void> {
    if (!this.isOn) throw new Error('SHOW_MESSAGES is not true');
    await this.transactions.write(councilId, async (tx) => {
      await tx.execute(KEEP, [channel, id, to, language, subject, text, this.clock.now()]);
      await tx.execute(FORGET);
    });
  }

  /** The newest messages of all councils, the newest first; only those before the message with the number `before`, if one is given. */
  async newest(limit: number, before: number | null): Promise<ShownMessage[]> {
    const councils = await this.transactions.system((tx) => tx.query<{ id: string }>(COUNCILS));
    const ofEach = await Promise.all(
      councils.map(({ id }) => this.transactions.tenantRead<ShownMessage>(id, NEWEST, [before ?? AFTER_ALL, limit])),
    );
    return ofEach
      .flat()
      .sort((one, other) => other.number - one.number)
      .slice(0, limit);
  }
}
