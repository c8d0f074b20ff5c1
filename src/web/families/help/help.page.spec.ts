import { expect, test } from '@jest/globals';
import { helpTextsIn } from '../../../modules/help/index.js';
import { TEXT_LANGUAGES, type TextLanguage } from '../../../shared/language.js';
import { pageText } from '../../../shared/page-frame.js';
import { helpPage } from './help.page.js';
import { HELP_PAGE_TEXTS } from './help.texts.js';

const council = { name: 'Ville de Gonesse', phone: '+33139334455', openToFamilies: true };
const workshop = {
  title: 'Premiers pas',
  language: 'fr',
  startsAt: new Date('2026-11-18T16:30:00Z'),
  endsAt: new Date('2026-11-18T18:00:00Z'),
  places: 8,
  booked: 5,
  siteName: 'Collège Jean-Moulin',
  timeZone: 'Europe/Paris',
};
const shown = (facts: Partial<Parameters<typeof helpPage>[0]> = {}, language: TextLanguage = 'fr') =>
  pageText(helpPage({ language, council, texts: helpTextsIn(language, []), workshop, ...facts })).replaceAll('\u00A0', ' ');

test.each(TEXT_LANGUAGES)('says everything in %s, with figures as on telephones', (language) => {
  const page = shown({}, language);
  expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  for (const key of ['title', 'lead', 'charging', 'workshop', 'where', 'call'] as const)
    expect(page).toContain(HELP_PAGE_TEXTS[language][key]);
  expect(page).toMatch(/18.*17:30.*19:00/);
  expect(page).toContain('>01 39 33 44 55</a>');
  expect(page).toContain('href="tel:+33139334455"');
});

test('tells how many places are left, and where one books', () => {
  expect(shown()).toContain('Il reste 3 places');
  expect(shown()).toContain('href="/f"');
  expect(shown({ workshop: { ...workshop, booked: 8 } })).toContain('Complet');
  expect(shown({ workshop: { ...workshop, booked: 8 } })).not.toContain('href="/f"');
  const closed = shown({ council: { ...council, openToFamilies: false } });
  expect(closed).not.toContain('href="/f"');
  expect(closed).toContain('demandez à l’école');
});

test('names no number and no workshop where there is none', () => {
  const page = shown({ council: null, workshop: null });
  expect(page).not.toContain('tel:');
  expect(page).not.toContain('id="workshop"');
  expect(page.match(/<section/g)).toHaveLength(4);
});

test('escapes whatever a council wrote, and keeps its paragraphs', () => {
  const text = '<script>alert(1)</script>\n\nDeux.';
  const page = shown({ texts: helpTextsIn('fr', [{ topic: 'charging', language: 'fr', text }]) });
  expect(page).toContain('<p dir="auto">&lt;script>alert(1)&lt;/script></p><p dir="auto">Deux.</p>');
  expect(page).not.toContain('<script');
});
