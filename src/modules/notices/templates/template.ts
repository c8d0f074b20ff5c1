import type { Channel } from '../domain/channels.js';
import type { TriggerName } from '../domain/triggers.js';

/** The text of one notice in ICU MessageFormat, without greeting and signature, which are in the frame. */
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
 * The text around the notices of one message: greeting and signature. `{text}` stands for the notices. Its subject is that of a message with
 * several notices; a single notice has its own.
 */
export interface Frame {
  readonly channel: Channel;
  readonly language: string;
  readonly subject: string | null;
  readonly body: string;
}
