import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Channel } from '../domain/channels.js';
import type { TriggerName } from '../domain/triggers.js';

/** Names a text: its trigger, channel and language. */
export interface TemplateKey {
  readonly trigger: TriggerName;
  readonly channel: Channel;
  readonly language: string;
}

export interface TemplateText {
  readonly subject: string | null;
  readonly body: string;
}

export interface StoredTemplate extends TemplateKey, TemplateText {
  readonly version: number;
  readonly updatedAt: Date;
}

const COLUMNS = 'trigger, channel, language, subject, body, version, updated_at AS "updatedAt"';
const READ = `SELECT ${COLUMNS} FROM notice_templates WHERE council_id = current_council() AND trigger = $1 AND channel = $2 AND language = $3`;
const LOCK = `${READ} FOR UPDATE`;
const LIST = `SELECT ${COLUMNS} FROM notice_templates WHERE council_id = current_council() ORDER BY trigger, channel, language`;
const INSERT = `
  INSERT INTO notice_templates (council_id, trigger, channel, language, subject, body, updated_at)
  VALUES (current_council(), $1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`;
const REPLACE = `
  UPDATE notice_templates SET subject = $4, body = $5, version = version + 1, updated_at = $6
  WHERE council_id = current_council() AND trigger = $1 AND channel = $2 AND language = $3`;

/** The SQL of the texts that councils write. */
@Injectable()
export class NoticeTemplatesRepository {
  find(tx: Tx, { trigger, channel, language }: TemplateKey): Promise<StoredTemplate | null> {
    return tx.one<StoredTemplate>(READ, [trigger, channel, language]);
  }

  lock(tx: Tx, { trigger, channel, language }: TemplateKey): Promise<StoredTemplate | null> {
    return tx.one<StoredTemplate>(LOCK, [trigger, channel, language]);
  }

  list(tx: Tx): Promise<StoredTemplate[]> {
    return tx.query<StoredTemplate>(LIST);
  }

  /** Writes the first text for a key; returns false when somebody else was quicker. */
  async insert(tx: Tx, { trigger, channel, language }: TemplateKey, { subject, body }: TemplateText, now: Date): Promise<boolean> {
    return (await tx.execute(INSERT, [trigger, channel, language, subject, body, now])) === 1;
  }

  async replace(tx: Tx, { trigger, channel, language }: TemplateKey, { subject, body }: TemplateText, now: Date): Promise<void> {
    await tx.execute(REPLACE, [trigger, channel, language, subject, body, now]);
  }
}
