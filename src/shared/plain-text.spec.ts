import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, foldForSearch, hasForbiddenCharacters } from './plain-text.js';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const written = fc.stringMatching(/^[A-Za-zÀ-ÿŒœ’' -]{0,30}$/);

describe('cleaning', () => {
  test.prop([anyText])('twice is once', (text) => expect(cleanText(cleanText(text))).toBe(cleanText(text)));

  test.prop([anyText])('leaves no space around and changes no meaning', (text) => {
    expect(cleanText(text)).toBe(text.normalize('NFD').trim().normalize('NFC').trim());
  });

  test('keeps what lies inside', () => {
    expect(cleanText('\u00A0 Nadia  B.\n2e ligne\t')).toBe('Nadia  B.\n2e ligne');
    expect(cleanText('Zoe\u0308')).toBe('Zo\u00EB');
  });
});

describe('forbidden characters', () => {
  test.prop([fc.string({ unit: 'grapheme' })])('nothing that people write is forbidden', (text) =>
    expect(hasForbiddenCharacters(text)).toBe(false),
  );

  test.prop([fc.string(), fc.nat(0x1f), fc.string()])('of the C0 controls only tab and line ends are allowed', (before, code, after) => {
    expect(hasForbiddenCharacters(before + String.fromCharCode(code) + after)).toBe(![0x09, 0x0a, 0x0d].includes(code));
  });

  test.prop([fc.string(), fc.integer({ min: 0xd800, max: 0xdfff }), fc.string()])(
    'half a surrogate pair is forbidden',
    (before, half, after) => {
      expect(hasForbiddenCharacters(before + String.fromCharCode(half) + after)).toBe(true);
    },
  );

  test('a whole pair is allowed', () => expect(hasForbiddenCharacters('👩‍👧\t\r\n')).toBe(false));
});

describe('folding', () => {
  test.prop([anyText])('twice is once', (text) => expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text)));

  test.prop([written])('case and composition make no difference', (text) => {
    const forms = [text.toUpperCase(), text.toLowerCase(), text.normalize('NFD')];
    expect(forms.map(foldForSearch)).toEqual(forms.map(() => foldForSearch(text)));
  });

  test.each([
    ['  Élodie  D’ARC ', "elodie d'arc"],
    ['CŒUR', 'coeur'],
    ['Cæcilia', 'caecilia'],
    ['Straße', 'strasse'],
    ['İpek', 'ipek'],
    ['Nguyễn\u00A0Thị', 'nguyen thi'],
    ['Łukasz', 'łukasz'],
    ['محمد', 'محمد'],
  ])('%j is sought as %j', (text, folded) => expect(foldForSearch(text)).toBe(folded));
});
