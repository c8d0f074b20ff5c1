import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';

/** One numbering plan, several calling codes: a family of La Réunion (RE, with Mayotte) writes 0692…, not +262 692…. */
const DIALLED_AS: Partial<Record<CountryCode, readonly CountryCode[]>> = { FR: ['FR', 'GP', 'GF', 'MQ', 'RE'] };

/**
 * A phone number in E.164 (`+33612345678`); null unless it is one that can exist in its country. Without `+` or `00` it is read as one of
 * the default country. A number with an extension is refused: E.164 has no place for it.
 */
export function normalisePhone(text: string, defaultCountry: CountryCode = 'FR'): string | null {
  for (const country of DIALLED_AS[defaultCountry] ?? [defaultCountry]) {
    const phone = parsePhoneNumberFromString(text.trim(), { defaultCountry: country, extract: false });
    if (phone?.isValid() && !phone.ext) return phone.number;
  }
  return null;
}
