import type { NoticeText } from '../domain/channels.js';

/** One message to one person by one channel. */
export interface OutgoingMessage {
  /** The council that sends it. */
  readonly councilId: string;
  /** The same at every try, so that the provider or the reader can recognise a message that was sent twice. */
  readonly id: string;
  /** A phone number, or a mail address. */
  readonly to: string;
  readonly language: string;
  readonly text: NoticeText;
}

/** The answer of the provider: it took the message, or refused it for good. What may succeed later is thrown as `TransientFailure`. */
export type SendingOutcome =
  | { readonly taken: true; readonly providerId: string | null }
  /** `addressDead`: no message reaches anybody at that address. */
  | { readonly taken: false; readonly addressDead: boolean; readonly problem: string };

/**
 * The message was not sent, and another try may succeed. The code says why, without the personal data that providers quote in their messages.
 */
export class TransientFailure extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'TransientFailure';
  }
}
