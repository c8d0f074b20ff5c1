import { expect, test } from '@jest/globals';
import { familySessionEnd, isUseToNote } from './family-session.rules.js';

const openedAt = new Date('2026-11-02T08:00:00Z');
const at = (time: string) => new Date(`2026-11-02T${time}Z`);

test.each([
  ['08:00:00', '08:30:00'],
  ['09:10:00', '09:40:00'],
  ['19:29:00', '19:59:00'],
  ['19:45:00', '20:00:00'],
])('a session that is used at %s ends at %s', (used, end) => {
  expect(familySessionEnd({ openedAt, ownPhone: false }, at(used))).toEqual(at(end));
});

test('on an own phone it ends thirty days after the sign-in, however it is used', () => {
  for (const used of ['08:00:00', '23:00:00'])
    expect(familySessionEnd({ openedAt, ownPhone: true }, at(used))).toEqual(new Date('2026-12-02T08:00:00Z'));
});

test('a use is noted once a minute', () => {
  expect(isUseToNote(openedAt, at('08:00:59'))).toBe(false);
  expect(isUseToNote(openedAt, at('08:01:00'))).toBe(true);
});
