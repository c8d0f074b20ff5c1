import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Every, Transactions, violation } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { HOUSEHOLD_PREFIX, normaliseReference } from '../../../shared/reference.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { contactActorId } from '../../councils/index.js';
import { tokenHash } from '../access/authenticator.js';
import { familySessionEnd } from '../domain/family-session.rules.js';
import { ACCESS_CODE_ATTEMPTS, KNOWN_BROWSER_ATTEMPTS } from '../domain/sign-in-delay.rules.js';
import { type Attempt, AttemptLimiter } from '../sign-in/attempt-limiter.js';
import { KnownBrowsersService } from '../sign-in/known-browsers.service.js';
import type { SignInOrigin } from '../sign-in/sessions.service.js';
import type { SignInRefusal } from '../sign-in/sign-in-refusal.js';
import { AccessCodeHasher } from './access-code-hasher.js';
import { type CodeOwner, FamilySessionsRepository } from './family-sessions.repository.js';

/** What a family types, or what its QR code carries. */
export interface GivenAccessCode {
  readonly reference: string;
  readonly code: string;
  /** Whether the phone is theirs alone. */
  readonly ownPhone: boolean;
}

export interface OpenedFamilySession extends CodeOwner {
  /** The value of the session cookie; only its hash is stored. */
  readonly token: string;
  /** The value of the cookie by which this browser is known from now on. */
  readonly browser: string;
  readonly sessionId: string;
}

/** Signs families in with the reference of their file and a printed code. */
@Injectable()
export class FamilySignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: FamilySessionsRepository,
    private readonly hasher: AccessCodeHasher,
    private readonly attempts: AttemptLimiter,
    private readonly browsers: KnownBrowsersService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens a session if the code is the one that was printed last for a contact of the file. An unknown reference, a wrong code, one that does
   * not hold any more and a council that is not open to families get the same answer after the same work. The code is not used up. Wrong
   * tries make this reference wait at this address, and nowhere else; those of staff at the address are counted apart.
   */
  async signIn(
    { reference, code, ownPhone }: GivenAccessCode,
    { address, browser }: SignInOrigin,
  ): Promise<Result<OpenedFamilySession, SignInRefusal>> {
    const subject = `file ${normaliseReference(HOUSEHOLD_PREFIX, reference) ?? reference}`;
    const known = this.browsers.idOf(browser, subject);
    const guess: Attempt =
      known === null
        ? { subject, place: `families at ${address}`, limits: ACCESS_CODE_ATTEMPTS }
        : { subject, place: `browser ${known}`, limits: KNOWN_BROWSER_ATTEMPTS };
    const hash = this.hasher.hash(reference, code);
    const { owner, seconds } = await this.transactions.system(async (tx) => {
      const seconds = await this.attempts.begin(tx, guess);
      return { owner: await this.sessions.ownerOf(tx, hash, this.clock.now()), seconds };
    });
    if (seconds > 0) return refused({ kind: 'wait', seconds });
    const opened = owner && (await this.open(owner, hash, ownPhone));
    if (!opened) return refused({ kind: 'wrong' });
    await this.transactions.system((tx) => this.attempts.succeeded(tx, guess));
    return ok({ ...owner, ...opened, browser: this.browsers.remember(browser, subject) });
  }

  @Every(600)
  forgetOld(): Promise<void> {
    return this.transactions.system((tx) => this.sessions.forgetOld(tx));
  }

  /** Null when the code was replaced or revoked, or the contact has left the file, since it was looked up. */
  private async open(
    { councilId, contactId, householdId }: CodeOwner,
    codeHash: string,
    ownPhone: boolean,
  ): Promise<{ token: string; sessionId: string } | null> {
    const token = randomBytes(32).toString('base64url');
    const id = newId();
    const openedAt = this.clock.now();
    const expiresAt = familySessionEnd({ openedAt, ownPhone }, openedAt);
    const session = { id, contactId, householdId, tokenHash: tokenHash(token), ownPhone, openedAt, expiresAt };
    try {
      return await this.transactions.write(councilId, async (tx) => {
        if (!(await this.sessions.open(tx, codeHash, session))) return null;
        await this.audit.record(tx, { actor: contactActorId(contactId), action: 'session.opened', subject: id });
        return { token, sessionId: id };
      });
    } catch (error) {
      if (violation(error)?.constraint === 'family_sessions_contact') return null;
      throw error;
    }
  }
}
