import { Injectable } from '@nestjs/common';
import { generateSecret } from 'otplib';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { type Denial, invalid, type Outcome, refusedFor } from '../../../shared/denial.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { CODE_ATTEMPTS } from '../domain/sign-in-delay.rules.js';
import {
  acceptedStep,
  CONFIRMATION_REFUSALS,
  ENROLMENT_REFUSALS,
  enrolmentUri,
  REMOVAL_REFUSALS,
  WRONG_CODE,
} from '../domain/totp.rules.js';
import { TotpSecretCipher } from './totp-secret-cipher.js';
import { type Enrolment, type SecondFactor, TotpRepository } from './totp.repository.js';
import type { SignInRefusal } from '../sign-in/sign-in-refusal.js';
import { type Attempt, AttemptLimiter, type RequiredWait } from '../sign-in/attempt-limiter.js';

/** As long as the hash that it is used with, as RFC 4226 (4, R6) advises. */
const SECRET_BYTES = 20;

/** What an authenticator app needs: the secret in base 32, and the address for a QR code. */
export interface EnrolmentDetails {
  readonly secret: string;
  readonly uri: string;
}

/** Second factors. People switch their own on and off, and sign in with its codes. Each code is accepted once. */
@Injectable()
export class TotpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: TotpRepository,
    private readonly secrets: TotpSecretCipher,
    private readonly attempts: AttemptLimiter,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Gives a new secret, which is not used before it is confirmed. An earlier one that was not confirmed is deleted. */
  begin(actor: Actor): Promise<Outcome<EnrolmentDetails>> {
    return this.locked(actor, async (tx, userId, { secret: present, email }) => {
      const reasons = refusalsHolding(ENROLMENT_REFUSALS, { TOTP_ALREADY_ON: present !== null });
      if (reasons.length > 0) return refusedFor(reasons);
      const secret = generateSecret({ length: SECRET_BYTES });
      await this.repository.begin(tx, userId, this.secrets.seal(userId, secret));
      tx.made('totp_enrolment', userId);
      await this.audit.record(tx, { actor: actor.id, action: 'user.totp_begun', subject: userId });
      return ok({ secret, uri: enrolmentUri(secret, email) });
    });
  }

  /** Switches the second factor on, if the code shows that the person's app has the pending secret. */
  confirm(actor: Actor, code: string): Promise<Outcome<null>> {
    return this.locked(actor, async (tx, userId, { secret, pending }) => {
      const holds = { TOTP_ALREADY_ON: secret !== null, TOTP_NOT_BEGUN: secret === null && pending === null };
      const reasons = refusalsHolding(CONFIRMATION_REFUSALS, holds);
      if (reasons.length > 0 || pending === null) return refusedFor(reasons);
      const step = acceptedStep(this.secrets.open(userId, pending), code, null, this.clock.now());
      if (step === null) return invalid(WRONG_CODE);
      await this.repository.switchOn(tx, userId, step);
      tx.made('totp', userId);
      await this.audit.record(tx, { actor: actor.id, action: 'user.totp_enabled', subject: userId });
      return ok(null);
    });
  }

  /**
   * Switches the second factor off. That needs one of its codes, so that a session that was left open is not enough. Wrong codes count as
   * they do at sign-in, from wherever they come.
   */
  async remove(actor: Actor, code: string): Promise<Result<null, Denial | RequiredWait>> {
    const guess = codeAttempt(userIdOf(actor), null);
    const seconds = await this.transactions.system((tx) => this.attempts.begin(tx, guess));
    if (seconds > 0) return refused({ kind: 'wait', seconds });
    const removed = await this.locked(actor, async (tx, userId, factor) => {
      const reasons = refusalsHolding(REMOVAL_REFUSALS, { TOTP_NOT_ON: factor.secret === null });
      if (reasons.length > 0) return refusedFor(reasons);
      if (!(await this.admits(tx, userId, factor, code))) return invalid(WRONG_CODE);
      await this.repository.switchOff(tx, userId);
      tx.made('totp', userId);
      await this.audit.record(tx, { actor: actor.id, action: 'user.totp_removed', subject: userId });
      return ok(null);
    });
    const wasWrong = !removed.ok && removed.reason.kind === 'invalid';
    if (!wasWrong) await this.transactions.system((tx) => this.attempts.succeeded(tx, guess));
    return removed;
  }

  /**
   * Runs `work`, which checks a code, unless too many wrong codes were tried. All unknown browsers share the same few attempts; a browser
   * from which the owner of the account signed in before has its own. Without a code nothing is guessed, and nothing is counted.
   */
  async counted<T>(
    userId: string,
    knownBrowser: string | null,
    code: string | undefined,
    open: () => Promise<Result<T, SignInRefusal>>,
  ): Promise<Result<T, SignInRefusal>> {
    if (code === undefined) return open();
    const guess = codeAttempt(userId, knownBrowser);
    const seconds = await this.transactions.system((tx) => this.attempts.begin(tx, guess));
    if (seconds > 0) return refused({ kind: 'wait', seconds });
    const opened = await open();
    if (opened.ok) await this.transactions.system((tx) => this.attempts.succeeded(tx, guess));
    return opened;
  }

  /** Whether the code opens this locked account; a code that does is used up. An account without a second factor needs no code. */
  async admits(tx: Tx, userId: string, { secret, lastStep }: SecondFactor, code: string | undefined): Promise<boolean> {
    if (secret === null) return true;
    if (code === undefined) return false;
    const step = acceptedStep(this.secrets.open(userId, secret), code, lastStep, this.clock.now());
    if (step === null) return false;
    await this.repository.spend(tx, userId, step);
    return true;
  }

  private locked<T>(actor: Actor, work: (tx: Tx, userId: string, enrolment: Enrolment) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const userId = userIdOf(actor);
    return this.transactions.write(actor, async (tx) => {
      const enrolment = await this.repository.lock(tx, userId);
      if (!enrolment) throw new Error('an actor that is not there');
      return work(tx, userId, enrolment);
    });
  }
}

const userIdOf = ({ id }: Actor): string => id.replace(/^user:/, '');

/** All unknown browsers count as one place, so that nobody has more attempts by coming from elsewhere. */
function codeAttempt(userId: string, knownBrowser: string | null): Attempt {
  const subject = `totp ${userId}`;
  return { subject, place: `${subject} ${knownBrowser === null ? 'elsewhere' : `browser ${knownBrowser}`}`, limits: CODE_ATTEMPTS };
}
