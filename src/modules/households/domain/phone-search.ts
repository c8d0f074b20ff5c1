import { normalisePhone } from '../../../shared/phone.js';
import { plainForm } from '../../../shared/plain-text.js';

const FEWEST_DIGITS = 4;
/** The beginnings of French numbers, without their zero, that have another country code than +33. */
const OVERSEAS: readonly (readonly [RegExp, string])[] = [
  [/^(590|690|691)/, '590'],
  [/^(594|694)/, '594'],
  [/^(596|696|697)/, '596'],
  [/^(262|269|639|692|693)/, '262'],
];

/**
 * Returns `LIKE` patterns of the digits of stored numbers, when somebody searches for a telephone number in any form, or for four or more
 * digits of one; an empty list when the text is no number. A number that begins with 0 is the beginning of a French number.
 */
export function phonePatterns(q: string): string[] {
  const typed = plainForm(q);
  const digits = typed.replace(/\D/g, '');
  if (!/^[+\d\s().,/-]+$/.test(typed) || digits.length < FEWEST_DIGITS) return [];
  const whole = normalisePhone(typed);
  if (whole !== null) return [whole.slice(1)];
  if (typed.startsWith('+') || digits.startsWith('00'))
    return [`${digits.replace(/^00/, '')}%`].filter((pattern) => pattern.length >= FEWEST_DIGITS + 1);
  if (!digits.startsWith('0')) return [`%${digits}%`];
  const national = digits.slice(1);
  const overseas = OVERSEAS.flatMap(([start, code]) => (start.test(national) ? [`${code}${national}%`] : []));
  return [`33${national}%`, ...overseas];
}
