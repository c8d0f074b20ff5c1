import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { generateSync } from 'otplib';
import { acceptedStep, enrolmentUri, isTotpCode } from './totp.rules.js';

/** The secret of RFC 6238, appendix B: the bytes of "12345678901234567890". */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
])('at %d the code of RFC 6238 (its last six digits) is %s', (seconds, code, step) => {
  expect(acceptedStep(SECRET, code, null, at(seconds))).toBe(step);
});

const seconds = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });

test.prop([seconds, fc.integer({ min: -3, max: 3 })])('one step before and after, no more', (now, steps) => {
  const step = Math.floor(now / 30) + steps;
  const code = generateSync({ secret: SECRET, epoch: step * 30 });
  const near = [-1, 0, 1].map((each) => generateSync({ secret: SECRET, epoch: now + each * 30 }));
  // Two steps have the same code once in a million cases. So the test compares which codes are near, and not the steps.
  expect(acceptedStep(SECRET, code, null, at(now)) !== null).toBe(near.includes(code));
});

test.prop([seconds, fc.integer({ min: -3, max: 3 }), fc.integer({ min: -1, max: 1 })])(
  'what is accepted comes after the last that was, whatever the clock says',
  (now, last, steps) => {
    const lastStep = Math.floor(now / 30) + last;
    const accepted = acceptedStep(SECRET, generateSync({ secret: SECRET, epoch: now + steps * 30 }), lastStep, at(now));
    expect(accepted ?? Infinity).toBeGreaterThan(lastStep);
    if (steps > last) expect(accepted).not.toBeNull();
  },
);

test('a blank in the middle is as apps show it; anything else is no code', () => {
  expect(acceptedStep(SECRET, '287 082', null, at(59))).toBe(1);
  expect(['287082', '287 082'].every(isTotpCode)).toBe(true);
  expect(['', '28708', '2870820', '28 7082', '287  082', '28708a', '٢٨٧٠٨٢', '287082\n'].some(isTotpCode)).toBe(false);
});

test('the address for the QR code names us and the account', () => {
  expect(enrolmentUri(SECRET, "d'arc+x@example.org")).toBe(
    `otpauth://totp/Passerelle:d'arc%2Bx%40example.org?secret=${SECRET}&issuer=Passerelle`,
  );
});
