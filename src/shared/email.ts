import { cleanText, hasForbiddenCharacters, withoutUnseen } from './plain-text.js';

const LONGEST = 254;
const LONGEST_NAME = 64;
const LONGEST_LABEL = 63;
/** The dot-atom of RFC 5322, with the letters of RFC 6531. Quoted local parts are refused, because line breaks could hide in them. */
const NAME = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;
const LAST_LABEL = /^([\p{L}\p{M}]{2,}|xn--[a-z\d-]{2,})$/iu;
const FULL_WIDTH = /[\uFF01-\uFF5E]/;

/** An e-mail address as it is stored, without invisible characters. */
export function cleanEmail(text: string): string {
  return cleanText(withoutUnseen(text));
}

/** Whether a text is one plain e-mail address with a public host name. Fields, files and settings all use this rule. */
export function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [name, host] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 1 || text.length > LONGEST || name.length > LONGEST_NAME || FULL_WIDTH.test(text) || hasForbiddenCharacters(text)) return false;
  const labels = host.split('.');
  const areLabels = labels.length > 1 && labels.every((label) => label.length <= LONGEST_LABEL && LABEL.test(label));
  return NAME.test(name) && areLabels && LAST_LABEL.test(labels.at(-1) ?? '');
}
