import { webcrypto } from 'node:crypto';
import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { checkedTicket, commitmentTo, cycleKey, isSeed, ticketOf } from './lottery.rules.js';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

test.prop([bytes, fc.string(), fc.uuid()])('key and ticket are what the web platform reckons', async (seed, value, id) => {
  const { subtle } = webcrypto;
  const key = await subtle.digest('SHA-256', new Uint8Array([...seed, ...new TextEncoder().encode(value)]));
  expect(cycleKey(seed, value)).toEqual(Buffer.from(key));
  const hmac = await subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const ticket = Buffer.from(await subtle.sign('HMAC', hmac, new TextEncoder().encode(id))).toString('hex');
  expect(ticketOf(new Uint8Array(key), id)).toBe(ticket);
  const seedText = Buffer.from(seed).toString('hex');
  const checked = checkedTicket({ seed: seedText, publicValue: value, householdId: id });
  expect(checked).toEqual({ seedHash: commitmentTo(seed), key: Buffer.from(key).toString('hex'), ticket });
});

test('a seed is 32 bytes in hex', () => {
  expect([isSeed('ab'.repeat(32)), isSeed('ab'.repeat(31)), isSeed('zz'.repeat(32)), isSeed('')]).toEqual([true, false, false, false]);
});
