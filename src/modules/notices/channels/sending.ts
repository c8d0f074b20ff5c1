import type { NoticeText } from '../domain/channels.js';

/** One message to one person by one channel. */
export interface Outgoing {
  /** Whose message it is. */
  readonly councilId: string;
  /** Stable: with it the provider, or the reader, recognises a message that is sent twice. */
  readonly id: string;
  /** The phone number or the address. */
  readonly to: string;
  readonly language: string;
  readonly text: NoticeText;
}

/** What the provider said: taken, or refused for good. What may succeed later is thrown as `NotNow`. */
export type SendingOutcome =
  | { readonly taken: true; readonly providerId: string | null }
  /** `addressDead`: nothing reaches the person there. */
  | { readonly taken: false; readonly addressDead: boolean; readonly problem: string };

/** Not sent, and worth another try. The code says why, without the data that providers quote in their messages. */
export class NotNow extends Error {
  constructor(readonly code: string) {
    super(code);
    this.name = 'NotNow';
  }
}
