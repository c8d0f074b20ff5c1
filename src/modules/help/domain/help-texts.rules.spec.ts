import { expect, test } from '@jest/globals';
import { TEXT_LANGUAGES } from '../../../shared/language.js';
import { allHelpTexts, helpTextFaults, helpTextsIn, paragraphsOf, storedHelpTexts } from './help-texts.rules.js';
import { HELP_TOPICS } from './help-topics.js';
import { SHIPPED_HELP_TEXTS } from './shipped/index.js';

const ours = { topic: 'charging', language: 'ar', text: 'اشحنوا الجهاز.' } as const;

test('what a council writes takes the place of the shipped text, in its language only', () => {
  const [first, , , charging] = helpTextsIn('ar', [ours]);
  expect(charging).toEqual({ ...ours, isOwn: true });
  expect(first).toEqual({ topic: 'bring_it_back', language: 'ar', text: SHIPPED_HELP_TEXTS.ar.bring_it_back, isOwn: false });
  expect(helpTextsIn('fr', [ours]).some(({ isOwn }) => isOwn)).toBe(false);
  expect(allHelpTexts([ours])).toHaveLength(HELP_TOPICS.length * TEXT_LANGUAGES.length);
});

test('two texts about one thing in one language are refused, the later one', () => {
  expect(helpTextFaults([ours, { ...ours, language: 'fr' }])).toEqual([]);
  expect(helpTextFaults([ours, { ...ours, language: 'fr' }, ours])).toMatchObject([{ pointer: '/texts/2', code: 'DUPLICATE' }]);
});

test('what was stored is read, whatever it is', () => {
  expect(storedHelpTexts([ours, { ...ours, topic: 'gone' }, { ...ours, language: 'de' }, { ...ours, text: ' ' }, 7])).toEqual([ours]);
  expect(storedHelpTexts(null)).toEqual([]);
});

test.each(TEXT_LANGUAGES)('the shipped texts in %s are short sentences in short paragraphs, and one language each', (language) => {
  for (const topic of HELP_TOPICS) {
    const text = SHIPPED_HELP_TEXTS[language][topic];
    const parts = paragraphsOf(text);
    expect(parts.length).toBeGreaterThan(2);
    for (const sentence of text.split(/(?<=[.!?؟])\s+/)) expect([sentence, sentence.split(/\s+/).length <= 22]).toEqual([sentence, true]);
    expect(text).not.toMatch(/veuillez|<|\{/i);
    for (const other of TEXT_LANGUAGES.filter((each) => each !== language)) expect(text).not.toBe(SHIPPED_HELP_TEXTS[other][topic]);
  }
});

test('an empty line ends a paragraph, however it was typed', () => {
  expect(paragraphsOf('Un.\nDeux.\n\n \r\n\nTrois.\n')).toEqual(['Un.\nDeux.', 'Trois.']);
});
