import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from '@jest/globals';
import { TEXT_LANGUAGES } from '../../../../shared/language.js';
import { QUESTION_TEXTS } from './index.js';
import type { QuestionKey } from './texts.js';

const argumentsOf = (text: string) =>
  parse(text, { ignoreTag: true })
    .flatMap((element) => (element.type === TYPE.literal || element.type === TYPE.pound ? [] : [element.value]))
    .sort();
const keys = Object.keys(QUESTION_TEXTS.fr) as QuestionKey[];

describe.each(TEXT_LANGUAGES)('the texts in %s', (language) => {
  const texts = QUESTION_TEXTS[language];

  test('name what the French ones name', () => {
    expect(keys.map((key) => [key, argumentsOf(texts[key])])).toEqual(keys.map((key) => [key, argumentsOf(QUESTION_TEXTS.fr[key])]));
  });

  test('are short sentences', () => {
    const sentences = Object.values(texts).flatMap((text) => text.split(/[.!?؟] /));
    expect(sentences.filter((sentence) => sentence.split(/\s+/).length > 18)).toEqual([]);
  });
});
