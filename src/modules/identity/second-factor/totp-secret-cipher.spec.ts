import { expect, test } from '@jest/globals';
import { Secrets } from '../../../platform/config/secrets.js';
import { TotpSecretCipher } from './totp-secret-cipher.js';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const ours = new TotpSecretCipher(new Secrets('a secret of tests'));

test('what was sealed is opened for the same account, and is never twice the same', () => {
  const sealed = ours.seal('somebody', SECRET);
  expect(ours.open('somebody', sealed)).toBe(SECRET);
  expect(ours.seal('somebody', SECRET)).not.toBe(sealed);
  expect(Buffer.from(sealed, 'base64url').includes(SECRET)).toBe(false);
});

test('nothing is opened for another account, under another key, or after a change', () => {
  const sealed = ours.seal('somebody', SECRET);
  const bytes = Buffer.from(sealed, 'base64url');
  expect(() => ours.open('another', sealed)).toThrow();
  expect(() => new TotpSecretCipher(new Secrets('another secret')).open('somebody', sealed)).toThrow();
  for (let place = 0; place < bytes.length; place++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    expect(() => ours.open('somebody', changed.toString('base64url'))).toThrow();
  }
  expect(() => ours.open('somebody', bytes.subarray(0, 20).toString('base64url'))).toThrow();
});
