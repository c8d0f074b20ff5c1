import { describe, expect } from '@jest/globals';
import { fc, test } from '@fast-check/jest';
import { smsParts, smsText } from './sms-parts.js';

describe('parts of an SMS', () => {
  test.each([
    ['', 'gsm7', 0, 1],
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['a'.repeat(306), 'gsm7', 306, 2],
    ['a'.repeat(307), 'gsm7', 307, 3],
    ['é'.repeat(160), 'gsm7', 160, 1],
    ['€'.repeat(80), 'gsm7', 160, 1],
    ['€'.repeat(81), 'gsm7', 162, 2], // 76 in the first part: its last place stays free
    ['€'.repeat(153), 'gsm7', 306, 3], // 76 + 76 + 1, where septets alone would make two
    ['[]{}\\^~|\f', 'gsm7', 18, 1],
    ['ç', 'ucs2', 1, 1], // only the capital is in GSM-7
    ['Ç', 'gsm7', 1, 1],
    ['م'.repeat(70), 'ucs2', 70, 1],
    ['م'.repeat(71), 'ucs2', 71, 2],
    ['ї'.repeat(134), 'ucs2', 134, 2],
    ['ї'.repeat(135), 'ucs2', 135, 3],
    ['😀'.repeat(35), 'ucs2', 70, 1],
    ['😀'.repeat(67), 'ucs2', 134, 3], // 33 pairs a part, where code units alone would make two
  ] as const)('%j', (text, encoding, characters, parts) => {
    expect(smsParts(text)).toEqual({ encoding, characters, parts });
  });

  test.prop([fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })])('more text is never fewer parts', (start, end) => {
    expect(smsParts(start + end).parts).toBeGreaterThanOrEqual(smsParts(start).parts);
  });
});

describe('a text as it is sent', () => {
  test.each([
    ['Votre demande est reçue. À bientôt !', 'Votre demande est recue. A bientot !'],
    ['L’équipe, au cœur…', "L'équipe, au coeur..."],
    ['Işığı aç: İğne ÇŞÖÜ', 'Isigi ac: Igne ÇSÖÜ'],
    ['până în ultima zi, vă rugăm: țară', 'pana in ultima zi, va rugam: tara'],
    ['amanhã, à tarde: está', 'amanha, à tarde: esta'],
    ['mañana, ¿está?', 'mañana, ¿esta?'],
    ['Bonjour أمل, reçu', 'Bonjour أمل, reçu'],
    ['Ваш запит отримано', 'Ваш запит отримано'],
  ])('%j', (text, sent) => {
    expect(smsText(text)).toBe(sent);
  });

  test.prop([fc.string({ unit: 'grapheme' })])(
    'never takes more parts than the text itself, and is sent the same when sent again',
    (text) => {
      const composed = text.normalize('NFC');
      expect(smsParts(smsText(text)).parts).toBeLessThanOrEqual(smsParts(composed).parts);
      expect(smsText(smsText(text))).toBe(smsText(text));
    },
  );
});
