import type { Channel } from '../domain/channels.js';
import type { TriggerName } from '../domain/triggers.js';
import { type TextLanguage, textLanguageOf } from '../../../shared/language.js';
import type { Frame, Template } from './template.js';
import { arabic } from './texts/ar.js';
import { english } from './texts/en.js';
import { french } from './texts/fr.js';
import { portuguese } from './texts/pt.js';
import { romanian } from './texts/ro.js';
import { spanish } from './texts/es.js';
import type { LanguageTexts } from './texts/texts.js';
import { turkish } from './texts/tr.js';
import { ukrainian } from './texts/uk.js';

const TEXTS: Readonly<Record<TextLanguage, LanguageTexts>> = {
  fr: french,
  en: english,
  ar: arabic,
  tr: turkish,
  pt: portuguese,
  uk: ukrainian,
  ro: romanian,
  es: spanish,
};

/** Returns the text that Passerelle ships; null in a language in which it has none. A letter has the text of the e-mail. */
export function shippedTemplate<Name extends TriggerName>(trigger: Name, channel: Channel, language: string): Template<Name> | null {
  const texts = textsIn(language);
  if (!texts) return null;
  const { sms, subject, body } = texts.notices[trigger];
  return { trigger, channel, language, ...(channel === 'sms' ? { subject: null, body: sms } : { subject, body }) };
}

/** Returns the frame that Passerelle ships; in a language without texts, a frame without words. */
export function shippedFrame(channel: Channel, language: string): Frame {
  return { channel, language, ...(textsIn(language)?.frames ?? FRAMES_WITHOUT_WORDS)[channel] };
}

/** Returns the word for a choice; null when the language has none. */
export function wordFor(language: string, variable: string, choice: string): string | null {
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { ...textsIn(language)?.words };
  return words[variable]?.[choice] ?? null;
}

/** Returns the word that stands before a household's reference; empty when the language has none. */
export function fileWord(language: string): string {
  return textsIn(language)?.file ?? '';
}

function textsIn(language: string): LanguageTexts | null {
  const shipped = textLanguageOf(language);
  return shipped === null ? null : TEXTS[shipped];
}

const FRAMES_WITHOUT_WORDS: LanguageTexts['frames'] = {
  sms: { subject: null, body: '{councilName} ({reference}): {text}' },
  email: { subject: '{councilName}', body: '{contactName},\n\n{text}\n\n{reference}\n{councilName}' },
  letter: { subject: '{councilName}', body: '{contactName},\n\n{text}\n\n{councilName}' },
};
