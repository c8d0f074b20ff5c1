import { objectOrNull, type Reader, textOr } from './stored-json.js';

/** A postal address as somebody wrote it. */
interface Address {
  readonly line1: string;
  readonly line2: string | null;
  readonly postalCode: string;
  readonly city: string;
  /** A country code of two letters (ISO 3166-1). */
  readonly country: string;
}

const NOWHERE: Address = { line1: '', line2: null, postalCode: '', city: '', country: 'FR' };

/** Reads a stored address; null when there is none. */
export const storedAddress: Reader<Address | null> = objectOrNull(({ line1, line2, postalCode, city, country }) => ({
  line1: textOr('')(line1),
  line2: textOr(null)(line2),
  postalCode: textOr('')(postalCode),
  city: textOr('')(city),
  country: textOr(NOWHERE.country)(country),
}));

/** Reads the stored address of a place, which always has one. */
export const storedPlace: Reader<Address> = (stored) => storedAddress(stored) ?? NOWHERE;
