import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '../../../platform/index.js';
import { TEXT_LANGUAGES } from '../../../shared/language.js';
import { pageText } from '../../../shared/page-frame.js';
import { problemPage } from './problem.page.js';
import type { ProblemKey } from './problem.texts.js';
import { wordsOfDenial, wordsOfProblem } from './problem-words.js';
import { PROBLEM_TEXTS } from './texts/index.js';

const keys = Object.keys(PROBLEM_TEXTS.fr) as ProblemKey[];
const argumentsOf = (text: string) =>
  parse(text).flatMap((element) => (element.type === TYPE.literal || element.type === TYPE.pound ? [] : [element.value]));

describe.each(TEXT_LANGUAGES)('the words of problems in %s', (language) => {
  const texts = PROBLEM_TEXTS[language];

  test('name what the French ones name', () => {
    expect(keys.map((key) => [key, argumentsOf(texts[key])])).toEqual(keys.map((key) => [key, argumentsOf(PROBLEM_TEXTS.fr[key])]));
  });

  test('are short sentences, and no two are the same', () => {
    const sentences = Object.values(texts).flatMap((text) => text.split(/[.!?؟] /));
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 18)).toEqual([]);
    expect(new Set(Object.values(texts)).size).toBe(keys.length);
  });
});

const refusal = (code: string) => ({ code, overridable: false, message: code });

test('every reason is told, and each once', () => {
  const reasons = ['LOAN_OVERDUE', 'LOAN_RECALLED', 'LOAN_OVERDUE', 'NEVER_HEARD_OF'].map(refusal);
  const expected = [PROBLEM_TEXTS.en.LOAN_OVERDUE, PROBLEM_TEXTS.en.LOAN_RECALLED, PROBLEM_TEXTS.en.broken];
  expect(wordsOfDenial({ kind: 'refused', reasons }, 'en')).toEqual(expected);
  expect(wordsOfProblem(Problem.refusal(reasons), 'en')).toEqual(expected);
  expect(wordsOfDenial({ kind: 'stale' }, 'fr')).toEqual([PROBLEM_TEXTS.fr.VERSION_MISMATCH]);
});

const shown = (problem: Problem, fields: Record<string, string> | null) =>
  pageText(problemPage({ language: 'en', councilName: null, problem, path: '/f/x', fields }));

test('what passes says when to try again, and sends the same form', () => {
  const busy = shown(Problem.of('UNAVAILABLE', { headers: { 'retry-after': '5' } }), { said: '<b>', key: '1' });
  expect(busy).toContain('Wait 5 seconds');
  expect(busy).toContain('<form method="post" action="/f/x">');
  expect(busy).toContain('<input type="hidden" name="said" value="&lt;b>"/>');
  expect(shown(Problem.of('RATE_LIMITED', { headers: { 'retry-after': '600' } }), null)).toMatch(
    /Wait 10 minutes.*<a class="button" href="\/f\/x">/s,
  );
});

test('what does not pass offers no second time', () => {
  expect(shown(Problem.of('NOT_FOUND'), { said: 'x' })).not.toContain('action="/f/x"');
});
