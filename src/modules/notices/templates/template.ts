import type { Channel } from '../domain/channels.js';
import type { TriggerName } from '../domain/triggers.js';

/** The words of one notice in ICU MessageFormat: what it has to say, without greeting and signature, which the frame has. */
export interface Template<Name extends TriggerName = TriggerName> {
  readonly trigger: Name;
  readonly channel: Channel;
  /** A language tag. */
  readonly language: string;
  /** Null for an SMS. */
  readonly subject: string | null;
  readonly body: string;
}

/**
 * What stands around the texts of one message in one language: who writes to whom, about which file. `{text}` stands for the texts; the
 * subject is that of a message with several, as one alone has its own.
 */
export interface Frame {
  readonly channel: Channel;
  readonly language: string;
  readonly subject: string | null;
  readonly body: string;
}
