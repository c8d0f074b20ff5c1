import { describe, expect, test } from '@jest/globals';
import { hasText } from '../../../shared/language.js';
import { NO_RECOMMENDATION } from './need.rules.js';
import { noRecommendationSentence, recommendationSentence } from './recommendation.texts.js';

const names = new Map([
  ['a', 'Amal'],
  ['i', 'Idris'],
]);
const both = {
  kitId: 'k',
  valueMinutes: 21 * 60,
  secondAddsMinutes: 180,
  gaining: [
    { learnerId: 'a', lackingMinutes: 14 * 60, gainedMinutes: 12 * 60 },
    { learnerId: 'i', lackingMinutes: 12 * 60, gainedMinutes: 9 * 60 },
  ],
  losing: [],
};
const one = { ...both, valueMinutes: 90, secondAddsMinutes: 0, gaining: [{ learnerId: 'a', lackingMinutes: 150, gainedMinutes: 90 }] };
const laptop = [{ category: 'laptop', count: 1 }] as const;

test('the sentence of the design', () => {
  expect(recommendationSentence(both, laptop, names, 'en')).toBe(
    'A laptop would give Amal and Idris back 21 of the 26 hours a week that they now miss. A second one would add 3.',
  );
});

test('in French, for one and for several, with parts of hours', () => {
  expect(recommendationSentence(both, laptop, names, 'fr')).toBe(
    'Un ordinateur portable rendrait à Amal et Idris 21 des 26 heures par semaine qui leur manquent aujourd’hui. Un second exemplaire en ajouterait 3.',
  );
  expect(recommendationSentence(one, [...laptop, { category: 'router', count: 2 }], names, 'fr-CA')).toBe(
    'Un ordinateur portable et 2 × routeur 4G rendrait à Amal 1,5 des 2,5 heures par semaine qui lui manquent aujourd’hui. Un second exemplaire n’ajouterait rien.',
  );
});

describe.each(['fr', 'en', 'ar', 'tr', 'pt', 'uk', 'ro', 'es'])('%s', (language) => {
  test('says who gains what, and every reason', () => {
    const sentence = recommendationSentence(both, laptop, names, language);
    for (const part of ['Amal', 'Idris', new Intl.NumberFormat(language).format(21), new Intl.NumberFormat(language).format(26)]) {
      expect(sentence).toContain(part);
    }
    const reasons = NO_RECOMMENDATION.map((reason) => noRecommendationSentence(reason, 600, language));
    expect(new Set([...reasons, sentence]).size).toBe(5);
    expect(hasText(`${language}-XX`)).toBe(true);
  });
});

test('a language that has no words is answered in English', () => {
  expect(['ja', 'constructor', 'pt-BR', 'en', 'en-GB'].map(hasText)).toEqual([false, false, true, true, true]);
  expect(noRecommendationSentence('NO_LEARNERS', 0, 'ja')).toBe(noRecommendationSentence('NO_LEARNERS', 0, 'en'));
});

test('who loses is told too', () => {
  const losing = [{ learnerId: 'i', lostMinutes: 120 }];
  expect(recommendationSentence({ ...one, losing }, laptop, names, 'en')).toBe(
    'A laptop would give Amal back 1.5 of the 2.5 hours a week that they now miss. (Idris -2 hours) A second one would add nothing.',
  );
});
