import type { Texts } from './messages.js';

type Key = 'language' | 'wrong';

export const LAYOUT_TEXTS: Texts<Key> = {
  fr: { language: 'Langue', wrong: 'À corriger' },
  en: { language: 'Language', wrong: 'To correct' },
  ar: { language: 'اللغة', wrong: 'يجب التصحيح' },
  tr: { language: 'Dil', wrong: 'Düzeltin' },
  pt: { language: 'Língua', wrong: 'A corrigir' },
  uk: { language: 'Мова', wrong: 'Виправте' },
  ro: { language: 'Limba', wrong: 'De corectat' },
  es: { language: 'Idioma', wrong: 'Por corregir' },
};

/** Each language by its own name, so that whoever reads only that one finds it. */
export const LANGUAGE_NAMES = {
  fr: 'Français',
  en: 'English',
  ar: 'العربية',
  tr: 'Türkçe',
  pt: 'Português',
  uk: 'Українська',
  ro: 'Română',
  es: 'Español',
} as const;
