import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { DEVICE_CLASSES, type DeviceClass } from '../../../shared/vocabulary.js';
import { type LineWish, wishFaults } from './request.rules.js';

const AMAL = '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10';
const aWish = (overrides: Partial<LineWish> = {}): LineWish => ({
  class: 'computer',
  learnerIds: [AMAL],
  acceptableCategories: ['laptop', 'tablet'],
  ...overrides,
});

const classes = Object.keys(DEVICE_CLASSES) as DeviceClass[];
const wish = fc
  .constantFrom(...classes)
  .chain((name) =>
    fc
      .uniqueArray(fc.constantFrom(...DEVICE_CLASSES[name]), { minLength: 1 })
      .map((acceptableCategories) => aWish({ class: name, acceptableCategories })),
  );

test.prop([fc.uniqueArray(wish, { selector: (line) => line.class, minLength: 1 })])(
  'one wish a class, for its own categories, is in order',
  (lines) => {
    expect(wishFaults(lines)).toEqual([]);
  },
);

test('every fault is named at its place', () => {
  const faults = wishFaults([
    aWish({ learnerIds: [AMAL, AMAL.toUpperCase()] }),
    aWish({ class: 'connectivity', acceptableCategories: ['router', 'laptop', 'router'] }),
    aWish(),
  ]);
  expect(faults.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
    'DUPLICATE /lines/0/learnerIds/1',
    'DUPLICATE /lines/1/acceptableCategories/2',
    'WRONG_CLASS /lines/1/acceptableCategories/1',
    'DUPLICATE /lines/2/class',
  ]);
});
