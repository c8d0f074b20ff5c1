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
/** A notice that was combined into a message has the text of that message; a notice that did not go with it has none. */
const OF_NOTICE = `
  SELECT t.channel, t.language, t.subject, t.body
  FROM notices n JOIN message_texts t ON t.council_id = n.council_id AND t.notice_id = coalesce(n.combined_into, n.id)
  WHERE n.council_id = current_council() AND n.id = $1 AND n.channel = t.channel AND n.state IN ('to_print', 'sent', 'printed', 'delivered')`;

/** Stores the texts of messages, apart from everything else about them, so that they can be erased. */
@Injectable()
export class MessageTextsRepository {
  /**
   * Stores texts by the id of the notice by which each message was handed over. When the file of letters is made again, the new text replaces
   * the old one.
   */
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

  /** Returns null when nothing was sent, or when the text was erased. */
  ofNotice(tx: Tx, noticeId: string): Promise<MessageText | null> {
    return tx.one<MessageText>(OF_NOTICE, [noticeId]);
  }
}
