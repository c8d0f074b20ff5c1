import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { cleanEmail, isEmail } from './email.js';

test.prop([fc.emailAddress({ size: '-1' })])('what RFC 5322 makes of plain letters is one', (address) => {
  expect(isEmail(address)).toBe(address.length <= 254);
});

test.each(['nadia@example.org', 'ce.0951099d@ac-versailles.fr', "d'arc+x@a.co", 'zoé@école.example', 'a@xn--cole-9oa.xn--p1ai'])(
  '%j is an address',
  (text) => expect(isEmail(text)).toBe(true),
);

test.each([
  ...[
    '',
    'nadia',
    '@example.org',
    'nadia@',
    'nadia@localhost',
    'a@b.c',
    'a@b..co',
    'a@-b.co',
    'a@b-.co',
    '.a@b.co',
    'a..b@c.co',
    'a.@b.co',
  ],
  ...['a b@c.co', 'a@b c.co', '"a b"@c.co', 'a@b.co, c@d.co', 'a@b.co;c@d.co', '<a@b.co>', 'a@b.co\n', 'a@[127.0.0.1]', 'a@127.0.0.1'],
  ...[`${'a'.repeat(65)}@b.co`, `a@${'b'.repeat(64)}.co`, `a@${'b.'.repeat(130)}co`, 'ａ@ｂ.co', 'a@b.c0'],
])('%j is none', (text) => expect(isEmail(text)).toBe(false));

test('what is not seen is no part of it', () => expect(cleanEmail('\u200B nadia@exam\u00ADple.org\u00A0')).toBe('nadia@example.org'));
