import IntlMessageFormat from 'intl-messageformat';
import type { TextLanguage } from '../../shared/language.js';

/** The texts of a page in every language: a text that is missing in one of them does not compile. */
export type Texts<Key extends string> = Readonly<Record<TextLanguage, Readonly<Record<Key, string>>>>;

/** The values that a message names. */
export type Values = Readonly<Record<string, string | number>>;

/** Writes the text of a key. */
export type Say<Key extends string> = (key: Key, values?: Values) => string;

/** By language and text; the texts are those of the program, so they are no more than there are. */
const compiled = new Map<string, IntlMessageFormat>();

/** How a text with values is written in a language (ICU MessageFormat). A text without values is taken as it is. */
export function sayIn<Key extends string>(texts: Texts<Key>, language: TextLanguage): Say<Key> {
  return (key, values) => {
    const text = values === undefined ? texts[language][key] : written(texts[language][key], values, language);
    return typesetIn(language, text);
  };
}

/** In French no line begins with the sign that ends a question: the blank before it holds both together. */
export const typesetIn = (language: TextLanguage, text: string): string =>
  language === 'fr' ? text.replace(/ (?=[?!:;])/g, '\u00A0') : text;

function written(text: string, values: Values, language: TextLanguage): string {
  const name = `${language} ${text}`;
  let message = compiled.get(name);
  if (!message) {
    message = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    compiled.set(name, message);
  }
  return String(message.format(values));
}
