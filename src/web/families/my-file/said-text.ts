import { cleanText, hasControls } from '../../../shared/plain-text.js';
import { type Fields, textIn } from '../../parts/forms.js';
import type { MyFileKey } from './texts/texts.js';

/** The most characters that somebody may write about one thing, as in the API. */
export const MOST_TEXT = 2000;
/** The same of a number that others gave, such as that of a police report. */
export const MOST_NUMBER = 100;

export type WrongKey = Extract<MyFileKey, 'CHOOSE' | 'EMPTY' | 'LONG' | 'SIGNS'>;

interface TextRule {
  readonly most: number;
  readonly isOptional?: boolean;
}

/** What somebody wrote in a field as it is stored, null where nothing; and what is wrong with it. */
export function saidText(fields: Fields, name: string, { most, isOptional = false }: TextRule): { text: string | null; wrong?: WrongKey } {
  const text = cleanText(textIn(fields, name));
  if (text === '') return isOptional ? { text: null } : { text: null, wrong: 'EMPTY' };
  if ([...text].length > most || text.length > most) return { text: null, wrong: 'LONG' };
  return hasControls(text) ? { text: null, wrong: 'SIGNS' } : { text };
}
