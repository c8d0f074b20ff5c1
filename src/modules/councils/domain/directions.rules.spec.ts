import { expect, test } from '@jest/globals';
import { directionsIn, directionsOf, storedDirections } from './directions.rules.js';

test('a language without a text is left out, and without any there are no directions', () => {
  expect(directionsOf({ fr: 'Bus 11, arrêt Mairie.', ar: null, en: undefined, de: 'Bus 11' })).toEqual({ fr: 'Bus 11, arrêt Mairie.' });
  expect(directionsOf({ fr: null })).toBeNull();
});

test('what was stored is read, whatever it is', () => {
  expect(storedDirections({ fr: 'Bus 11', en: 7, de: 'Bus' })).toEqual({ fr: 'Bus 11' });
  for (const nothing of [null, [], 'Bus 11', {}, { fr: null }]) expect(storedDirections(nothing)).toBeNull();
});

test('who reads another language is shown the way in the first that there is', () => {
  const directions = { en: 'Bus 11', ar: 'الحافلة 11' };
  expect(directionsIn(directions, 'ar')).toEqual({ language: 'ar', text: 'الحافلة 11' });
  expect(directionsIn(directions, 'tr')).toEqual({ language: 'en', text: 'Bus 11' });
  expect(directionsIn(null, 'fr')).toBeNull();
});
