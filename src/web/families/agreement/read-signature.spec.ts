import { expect, test } from '@jest/globals';
import { readSignature } from './read-signature.js';

const faults = (name: string, agree = 'yes') => {
  const read = readSignature({ name, agree });
  return read.ok ? read.value : read.reason;
};

test.each([
  [' Nadia B. ', 'Nadia B.'],
  ['نادية', 'نادية'],
  ['', { name: 'nameMissing' }],
  ['\u200B ', { name: 'nameMissing' }],
  ['x'.repeat(201), { name: 'nameLong' }],
  ['🙂', { name: 'nameSigns' }],
  ['Na\u0000dia', { name: 'nameSigns' }],
])('%j is read as %j', (typed, read) => {
  expect(faults(typed)).toEqual(read);
});

test('who does not say that they agree signs nothing', () => {
  expect(faults('Nadia', '')).toEqual({ agree: 'agreeMissing' });
  expect(faults('', 'no')).toEqual({ name: 'nameMissing', agree: 'agreeMissing' });
  expect(readSignature(null).ok).toBe(false);
});
