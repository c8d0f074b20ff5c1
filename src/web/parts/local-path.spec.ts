import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { localPath } from './local-path.js';

const HERE = 'https://pret.example.org';
const pieces = fc.constantFrom(
  '/',
  '//',
  '\\',
  '.',
  '..',
  '@',
  ':',
  'evil.example',
  'https:',
  '%2F',
  '%5C',
  '\t',
  '\n',
  '?',
  '#',
  'plan',
  ' ',
);

test.prop([
  fc.oneof(
    fc.string(),
    fc.webUrl(),
    fc.array(pieces).map((parts) => parts.join('')),
  ),
])('never leaves the site', (text) => {
  expect(new URL(localPath(text), HERE).origin).toBe(HERE);
});

test.each(['/', '/plan', '/f/request/1', '/staff/queue?class=computer&page=2'])('goes back to %s', (path) => {
  expect(localPath(path)).toBe(path);
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example', '', 'plan', undefined, ['/plan'], `/${'a'.repeat(600)}`])(
  'goes to the door instead of %j',
  (path) => {
    expect(localPath(path)).toBe('/');
  },
);
