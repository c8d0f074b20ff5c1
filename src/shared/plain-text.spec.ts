import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, foldForSearch, hasForbiddenCharacters, normalForm, plainForm } from './plain-text.js';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const written = fc.stringMatching(/^[A-Za-zÀ-ÿŒœ’' -]{0,30}$/);

describe('cleaning', () => {
  test.prop([anyText])('twice is once', (text) => expect(cleanText(cleanText(text))).toBe(cleanText(text)));

  test.prop([anyText])('leaves no space around and changes no meaning', (text) => {
    const cleaned = cleanText(text);
    expect(text.normalize('NFC')).toContain(cleaned);
    expect(cleaned).toBe(cleaned.trim());
  });

  test.each(['\u200B', '\uFEFF \u00AD', '\u200E\u200F', '\u2060', '\u3164', '\u2800'])('%j is nothing', (text) =>
    expect(cleanText(text)).toBe(''),
  );

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
    ['Łukasz', 'lukasz'],
    ['ŁUKASZ Øster Đorđe Þór Ðóra Ħal Ŧor Ŋ ĸ', 'lukasz oster dorde thor dora hal tor n q'],
    ['IŞIK ışık Işık', 'isik isik isik'],
    ['Straße STRASSE GROẞ', 'strasse strasse gross'],
    ['ﬁlière ﬃ', 'filiere ffi'],
    ['Ａｍａｌ　Ｂ', 'amal b'],
    ['Jean‑Pierre – Marie — Luc − Zoé', 'jean-pierre - marie - luc - zoe'],
    ['d`Arc d´Arc dʼArc d‘Arc d′Arc d＇Arc', "d'arc d'arc d'arc d'arc d'arc d'arc"],
    ['Ben\u200B Ali\u00AD\u200D \u2009x', 'ben ali x'],
    ['٠١٢۳', '0123'],
    ['أحمد ٱلى', 'احمد الي'],
    ['Ґанна Їжак Йосип', 'ганна іжак иосип'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['محمد', 'محمد'],
  ])('%j is sought as %j', (text, folded) => expect(foldForSearch(text)).toBe(folded));
});

describe('the plain form of a code', () => {
  test.prop([anyText])('twice is once', (text) => expect(plainForm(plainForm(text))).toBe(plainForm(text)));

  test.each([
    ['０９５１０９９Ｄ', '0951099D'],
    [' +33\u00A06 12‑34 ', '+33 6 12-34'],
    ['٠٦١٢', '0612'],
    ['É’a\u200B', "É'a"],
  ])('%j is %j', (text, plain) => expect(plainForm(text)).toBe(plain));
});

describe('marks on one letter', () => {
  const zalgo = (marks: number) => `a${'\u0301\u0316'.repeat(marks / 2)}b`;

  test('are kept as far as any writing has them', () => {
    expect(cleanText(zalgo(20))).toHaveLength(21); // a with its first accent is one letter
    expect([...normalForm(zalgo(1000), 'NFD')]).toHaveLength(32);
    expect(foldForSearch(zalgo(1000))).toBe('ab');
  });

  test.prop([anyText, fc.nat(100), fc.constantFrom('\u0301', '\u0316', '\u0344', '\u0651')])('twice is once', (text, count, mark) => {
    const once = cleanText(`${text}${mark.repeat(count)}`);
    expect(cleanText(once)).toBe(once);
  });

  // To sort so many marks one by one would take hours.
  test('a million of them are read like any other text', () => expect(foldForSearch(cleanText(zalgo(1_000_000)))).toBe('ab'));
});
