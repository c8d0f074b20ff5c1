import { createHmac, hash } from 'node:crypto';
import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { hmacBlocks } from './hmac-blocks.js';

test.prop([fc.uint8Array({ maxLength: 100 }), fc.string()])('two hashes over the blocks are HMAC-SHA256', (key, message) => {
  const { inner, outer } = hmacBlocks(key);
  const innerHash = hash('sha256', Buffer.concat([inner, Buffer.from(message)]), 'buffer');
  expect(hash('sha256', Buffer.concat([outer, innerHash]))).toBe(createHmac('sha256', key).update(message).digest('hex'));
});
