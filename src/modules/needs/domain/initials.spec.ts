import { fc, test as property } from '@fast-check/jest';
import { expect, test } from '@jest/globals';
import { initials } from './initials.js';

test.each([
  [['Amal', 'Anis', 'Sara'], 'fr', ['Am', 'An', 'S']],
  [['amal', 'AMINE'], 'fr', ['Ama', 'Ami']],
  [['Amal', 'Amal', 'Bo'], 'fr', ['A1', 'A2', 'B']],
  [['Am', 'Amal'], 'fr', ['Am', 'Ama']],
  [['Élise', 'E\u0301mile'], 'fr', ['É', 'E\u0301']],
  [['ışıl', 'ilknur'], 'tr', ['I', 'İ']],
  [['أمل', 'أنيس', 'سارة'], 'ar', ['أم', 'أن', 'س']],
  [['👩🏽‍🎓', ''], 'fr', ['👩🏽‍🎓', '2']],
])('%p in %s: %p', (names, language, expected) => {
  expect(initials(names, language)).toEqual(expected);
});

property.prop([fc.array(fc.oneof(fc.string(), fc.constantFrom('A', 'Am', 'Amal', 'Amalia', 'A1')), { maxLength: 20 })])(
  'no two are the same',
  (names) => {
    expect(new Set(initials(names, 'fr')).size).toBe(names.length);
  },
);
