import { expect, test } from '@jest/globals';
import { canonicalLanguage, directionOf, isLanguageTag, preferredLanguage } from './language.js';

test('a tag is one in its canonical form', () => {
  expect(['fr', 'pt-BR', 'zh-Hant-TW'].every(isLanguageTag)).toBe(true);
  expect(['', 'FR', 'pt_BR', 'français', 'x'.repeat(40)].some(isLanguageTag)).toBe(false);
  expect([canonicalLanguage(' PT-br '), canonicalLanguage('?')]).toEqual(['pt-BR', null]);
});

test('Arabic runs from right to left, as do others of its script and of some more', () => {
  expect(['ar', 'fa', 'ur', 'he', 'ps', 'az-Arab'].map(directionOf)).toEqual(Array(6).fill('rtl'));
  expect(['fr', 'en', 'tr', 'pt-BR', 'uk', 'ro', 'es', 'az'].map(directionOf)).toEqual(Array(8).fill('ltr'));
});

test('the best liked language of Accept-Language that is offered', () => {
  const any = () => true;
  expect(preferredLanguage('fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5', any)).toBe('fr-CH');
  expect(preferredLanguage('en;q=0.2, AR;q=0.7', any)).toBe('ar');
  expect(preferredLanguage('de, fr;q=0.9', (language) => language === 'fr')).toBe('fr');
  expect(preferredLanguage('*, de;q=0, ??', any)).toBeNull();
  expect(preferredLanguage('de', () => false)).toBeNull();
  expect(preferredLanguage(undefined, any)).toBeNull();
});
