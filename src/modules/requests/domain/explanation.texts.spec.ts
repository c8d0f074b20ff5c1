import { describe, expect, test } from '@jest/globals';
import { hasText, TEXT_LANGUAGES, textLanguage } from '../../../shared/language.js';
import { CRITERION_WORDS, weightWords } from './criteria.texts.js';
import { criterionSentence, standingSentences } from './explanation.texts.js';
import { CRITERION_NAMES, SHIPPED_SCALE } from './priority-policy.rules.js';
import type { ScoredCriterion } from './score.rules.js';

const standing = {
  score: 680,
  position: 12,
  queueLength: 80,
  ticket: 'abcdef0123456789',
  policyVersion: 3,
  isOpen: true,
  isCurrent: false,
};
const source = { source: 'declared', verifiedBy: null, verifiedAt: null } as const;
const learners: ScoredCriterion = {
  criterion: 'learners',
  weight: { points: 10, cap: 50, bands: [] },
  value: 3,
  of: null,
  earned: 30,
  points: 30,
};
const language = (text: string) => textLanguage(text);

test('a language is found by its tag, whatever its country; others read the first', () => {
  expect(['pt-BR', 'AR', 'uk', 'ro-MD'].map(language)).toEqual(['pt', 'ar', 'uk', 'ro']);
  expect(['de', 'arn', 'esperanto', ''].map(language)).toEqual(['fr', 'fr', 'fr', 'fr']);
  expect([hasText('es-419'), hasText('de')]).toEqual([true, false]);
});

describe.each(TEXT_LANGUAGES)('in %s', (tag) => {
  test('every criterion has words of its own, and says what it gives', () => {
    expect(new Set(CRITERION_NAMES.map((name) => CRITERION_WORDS[tag][name])).size).toBe(CRITERION_NAMES.length);
    const weighed = CRITERION_NAMES.filter((name) => SHIPPED_SCALE[name].points > 0);
    for (const name of weighed) expect(weightWords(name, SHIPPED_SCALE[name], tag)).toContain(String(SHIPPED_SCALE[name].points));
    const bands = { points: 0, cap: 40, bands: [{ below: 80, points: 25 }] };
    for (const figure of ['80', '25', '40']) expect(weightWords('schoolIndex', bands, tag)).toContain(figure);
  });

  test('a sentence tells the value and the points, and where they count for nothing, what they would be', () => {
    const sentence = criterionSentence(learners, source, tag);
    for (const part of [CRITERION_WORDS[tag].learners, '3', '10', '50', '30']) expect(sentence).toContain(part);
    const instead = criterionSentence({ ...learners, earned: 60, points: 0 }, source, tag);
    for (const part of ['60', '0']) expect(instead).toContain(part);
    const share = criterionSentence({ ...learners, criterion: 'uncoveredShare', value: 90, of: 180 }, source, tag);
    for (const part of ['90', '180']) expect(share).toContain(part);
  });

  test('where it stands: points, version, place, ticket, that it changes, and that a person decides', () => {
    const [sum, place, ticket, changing, person] = standingSentences(standing, tag);
    for (const part of ['680', '3']) expect(sum).toContain(part);
    for (const part of ['12', '80']) expect(place).toContain(part);
    expect(ticket).toContain('abcdef01');
    expect(ticket).not.toContain('abcdef012');
    const closed = standingSentences({ ...standing, isOpen: false }, tag)[3];
    expect(new Set([changing, closed, person]).size).toBe(3);
    expect(standingSentences({ ...standing, position: null, isCurrent: true }, tag)).toHaveLength(4);
  });
});

test('no two languages say the same', () => {
  const texts = TEXT_LANGUAGES.map((tag) => standingSentences(standing, tag).join(' '));
  expect(new Set(texts).size).toBe(TEXT_LANGUAGES.length);
});
