import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { cleanEmail, isEmail } from '../../shared/email.js';
import { postalCodeIn } from '../../shared/french-codes.js';
import { cleanKey, KEY_FAULTS, keyFault, type KeyFault } from '../../shared/key-text.js';
import { hasForbiddenCharacters } from '../../shared/plain-text.js';

// How texts of particular kinds arrive, and what is said of those that can't be taken.

export const asEmail = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && !hasForbiddenCharacters(value) ? cleanEmail(value) : value,
);
export const isEmailRule = ValidateBy({
  name: 'isEmail',
  validator: { validate: (value) => typeof value === 'string' && isEmail(value), defaultMessage: () => 'must be an e-mail address' },
});

export const keyRule = (fault: KeyFault) =>
  ValidateBy({
    name: fault === 'SCIENTIFIC_NOTATION' ? 'isWholeNumber' : 'isPlainText',
    validator: {
      validate: (value) => typeof value !== 'string' || keyFault(value) !== fault,
      defaultMessage: () => KEY_FAULTS[fault],
    },
  });

/** What is invisible is taken out of a key, and a word for nothing becomes null where there may be none. */
export const asKey = (nullable: boolean) =>
  Transform(({ value }: { value: unknown }) => {
    if (typeof value !== 'string' || keyFault(value) !== null) return value;
    const said = cleanKey(value);
    return said === '' && value.trim() !== '' && nullable ? null : said;
  });

/** Of an address with a `country` beside it (left out: France): the zero that spreadsheets take away comes back. */
export const FrenchPostalCode = () =>
  Transform(({ value, obj }: { value: unknown; obj: { country?: unknown } }) =>
    typeof value === 'string' ? postalCodeIn(obj.country ?? 'FR', value) : value,
  );
