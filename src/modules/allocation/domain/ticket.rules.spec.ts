import { createHmac } from 'node:crypto';
import { test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import { compareTickets, ticketPrefixes, ticketsOf, ticketText } from './ticket.rules.js';

const ticket = (key: Uint8Array, id: string) => ticketText(ticketsOf(key, [id]), 0);

test('the test cases of RFC 4231', () => {
  const bytes = (length: number, byte: number) => new Uint8Array(length).fill(byte);
  expect(ticket(bytes(20, 0x0b), 'Hi There')).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
  expect(ticket(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
  expect(ticket(bytes(131, 0xaa), 'Test Using Larger Than Block-Size Key - Hash Key First')).toBe(
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  );
});

const key = fc.uint8Array({ minLength: 1, maxLength: 100 });
const ids = fc.array(fc.string({ unit: 'binary', maxLength: 90 }), { minLength: 1, maxLength: 20 });

test.prop([key, ids])('any key, any ids: what createHmac says', (bytes, texts) => {
  const tickets = ticketsOf(bytes, texts);
  const expected = texts.map((text) => createHmac('sha256', bytes).update(text, 'utf8').digest('hex'));
  expect(texts.map((_, line) => ticketText(tickets, line))).toEqual(expected);
});

test.prop([key, ids])('tickets and their first bits are ordered as their hex is', (bytes, texts) => {
  const tickets = ticketsOf(bytes, texts);
  const prefixes = ticketPrefixes(tickets);
  const [first, last] = [ticketText(tickets, 0), ticketText(tickets, texts.length - 1)];
  expect(Math.sign(compareTickets(tickets, 0, texts.length - 1))).toBe(first < last ? -1 : first > last ? 1 : 0);
  expect([...prefixes].map((prefix) => (prefix >>> 0).toString(16).padStart(8, '0'))).toEqual(
    texts.map((_, line) => ticketText(tickets, line).slice(0, 8)),
  );
});
