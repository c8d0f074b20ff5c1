import { arabic } from './ar.js';
import { english } from './en.js';
import { spanish } from './es.js';
import { french } from './fr.js';
import { portuguese } from './pt.js';
import { romanian } from './ro.js';
import { turkish } from './tr.js';
import { ukrainian } from './uk.js';
import type { Texts } from '../../../parts/messages.js';
import type { RequestKey } from './texts.js';

export type { RequestKey };

export const REQUEST_TEXTS: Texts<RequestKey> = {
  fr: french,
  en: english,
  ar: arabic,
  tr: turkish,
  pt: portuguese,
  uk: ukrainian,
  ro: romanian,
  es: spanish,
};
