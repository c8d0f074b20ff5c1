import { describe, expect, test } from '@jest/globals';
import { type Direction, levelsOf, ownDirection, runsOf } from './direction.js';

const seen = (text: string, direction: Direction) =>
  runsOf(text, levelsOf(text, direction), 0, text.length).map((run) =>
    run.direction === 'rtl' ? [...run.text].reverse().join('') : run.text,
  );

// In these, Hebrew letters (one sign a letter, no joining) stand for any script from right to left.
describe('a line from left to right', () => {
  test.each([
    ['abc 123', 'ltr', ['abc 123']],
    ['אבג', 'rtl', ['גבא']],
    ['אב F-7K3M-2Q גד', 'rtl', ['דג ', 'F-7K3M-2Q', ' בא']],
    ['אב 12 גד', 'rtl', ['דג ', '12', ' בא']],
    ['אב 12.', 'rtl', ['.', '12', ' בא']],
    ['abc אב גד def', 'ltr', ['abc ', 'דג בא', ' def']],
    ['אב (גד)', 'rtl', ['(דג) בא']],
    ['אב \u2068Bat. (B)\u2069.', 'rtl', ['.', 'Bat. (B)', ' בא']],
    ['', 'rtl', []],
  ] as const)('%j, %s', (text, direction, runs) => {
    expect(seen(text, direction).filter((run) => run !== '')).toEqual(runs);
  });

  test('is cut out of its paragraph', () => {
    const text = 'אב 12 גד 34';
    const levels = levelsOf(text, 'rtl');
    expect(runsOf(text, levels, 0, 5).map((run) => run.text)).toEqual(['12', 'אב ']);
    expect(runsOf(text, levels, 6, 11).map((run) => run.text)).toEqual(['34', 'גד ']);
  });
});

test('a text goes the way of its first letter', () => {
  expect(['12 rue', 'أمل 12', '12 أمل', '- F', ''].map(ownDirection)).toEqual(['ltr', 'rtl', 'rtl', 'ltr', 'ltr']);
});
