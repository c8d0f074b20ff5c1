import { expect, test } from '@jest/globals';
import { Problem, Secrets } from '../../../platform/index.js';
import { PasswordHasher } from './password-hasher.js';

const passwords = new PasswordHasher(new Secrets('a secret of tests, long enough for it'));

test('a password is recognised, in either spelling of its characters, and no other', async () => {
  const hash = await passwords.hash('café au lait');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.isRight(hash, 'cafe\u0301 au lait')).toBe(true);
  expect(await passwords.isRight(hash, 'cafe au lait')).toBe(false);
  expect(await passwords.isRight(hash, ' café au lait')).toBe(false);
});

test('where there is no hash nothing is right', async () => {
  expect(await passwords.isRight(null, '')).toBe(false);
});

test('without the key of the application the hash recognises nothing', async () => {
  const others = new PasswordHasher(new Secrets('another secret of tests, long enough'));
  expect(await others.isRight(await passwords.hash('correct horse battery'), 'correct horse battery')).toBe(false);
});

test('of a flood two are worked on and twenty wait; the others are refused, and the next one is served', async () => {
  const flood = await Promise.allSettled(Array.from({ length: 30 }, () => passwords.isRight(null, 'x')));
  const refused = flood.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  expect(refused).toHaveLength(8);
  for (const reason of refused) expect(reason).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
  expect(refused[0]).toBeInstanceOf(Problem);
  expect(await passwords.isRight(null, 'x')).toBe(false);
});
