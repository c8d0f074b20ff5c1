import type { PostalAddress } from '../../households/index.js';

/** The country of the councils: their post goes without its name. */
const HOME = 'FR';
const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region' });

/** Name and address as they stand in the window of an envelope: the town, and a country abroad, in capitals (NF Z 10-011). */
export function recipientLines(name: string, { line1, line2, postalCode, city, country }: PostalAddress): string[] {
  const town = `${postalCode} ${city}`.toLocaleUpperCase('fr');
  const abroad = country === HOME ? null : (COUNTRIES.of(country) ?? country).toLocaleUpperCase('fr');
  return [name, line1, line2, town, abroad].filter((line) => line !== null && line !== '') as string[];
}
