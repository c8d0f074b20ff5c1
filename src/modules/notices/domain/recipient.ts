import type { PostalAddress } from '../../households/index.js';

/** The country of the councils; a letter inside it does not name it. */
const HOME = 'FR';
const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region' });

/**
 * Returns the name and the address as they are printed in the window of an envelope: the town in capitals, and the country only when it is
 * another (NF Z 10-011).
 */
export function recipientLines(name: string, { line1, line2, postalCode, city, country }: PostalAddress): string[] {
  const town = `${postalCode} ${city}`.toLocaleUpperCase('fr');
  const abroad = country === HOME ? null : (COUNTRIES.of(country) ?? country).toLocaleUpperCase('fr');
  return [name, line1, line2, town, abroad].filter((line) => line !== null && line !== '') as string[];
}
