import { fc, test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import { codeAddressOf, codeFrom, MOST_ASKED, secondsToWaitForCode, typedCode } from './sent-code.rules.js';

describe('where a code goes', () => {
  test.each([
    ['06 12 34 56 78', { channel: 'sms', value: '+33612345678' }],
    ['٠٦ ١٢ ٣٤ ٥٦ ٧٨', { channel: 'sms', value: '+33612345678' }],
    ['۰۶۱۲۳۴۵۶۷۸', { channel: 'sms', value: '+33612345678' }],
    ['\u2067+33 6 12 34 56 78\u2069', { channel: 'sms', value: '+33612345678' }],
    [' Nadia.B@Example.ORG ', { channel: 'email', value: 'nadia.b@example.org' }],
  ])('%j', (typed, address) => {
    expect(codeAddressOf(typed)).toEqual(address);
  });

  test.each(['', '0612', 'nadia', 'nadia@', '@example.org', '🙂', 'F-7K3M-25', '0'.repeat(5000)])('%j is nowhere', (typed) => {
    expect(codeAddressOf(typed)).toBeNull();
  });
});

describe('a code', () => {
  test.prop([fc.uint8Array({ minLength: 8, maxLength: 32 })])('has six digits, and is read as it is typed', (bytes) => {
    const code = codeFrom(Buffer.from(bytes));
    expect(code).toMatch(/^\d{6}$/);
    const arabic = code.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
    for (const typed of [code, ` ${code.slice(0, 3)} ${code.slice(3)} `, `${code.slice(0, 3)}-${code.slice(3)}`, arabic]) {
      expect(typedCode(typed)).toBe(code);
    }
  });

  test.each(['', '12345', '1234567', '12345a', '12.345', '🙂'])('is not %j', (typed) => {
    expect(typedCode(typed)).toBeNull();
  });
});

describe('another code', () => {
  const now = new Date('2026-11-02T10:00:00Z');
  const asked = (count: number, minutesAgo: number) => ({ count, firstAt: new Date(now.getTime() - minutesAgo * 60_000) });
  const none = { count: 0, firstAt: null };

  test('may be asked for a few times an hour, then when the first of them is an hour old', () => {
    expect(secondsToWaitForCode({ byAddress: asked(MOST_ASKED.byAddress - 1, 30), atNetwork: none }, now)).toBe(0);
    expect(secondsToWaitForCode({ byAddress: asked(MOST_ASKED.byAddress, 50), atNetwork: none }, now)).toBe(600);
  });

  test('waits for whichever takes longer', () => {
    const both = { byAddress: asked(MOST_ASKED.byAddress, 50), atNetwork: asked(MOST_ASKED.atNetwork, 10) };
    expect(secondsToWaitForCode(both, now)).toBe(3000);
  });
});
