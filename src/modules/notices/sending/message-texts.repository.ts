import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Channel } from '../domain/channels.js';

/** What a family was told, word for word. */
export interface MessageText {
  readonly channel: Channel;
  /** BCP 47. */
  readonly language: string;
  readonly subject: string | null;
  readonly body: string;
}

const KEEP = `
  INSERT INTO message_texts (council_id, notice_id, channel, language, subject, body, kept_at)
  SELECT current_council(), g.notice_id, $2, g.language, g.subject, g.body, $6
  FROM unnest($1::uuid[], $3::text[], $4::text[], $5::text[]) AS g (notice_id, language, subject, body)
  ON CONFLICT (council_id, notice_id) DO UPDATE
    SET channel = excluded.channel, language = excluded.language, subject = excluded.subject, body = excluded.body, kept_at = excluded.kept_at`;
/** What was combined into one message has the text of that; what did not go with it has none. */
const OF_NOTICE = `
  SELECT t.channel, t.language, t.subject, t.body
  FROM notices n JOIN message_texts t ON t.council_id = n.council_id AND t.notice_id = coalesce(n.combined_into, n.id)
  WHERE n.council_id = current_council() AND n.id = $1 AND n.channel = t.channel AND n.state IN ('to_print', 'sent', 'printed', 'delivered')`;

/** The texts of messages: apart from what is known of them otherwise, so that they can be erased. */
@Injectable()
export class MessageTextsRepository {
  /** Of messages, by the id of the notice that each was handed over by; a letter whose file is made again is what was printed last. */
  async keep(
    tx: Tx,
    channel: Channel,
    messages: readonly (Omit<MessageText, 'channel'> & { readonly noticeId: string })[],
    now: Date,
  ): Promise<void> {
    if (messages.length === 0) return;
    await tx.execute(KEEP, [
      messages.map(({ noticeId }) => noticeId),
      channel,
      messages.map(({ language }) => language),
      messages.map(({ subject }) => subject),
      messages.map(({ body }) => body),
      now,
    ]);
  }

  /** Null: nothing has left, or the text was erased. */
  ofNotice(tx: Tx, noticeId: string): Promise<MessageText | null> {
    return tx.one<MessageText>(OF_NOTICE, [noticeId]);
  }
}
