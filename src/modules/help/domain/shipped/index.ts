import type { TextLanguage } from '../../../../shared/language.js';
import type { HelpTextsOfLanguage } from '../help-topics.js';
import { arabic } from './ar.js';
import { english } from './en.js';
import { spanish } from './es.js';
import { french } from './fr.js';
import { portuguese } from './pt.js';
import { romanian } from './ro.js';
import { turkish } from './tr.js';
import { ukrainian } from './uk.js';

/** What Passerelle ships, written for what is lent most: laptops, tablets and 4G routers. */
export const SHIPPED_HELP_TEXTS: Readonly<Record<TextLanguage, HelpTextsOfLanguage>> = {
  fr: french,
  en: english,
  ar: arabic,
  tr: turkish,
  pt: portuguese,
  uk: ukrainian,
  ro: romanian,
  es: spanish,
};
