import { normalisePhone } from '../../../shared/phone.js';
import { plainForm } from '../../../shared/plain-text.js';

const FEWEST_DIGITS = 4;
/** Beginnings of French numbers, without their zero, that belong to another code than +33. */
const OVERSEAS: readonly (readonly [RegExp, string])[] = [
  [/^(590|690|691)/, '590'],
  [/^(594|694)/, '594'],
  [/^(596|696|697)/, '596'],
  [/^(262|269|639|692|693)/, '262'],
];

/**
 * What the digits of a stored number look like (`LIKE`) where somebody seeks a telephone number, in whichever form, or a part of one of four
 * digits at least; none where it is not a number that is sought. One that begins with 0 is the beginning of a French number.
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
