import { isTimeZone } from '../../../shared/day.js';
import type { Fault } from '../../../shared/denial.js';
import { isLanguageTag } from '../../../shared/language.js';
import { hasForbiddenCharacters } from '../../../shared/plain-text.js';

/** What is wrong with a list of languages: each must be a language tag, and none may appear twice. */
export function languagesFaults(languages: readonly string[]): Fault[] {
  return languages.flatMap((language, index) => {
    const pointer = `/languages/${index}`;
    if (!isLanguageTag(language)) return [{ pointer, code: 'INVALID', message: 'must be a language tag such as fr' }];
    return languages.indexOf(language) < index ? [{ pointer, code: 'DUPLICATE', message: 'is named twice' }] : [];
  });
}

/** A council as the operator describes it. */
export interface NewCouncil {
  /** Part of addresses of pages, so it is plain: 1 to 40 letters, digits, `-`, `_` or `.`. */
  readonly code: string;
  readonly name: string;
  readonly timeZone: string;
  readonly locale: string;
}

/** What is wrong with the values of a new council. */
export function councilFaults({ code, name, timeZone, locale }: NewCouncil): Fault[] {
  const rules: [pointer: string, holds: boolean, message: string][] = [
    ['/code', /^[A-Za-z0-9][\w.-]{0,39}$/.test(code), 'must be 1 to 40 letters, digits, "-", "_" or "."'],
    ['/name', name.length >= 1 && name.length <= 200 && !hasForbiddenCharacters(name), 'must be 1 to 200 characters of plain text'],
    ['/timeZone', isTimeZone(timeZone), 'must be a time zone such as Europe/Paris'],
    ['/locale', isLanguageTag(locale), 'must be a language tag such as fr'],
  ];
  return rules.flatMap(([pointer, holds, message]) => (holds ? [] : [{ pointer, code: 'INVALID', message }]));
}
