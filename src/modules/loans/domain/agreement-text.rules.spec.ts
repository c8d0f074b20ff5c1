import { describe, expect, test } from '@jest/globals';
import { hashOfText, ONLINE_REFUSALS, onlineRefusals, type OnlineSigningFacts, textFor } from './agreement-text.rules.js';
import { SHIPPED_AGREEMENT } from './agreement.texts.js';
import { TEXT_LANGUAGES } from '../../../shared/language.js';

const present = { language: 'fr', body: 'Vous prenez soin du matériel.' };
const asked: OnlineSigningFacts = {
  state: 'open',
  asked: ['2026-11'],
  termsVersion: '2026-11',
  textHash: hashOfText(present.body),
  present,
  signedTerms: ['2026-09'],
};
const codes = (facts: Partial<OnlineSigningFacts>) => onlineRefusals({ ...asked, ...facts }).map(({ code }) => code);

describe('signing online', () => {
  test('is possible for the very words that are asked', () => {
    expect(codes({})).toEqual([]);
  });

  test.each([
    ['LOAN_CLOSED', { state: 'closed', asked: [] }],
    ['AGREEMENT_SIGNED', { termsVersion: '2026-09' }],
    ['AGREEMENT_SIGNED', { asked: [], signedTerms: ['2026-09', '2026-11'] }],
    ['AGREEMENT_TEXT_MISSING', { present: null }],
    ['AGREEMENT_NOT_IN_FORCE', { termsVersion: '2020-01' }],
    ['AGREEMENT_NOT_IN_FORCE', { textHash: hashOfText('Vous prenez soin du matériel !') }],
  ] as const)('%s alone', (code, facts) => {
    expect(codes(facts)).toEqual([code]);
  });

  test('each reason is tried', () => {
    expect(Object.keys(ONLINE_REFUSALS)).toHaveLength(4);
  });
});

test('a text is that of the first language that there is, whatever its region', () => {
  const texts = ['ar', 'fr', 'pt'].map((language) => ({ language, body: language }));
  const chosen = (...wished: (string | null)[]) => textFor(texts, wished)?.language;
  expect(chosen('pt-BR', 'fr')).toBe('pt');
  expect(chosen(null, 'tr', 'fr')).toBe('fr');
  expect(chosen('tr')).toBe('ar');
  expect(textFor([], ['fr'])).toBeNull();
});

test('the shipped agreement says as much in every language', () => {
  for (const language of TEXT_LANGUAGES) expect(SHIPPED_AGREEMENT[language].split('\n\n')).toHaveLength(6);
});
