import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Every, Transactions } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { tokenHash } from '../access/authenticator.js';
import { emailKey } from '../domain/email-key.js';
import { KNOWN_BROWSER_ATTEMPTS, PASSWORD_ATTEMPTS } from '../domain/sign-in-delay.rules.js';
import { KnownBrowsersService } from './known-browsers.service.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { type Account, type Identity, SessionsRepository } from './sessions.repository.js';
import { TotpService } from '../second-factor/totp.service.js';
import type { SignInRefusal } from './sign-in-refusal.js';
import { type Attempt, AttemptLimiter } from './attempt-limiter.js';

export const SESSION_HOURS = 12;

export interface GivenCredentials {
  readonly email: string;
  readonly password: string;
  /** The code of the second factor. */
  readonly totp?: string | undefined;
}

/** From where somebody signs in. */
export interface SignInOrigin {
  /** The network that counts as one caller. */
  readonly address: string;
  /** The value of the cookie by which a browser may be known. */
  readonly browser: string | undefined;
}

export interface OpenedSession {
  /** The value of the session cookie; only its hash is stored. */
  readonly token: string;
  /** The value of the cookie by which this browser is known from now on. */
  readonly browser: string;
  readonly sessionId: string;
  readonly councilId: string;
  readonly userId: string;
}

/** Signs people in and out. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsRepository,
    private readonly passwords: PasswordHasher,
    private readonly totp: TotpService,
    private readonly attempts: AttemptLimiter,
    private readonly browsers: KnownBrowsersService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a session if the password is right, and the code of the second factor, if the account has one. An unknown e-mail address and a
   * wrong password get the same answer after the same work. Only somebody who knows the password learns that a code is needed. Wrong
   * passwords and wrong codes are counted separately, so that knowing the password gives no further attempts at the code, from wherever
   * they come.
   */
  async signIn(
    { email, password, totp }: GivenCredentials,
    { address, browser }: SignInOrigin,
  ): Promise<Result<OpenedSession, SignInRefusal>> {
    const key = emailKey(email);
    const known = this.browsers.idOf(browser, key);
    const guess: Attempt =
      known === null
        ? { subject: key, place: address, limits: PASSWORD_ATTEMPTS }
        : { subject: key, place: `browser ${known}`, limits: KNOWN_BROWSER_ATTEMPTS };
    const { account, seconds } = await this.transactions.system(async (tx) => {
      const seconds = await this.attempts.begin(tx, guess);
      return { account: await this.sessions.account(tx, key), seconds };
    });
    if (seconds > 0) return refused({ kind: 'wait', seconds });

    const matches = await this.passwords
      .isRight(account?.active === true ? account.passwordHash : null, password)
      .catch(async (busy: unknown) => {
        await this.transactions.system((tx) => this.attempts.notMade(tx, guess));
        throw busy;
      });
    if (!account || !matches) return refused({ kind: 'wrong' });
    await this.transactions.system((tx) => this.attempts.succeeded(tx, guess));
    return this.totp.counted(account.id, known, totp, () => this.open(account, totp, this.browsers.remember(browser, key)));
  }

  async signOut(actor: Actor): Promise<void> {
    const { sessionId, councilId, id } = actor;
    if (sessionId === null) return;
    await this.transactions.write(councilId, async (tx) => {
      await this.sessions.end(tx, sessionId, this.clock.now());
      await this.audit.record(tx, { actor: id, action: 'session.ended', subject: sessionId });
    });
  }

  /** The person or the client that an actor stands for. */
  async identity({ id, councilId }: Pick<Actor, 'id' | 'councilId'>): Promise<Identity> {
    const [kind = '', subject = ''] = id.split(':');
    const identity = await this.transactions.read(councilId, (tx) =>
      this.sessions.identity(tx, kind === 'user' ? 'user' : 'client', subject),
    );
    if (!identity) throw new Error('an actor that is not there');
    return identity;
  }

  @Every(600)
  forgetOld(): Promise<void> {
    return this.transactions.system((tx) => this.sessions.forgetOld(tx));
  }

  private open(account: Account, totp: string | undefined, browser: string): Promise<Result<OpenedSession, SignInRefusal>> {
    const token = randomBytes(32).toString('base64url');
    const sessionId = newId();
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + SESSION_HOURS * 3600 * 1000);
    return this.transactions.write(account.councilId, async (tx) => {
      const factor = await this.sessions.lock(tx, account);
      if (!factor) return refused({ kind: 'wrong' });
      if (!(await this.totp.admits(tx, account.id, factor, totp))) return refused({ kind: 'needs_totp' });
      await this.sessions.open(tx, account.id, { id: sessionId, tokenHash: tokenHash(token), createdAt, expiresAt });
      await this.audit.record(tx, { actor: `user:${account.id}`, action: 'session.opened', subject: sessionId });
      return ok({ token, browser, sessionId, councilId: account.councilId, userId: account.id });
    });
  }
}
