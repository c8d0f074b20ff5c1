import type { TextLanguage } from '../../../shared/language.js';

/** What families ask about the equipment that they were lent, in the order in which it is shown. */
export const HELP_TOPICS = ['bring_it_back', 'does_not_start', 'no_network', 'charging'] as const;
export type HelpTopic = (typeof HELP_TOPICS)[number];

/** A text about one thing in one language: plain text, with an empty line between paragraphs. */
export interface HelpText {
  readonly topic: HelpTopic;
  readonly language: TextLanguage;
  readonly text: string;
}

/** The texts of one language. Plain words and short sentences, for a child of ten who reads them to its parents. */
export type HelpTextsOfLanguage = Readonly<Record<HelpTopic, string>>;

/** Parts with an empty line between them. */
export const paragraphs = (...parts: readonly string[]): string => parts.join('\n\n');
