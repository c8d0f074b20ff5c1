import { describe, expect, test } from '@jest/globals';
import { directionOf, TEXT_LANGUAGES } from '../../../shared/language.js';
import { accessCodeLetter } from './access-code.texts.js';

const FACTS = {
  contactName: 'Nadia Benali',
  councilName: 'Ville de Cergy',
  reference: 'F-7K3M-25',
  code: '7K3M-25QX',
  page: 'https://pret.example.org/f/sign-in',
  until: 'vendredi 1er janvier 2027',
};

describe.each(TEXT_LANGUAGES)('the letter with a code in %s', (language) => {
  const { subject, body } = accessCodeLetter(FACTS, language);

  test('names everything that a reader needs', () => {
    for (const fact of Object.values(FACTS)) expect(body).toContain(fact);
    expect(subject).not.toBe('');
    expect(`${subject}\n${body}`).not.toMatch(/[{}#]|undefined|null|\.\.| {2}|\n{3}|\s[.,]/);
  });

  test('runs in the direction of its language from its first letter', () => {
    const first = /\p{L}/u.exec(body)?.[0] ?? '';
    expect(/\p{Script=Arabic}/u.test(first)).toBe(directionOf(language) === 'rtl');
  });
});

test('each language has its own words', () => {
  const letters = TEXT_LANGUAGES.map((language) => accessCodeLetter(FACTS, language));
  expect(new Set(letters.map(({ subject }) => subject)).size).toBe(TEXT_LANGUAGES.length);
  expect(new Set(letters.map(({ body }) => body)).size).toBe(TEXT_LANGUAGES.length);
});
