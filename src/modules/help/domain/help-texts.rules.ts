import type { Fault } from '../../../shared/denial.js';
import { TEXT_LANGUAGES, type TextLanguage } from '../../../shared/language.js';
import { listOf, membersOf, type Reader, textOr, wordOr } from '../../../shared/stored-json.js';
import { HELP_TOPICS, type HelpText } from './help-topics.js';
import { SHIPPED_HELP_TEXTS } from './shipped/index.js';

/** A text that families read; `isOwn` when the council wrote it. */
export interface HelpTextInUse extends HelpText {
  readonly isOwn: boolean;
}

/** The texts of a language that families of a council read: its own, and the shipped ones where it has none. */
export function helpTextsIn(language: TextLanguage, own: readonly HelpText[]): HelpTextInUse[] {
  return HELP_TOPICS.map((topic) => {
    const found = own.find((each) => each.topic === topic && each.language === language);
    return { topic, language, text: found?.text ?? SHIPPED_HELP_TEXTS[language][topic], isOwn: found !== undefined };
  });
}

/** The same in every language. */
export const allHelpTexts = (own: readonly HelpText[]): HelpTextInUse[] => TEXT_LANGUAGES.flatMap((language) => helpTextsIn(language, own));

/** The paragraphs of a text. */
export const paragraphsOf = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '');

/** What is wrong with a council's texts: one topic has one text in a language. */
export function helpTextFaults(texts: readonly Pick<HelpText, 'topic' | 'language'>[]): Fault[] {
  return texts.flatMap(({ topic, language }, index) =>
    texts.slice(0, index).some((earlier) => earlier.topic === topic && earlier.language === language)
      ? [{ pointer: `/texts/${index}`, code: 'DUPLICATE', message: 'must not be about the topic of a text before it in the same language' }]
      : [],
  );
}

const storedHelpText: Reader<HelpText | null> = (stored) => {
  const members = membersOf(stored);
  const topic = wordOr(HELP_TOPICS, null)(members['topic']);
  const language = wordOr(TEXT_LANGUAGES, null)(members['language']);
  const text = textOr('')(members['text']).trim();
  return topic === null || language === null || text === '' ? null : { topic, language, text };
};

/** Reads stored texts. One that says nothing, or is about nothing that is shown, is left out, and what was shipped holds. */
export const storedHelpTexts: Reader<HelpText[]> = listOf(storedHelpText);
