import { type CountryCode, type PhoneNumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { plainForm } from './plain-text.js';

/** One numbering plan with several calling codes: a family in La Réunion (RE, with Mayotte) writes 0692…, not +262 692…. */
const DIALLED_AS: Partial<Record<CountryCode, readonly CountryCode[]>> = { FR: ['FR', 'GP', 'GF', 'MQ', 'RE'] };

/**
 * Types of numbers that no family has: the caller pays for them, or they belong to services. Short numbers (15, 3949) cannot be dialled
 * from abroad and have no type.
 */
const OF_SERVICES: ReadonlySet<PhoneNumberType | undefined> = new Set<PhoneNumberType>([
  'PREMIUM_RATE',
  'SHARED_COST',
  'TOLL_FREE',
  'UAN',
  'PAGER',
  'VOICEMAIL',
]);
const isOfAPerson = (type: PhoneNumberType | undefined): boolean => !OF_SERVICES.has(type);

/**
 * The mobile numbers that ARCEP keeps for films and demonstrations (06 39 98 00 00 to 06 39 98 99 99). Nobody has one and nobody will, and the
 * library knows them as numbers that cannot exist.
 */
const OF_FICTION = /^\+3363998\d{4}$/;

/**
 * Whether an SMS may reach a number in E.164. Where mobile numbers cannot be told from others, as in North America, every number may be
 * reached.
 */
export function takesSms(phone: string): boolean {
  if (OF_FICTION.test(phone)) return true;
  const type = parsePhoneNumberFromString(phone)?.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}

/** A number in E.164 as people read it: a French one as it is dialled in France (`01 39 33 44 55`), others with their country. */
export function phoneInFigures(phone: string): string {
  const number = parsePhoneNumberFromString(phone);
  if (!number) return phone;
  const isFrench = (DIALLED_AS.FR ?? []).some((country) => country === number.country);
  return isFrench ? number.formatNational() : number.formatInternational();
}

/**
 * A phone number in E.164 (`+33612345678`), or null if no such number can exist in its country. A text without `+` or `00` is read as a
 * number of the default country. A number with an extension is refused, because E.164 has no place for it.
 */
export function normalisePhone(text: string, defaultCountry: CountryCode = 'FR'): string | null {
  for (const country of DIALLED_AS[defaultCountry] ?? [defaultCountry]) {
    const phone = parsePhoneNumberFromString(plainForm(text), { defaultCountry: country, extract: false });
    if (!phone || phone.ext) continue;
    if (OF_FICTION.test(phone.number) || (phone.isValid() && isOfAPerson(phone.getType()))) return phone.number;
  }
  return null;
}
