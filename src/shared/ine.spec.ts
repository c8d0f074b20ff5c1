import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { looksLikeIne } from './ine.js';

const numbered = fc.oneof(
  fc.stringMatching(/^\d{9}[A-Z]{2}$/),
  fc.stringMatching(/^\d{10}[A-Z]$/),
  fc.stringMatching(/^\d{4}A\d{5}[A-Z]$/),
);

test.prop([numbered, fc.nat(10)])('a pupil’s number is recognised in any case and spaced anyhow', (ine, place) => {
  const spaced = `${ine.slice(0, place)} ${ine.slice(place)}`;
  expect([ine, ine.toLowerCase(), ` ${spaced}\u00A0`].map(looksLikeIne)).toEqual([true, true, true]);
});

test.prop([fc.stringMatching(/^\d[\dA-Z]{4}[A-Z][\dA-Z]{4}\d$/)])('so is a university’s', (ine) => {
  expect([ine, ine.toLowerCase(), ` ${ine} `].map(looksLikeIne)).toEqual([true, true, true]);
});

test.prop([fc.stringMatching(/^[\p{L}' -]{0,30}$/u)])('no name is taken for one', (name) => expect(looksLikeIne(name)).toBe(false));

test.prop([fc.emailAddress()])('no e-mail address is taken for one', (email) => expect(looksLikeIne(email)).toBe(false));

test.prop([fc.stringMatching(/^\+?[\d .()-]{0,20}$/)])('no phone number is taken for one', (phone) =>
  expect(looksLikeIne(phone)).toBe(false),
);

test.each(['0951099D', '6e B', 'STUDENT0001', '12 RUE FOCH 75', '1 rue Foch B', '2026-09-01', 'F-7K3M-25', '3 enfants et 2 adultes'])(
  '%j is not taken for one',
  (text) => expect(looksLikeIne(text)).toBe(false),
);
