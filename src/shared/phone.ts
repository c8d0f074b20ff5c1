import { type CountryCode, type PhoneNumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { plainForm } from './plain-text.js';

/** One numbering plan, several calling codes: a family of La Réunion (RE, with Mayotte) writes 0692…, not +262 692…. */
const DIALLED_AS: Partial<Record<CountryCode, readonly CountryCode[]>> = { FR: ['FR', 'GP', 'GF', 'MQ', 'RE'] };

/** Numbers that no family has: they cost whoever calls, or belong to services. Short numbers (15, 3949) are none that can be dialled from abroad. */
const OF_SERVICES: ReadonlySet<PhoneNumberType | undefined> = new Set<PhoneNumberType>([
  'PREMIUM_RATE',
  'SHARED_COST',
  'TOLL_FREE',
  'UAN',
  'PAGER',
  'VOICEMAIL',
]);
const isOfAPerson = (type: PhoneNumberType | undefined): boolean => !OF_SERVICES.has(type);

/** Whether an SMS can reach a number (E.164): where mobile numbers cannot be told from others, as in North America, it may. */
export function takesSms(phone: string): boolean {
  const type = parsePhoneNumberFromString(phone)?.getType();
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE';
}

/**
 * A phone number in E.164 (`+33612345678`); null unless it is one that can exist in its country. Without `+` or `00` it is read as one of
 * the default country. A number with an extension is refused: E.164 has no place for it.
 */
export function normalisePhone(text: string, defaultCountry: CountryCode = 'FR'): string | null {
  for (const country of DIALLED_AS[defaultCountry] ?? [defaultCountry]) {
    const phone = parsePhoneNumberFromString(plainForm(text), { defaultCountry: country, extract: false });
    if (phone?.isValid() && !phone.ext && isOfAPerson(phone.getType())) return phone.number;
  }
  return null;
}
