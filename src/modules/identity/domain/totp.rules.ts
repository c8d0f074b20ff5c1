import { generateURI, verifySync } from 'otplib';

/** The parameters that every authenticator app uses by default (RFC 6238): SHA-1, six digits, 30 seconds for each step. */
const KIND = { strategy: 'totp', algorithm: 'sha1', digits: 6, period: 30 } as const;
const ISSUER = 'Passerelle';

/** Reasons against starting to set up a second factor. */
export const ENROLMENT_REFUSALS = {
  TOTP_ALREADY_ON: { overridable: false, message: 'a second factor is on already; remove it first, with one of its codes' },
} as const;

/** Reasons against switching the second factor on. */
export const CONFIRMATION_REFUSALS = {
  ...ENROLMENT_REFUSALS,
  TOTP_NOT_BEGUN: { overridable: false, message: 'there is no secret to confirm; ask for one first' },
} as const;

/** Reasons against switching the second factor off. */
export const REMOVAL_REFUSALS = {
  TOTP_NOT_ON: { overridable: false, message: 'no second factor is on' },
} as const;

export const WRONG_CODE = {
  pointer: '/totp',
  code: 'INVALID',
  message: 'is wrong, past its time, or used already; wait for the next code',
};

/** Whether a text is a code as apps show it: six digits, possibly with a blank in the middle. */
export function isTotpCode(text: string): boolean {
  return /^\d{3} ?\d{3}$/.test(text);
}

/** The address that the app reads from a QR code. `secret` is in base 32. */
export function enrolmentUri(secret: string, email: string): string {
  return generateURI({ ...KIND, issuer: ISSUER, label: email, secret });
}

/**
 * The step that the code belongs to, in periods of 30 seconds since 1970: the present one, the one before, or the one after (RFC 6238,
 * 5.2). Null when the code is wrong. Only steps after `lastStep` count, so that nobody can use again a code that they saw (RFC 6238, 5.2).
 */
export function acceptedStep(secret: string, code: string, lastStep: number | null, now: Date): number | null {
  const epoch = Math.floor(now.getTime() / 1000);
  const latest = Math.floor(epoch / KIND.period) + 1;
  // After a clock was set back, there may be no step that can be accepted; otplib would throw an error.
  if (lastStep !== null && lastStep >= latest) return null;
  const after = lastStep === null ? {} : { afterTimeStep: lastStep };
  const found = verifySync({ ...KIND, secret, token: code.replace(' ', ''), epoch, epochTolerance: KIND.period, ...after });
  return found.valid && 'timeStep' in found ? found.timeStep : null;
}
