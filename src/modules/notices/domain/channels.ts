/** The ways to send a notice. A letter goes to a queue, and staff print it. */
export const CHANNELS = ['sms', 'email', 'letter'] as const;
export type Channel = (typeof CHANNELS)[number];

/** The text that one person reads. Only an e-mail and a letter have a subject. */
export interface NoticeText {
  readonly subject: string | null;
  readonly body: string;
}
