/** How a notice can reach a person; a letter goes to a print queue for staff. */
export const CHANNELS = ['sms', 'email', 'letter'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What one person reads; only an e-mail and a letter have a subject. */
export interface NoticeText {
  readonly subject: string | null;
  readonly body: string;
}
