import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx, violation } from '../../../platform/index.js';
import { newId } from '../../../shared/ids.js';
import { contactActorId } from '../../councils/index.js';
import { tokenHash } from '../access/authenticator.js';
import { familySessionEnd } from '../domain/family-session.rules.js';
import { KnownBrowsersService } from '../sign-in/known-browsers.service.js';
import type { CodeOwner, NewFamilySession } from './family-sessions.repository.js';

export interface OpenedFamilySession extends CodeOwner {
  /** The value of the session cookie; only its hash is stored. */
  readonly token: string;
  /** The value of the cookie by which this browser is known from now on. */
  readonly browser: string;
  readonly sessionId: string;
}

interface Opening {
  /** Whether the phone is theirs alone. */
  readonly ownPhone: boolean;
  /** The cookie by which the browser was known before. */
  readonly browser: string | undefined;
  /** What it is known for from now on, as in `KnownBrowsersService`. */
  readonly subject: string;
}

/** Opens the session of a contact whose code was right. */
@Injectable()
export class FamilySessionOpener {
  constructor(
    private readonly transactions: Transactions,
    private readonly browsers: KnownBrowsersService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** `insert` stores the session, and returns false when the code does not hold any more; then, and when the contact has gone, it is null. */
  async open(
    { councilId, contactId, householdId }: CodeOwner,
    { ownPhone, browser, subject }: Opening,
    insert: (tx: Tx, session: NewFamilySession) => Promise<boolean>,
  ): Promise<OpenedFamilySession | null> {
    const token = randomBytes(32).toString('base64url');
    const id = newId();
    const openedAt = this.clock.now();
    const expiresAt = familySessionEnd({ openedAt, ownPhone }, openedAt);
    const session = { id, contactId, householdId, tokenHash: tokenHash(token), ownPhone, openedAt, expiresAt };
    try {
      return await this.transactions.write(councilId, async (tx) => {
        if (!(await insert(tx, session))) return null;
        await this.audit.record(tx, { actor: contactActorId(contactId), action: 'session.opened', subject: id });
        return { councilId, contactId, householdId, token, sessionId: id, browser: this.browsers.remember(browser, subject) };
      });
    } catch (error) {
      if (violation(error)?.constraint === 'family_sessions_contact') return null;
      throw error;
    }
  }
}
