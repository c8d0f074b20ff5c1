import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Settings } from '../config/settings.js';
import { Transactions } from '../database/index.js';

export interface Message {
  readonly councilId: string;
  readonly channel: 'email' | 'sms';
  /** Always the same for the same message. */
  readonly id: string;
  /** The phone number or the address. */
  readonly to: string;
  /** Language of the text, such as `fr`. */
  readonly language: string;
  /** An SMS has none. */
  readonly subject: string | null;
  readonly text: string;
}

export interface ShownMessage extends Message {
  /** Greater than those of all that left before it. */
  readonly number: number;
  readonly leftAt: Date;
  /** More than once where the process died between its leaving and the record of that. */
  readonly times: number;
}

/** Of each council, until the next one leaves: of several that leave at once none sees the others. */
export const MOST_KEPT = 500;

const KEEP = `
  INSERT INTO shown_messages (council_id, channel, id, recipient, language, subject, body, left_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (council_id, channel, id) DO UPDATE SET times = shown_messages.times + 1`;
const FORGET = `
  DELETE FROM shown_messages WHERE council_id = current_council() AND number <= (
    SELECT number FROM shown_messages WHERE council_id = current_council() ORDER BY number DESC OFFSET ${MOST_KEPT} LIMIT 1)`;
const COUNCILS = 'SELECT id FROM councils';
/** No number is as great. */
const AFTER_ALL = 2_147_483_647;
const NEWEST = `
  SELECT council_id AS "councilId", channel, id, number, recipient AS "to", language, subject, body AS text, left_at AS "leftAt", times
  FROM shown_messages WHERE council_id = current_council() AND number < $1 ORDER BY number DESC LIMIT $2`;

/**
 * Where messages go that nothing is set up to send, while the program is developed or tried out: they are kept, the newest few, and shown.
 * Row-level security holds for them as for all that is written to families, so each council is asked by itself.
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

  /** Resolves once it is kept; one of the same id is counted, and kept once. */
  async keep({ councilId, channel, id, to, language, subject, text }: Message): Promise<void> {
    if (!this.isOn) throw new Error('SHOW_MESSAGES is not true');
    await this.transactions.write(councilId, async (tx) => {
      await tx.execute(KEEP, [channel, id, to, language, subject, text, this.clock.now()]);
      await tx.execute(FORGET);
    });
  }

  /** The newest of all councils, the last to come first; those before the one of that number, if one is given. */
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
