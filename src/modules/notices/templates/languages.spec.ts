import { expect, test } from '@jest/globals';
import { isTextLanguage, languageFor, localeOf } from './languages.js';

test('their own language first, then those of the council, then French', () => {
  expect(languageFor('ar', ['fr'])).toBe('ar');
  expect(languageFor('pt-BR', ['fr'])).toBe('pt');
  expect(languageFor('so', ['es', 'fr'])).toBe('es');
  expect(languageFor(null, ['en-GB', 'fr'])).toBe('en');
  expect(languageFor('frr', ['en'])).toBe('en'); // North Frisian is not French
  expect(languageFor('so', ['ti'])).toBe('fr');
});

test('texts that a council added count, and those of a region before those of the language', () => {
  const hasTexts = (language: string) => isTextLanguage(language) || ['so', 'pt-BR'].includes(language);
  expect(languageFor('so', ['fr'], hasTexts)).toBe('so');
  expect(languageFor('pt-BR', ['fr'], hasTexts)).toBe('pt-BR');
  expect(languageFor('pt-AO', ['fr'], hasTexts)).toBe('pt');
});

test.each(['ar', 'fa', 'en', 'fr-CA'])('%s writes days of our calendar, with our digits, and hours from 0 to 23', (language) => {
  const moment = new Intl.DateTimeFormat(localeOf(language), { year: 'numeric', hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  expect(moment.format(new Date('2026-11-02T14:30:00Z'))).toMatch(/2026.*14:30|14:30.*2026|2026.*14 h 30/);
});
