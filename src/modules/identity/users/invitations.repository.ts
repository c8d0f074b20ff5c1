import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';

/** The data that the mail of an invitation needs. */
export interface InvitationToSend {
  readonly email: string;
  readonly expiresAt: Date;
  readonly councilName: string;
  readonly locale: string;
  readonly timeZone: string;
}

/** The person whom a token admits. */
export interface InvitedUser {
  readonly councilId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

const INSERT = `
  INSERT INTO invitations (council_id, id, user_id, token_hash, expires_at, created_at) VALUES (current_council(), $1, $2, $3, $4, $5)`;
const END_OPEN = `
  UPDATE invitations SET expires_at = $2 WHERE council_id = current_council() AND user_id = $1 AND used_at IS NULL AND expires_at > $2`;
const TO_SEND = `
  SELECT u.email, i.expires_at AS "expiresAt", c.name AS "councilName", c.locale, c.time_zone AS "timeZone"
  FROM invitations i JOIN users u ON u.council_id = i.council_id AND u.id = i.user_id JOIN councils c ON c.id = i.council_id
  WHERE i.council_id = current_council() AND i.id = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND u.active`;
const LAST = `
  SELECT expires_at AS "expiresAt" FROM invitations WHERE council_id = current_council() AND user_id = $1 ORDER BY ordinal DESC LIMIT 1`;
const OF_TOKEN = `
  SELECT i.council_id AS "councilId", i.user_id AS "userId", u.email, u.name
  FROM invitations i JOIN users u ON u.council_id = i.council_id AND u.id = i.user_id
  WHERE i.token_hash = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND u.active`;
const SPENT_WITH = `
  SELECT i.council_id AS "councilId", i.user_id AS "userId", u.email, u.password_hash AS "passwordHash"
  FROM invitations i JOIN users u ON u.council_id = i.council_id AND u.id = i.user_id
  WHERE i.token_hash = $1 AND i.spent_with = $2 AND i.used_at > $3 AND u.active`;
const SPEND = `
  UPDATE invitations SET used_at = $3, spent_with = $4
  WHERE council_id = current_council() AND user_id = $1 AND token_hash = $2 AND used_at IS NULL AND expires_at > $3`;

/** The SQL of invitations. It also reads the tables of councils. */
@Injectable()
export class InvitationsRepository {
  async insert(tx: Tx, invitation: { id: string; userId: string; tokenHash: string; expiresAt: Date }, now: Date): Promise<void> {
    const { id, userId, tokenHash, expiresAt } = invitation;
    await tx.execute(INSERT, [id, userId, tokenHash, expiresAt, now]);
  }

  /** Ends the open invitation of an account, if there is one. */
  async endOpen(tx: Tx, userId: string, now: Date): Promise<void> {
    await tx.execute(END_OPEN, [userId, now]);
  }

  /** Null when there is nothing left to send. */
  toSend(tx: Tx, id: string, now: Date): Promise<InvitationToSend | null> {
    return tx.one<InvitationToSend>(TO_SEND, [id, now]);
  }

  /** When the last invitation of the account ends; null when there was none. */
  async lastEnd(tx: Tx, userId: string): Promise<Date | null> {
    return (await tx.one<{ expiresAt: Date }>(LAST, [userId]))?.expiresAt ?? null;
  }

  /** Needs the platform's own transaction, because a token does not contain its council. */
  ofToken(tx: Tx, tokenHash: string, now: Date): Promise<InvitedUser | null> {
    return tx.one<InvitedUser>(OF_TOKEN, [tokenHash, now]);
  }

  /** The person whom a token admitted that was used with this idempotency key since an instant. Needs the platform's own transaction. */
  spentWith(
    tx: Tx,
    tokenHash: string,
    spentWith: string,
    since: Date,
  ): Promise<(InvitedUser & { readonly passwordHash: string | null }) | null> {
    return tx.one<InvitedUser & { passwordHash: string | null }>(SPENT_WITH, [tokenHash, spentWith, since]);
  }

  /** Returns false when it was used or ended meanwhile. */
  async spend(tx: Tx, userId: string, tokenHash: string, now: Date, spentWith: string | null): Promise<boolean> {
    return (await tx.execute(SPEND, [userId, tokenHash, now, spentWith])) === 1;
  }
}
