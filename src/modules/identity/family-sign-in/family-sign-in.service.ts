import { Injectable } from '@nestjs/common';
import { Clock, Every, Transactions } from '../../../platform/index.js';
import { HOUSEHOLD_PREFIX, normaliseReference } from '../../../shared/reference.js';
import { ok, refused, type Result } from '../../../shared/result.js';
import { ACCESS_CODE_ATTEMPTS, KNOWN_BROWSER_ATTEMPTS } from '../domain/sign-in-delay.rules.js';
import { type Attempt, AttemptLimiter } from '../sign-in/attempt-limiter.js';
import { KnownBrowsersService } from '../sign-in/known-browsers.service.js';
import type { SignInOrigin } from '../sign-in/sessions.service.js';
import type { SignInRefusal } from '../sign-in/sign-in-refusal.js';
import { AccessCodeHasher } from './access-code-hasher.js';
import { FamilySessionOpener, type OpenedFamilySession } from './family-session-opener.js';
import { FamilySessionsRepository } from './family-sessions.repository.js';

/** What a family types, or what its QR code carries. */
export interface GivenAccessCode {
  readonly reference: string;
  readonly code: string;
  /** Whether the phone is theirs alone. */
  readonly ownPhone: boolean;
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
    private readonly opener: FamilySessionOpener,
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
    const opened =
      owner && (await this.opener.open(owner, { ownPhone, browser, subject }, (tx, session) => this.sessions.open(tx, hash, session)));
    if (!opened) return refused({ kind: 'wrong' });
    await this.transactions.system((tx) => this.attempts.succeeded(tx, guess));
    return ok(opened);
  }

  @Every(600)
  forgetOld(): Promise<void> {
    return this.transactions.system((tx) => this.sessions.forgetOld(tx));
  }
}
