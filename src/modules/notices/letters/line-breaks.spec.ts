import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { linesOf } from './line-breaks.js';

const monospaced = (text: string) => text.length;
const broken = (text: string, width: number) => linesOf(text, width, monospaced).map(({ start, end }) => text.slice(start, end));

describe('lines of a paragraph', () => {
  test.each([
    ['', 10, ['']],
    ['un deux trois', 10, ['un deux', 'trois']],
    ['un deux', 7, ['un deux']],
    ['un\u00A0: deux', 4, ['un\u00A0:', 'deux']],
    ['abcdefghij kl', 4, ['abcd', 'efgh', 'ij', 'kl']],
    ['a bcdefghij', 4, ['a', 'bcde', 'fghi', 'j']],
    ['😀😀😀', 3, ['😀', '😀', '😀']],
    ['- un', 1, ['-', 'u', 'n']],
  ])('%j in %i', (text, width, lines) => {
    expect(broken(text, width)).toEqual(lines);
  });

  test.prop([fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.integer({ min: 1, max: 20 })])(
    'none is too wide, nothing is lost, and no word that fits is cut',
    (words, width) => {
      const text = words.join(' ');
      const lines = broken(text, width);
      expect(lines.every((line) => line.length <= width)).toBe(true);
      expect(lines.join('')).toHaveLength(text.replaceAll(' ', '').length + lines.join('').split(' ').length - 1);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      if (words.every((word) => word.length <= width)) expect(lines.join(' ')).toBe(text);
    },
  );
});
