import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import type { Actor } from '../../councils/index.js';
import { familySessionEnd, isUseToNote } from '../domain/family-session.rules.js';
import { FamilySessionsRepository } from './family-sessions.repository.js';

/** The contact whose session it is. */
export interface FamilySessionOwner {
  readonly councilId: string;
  readonly sessionId: string;
  readonly contactId: string;
  readonly householdId: string;
  /** Null: it is the contact's own. */
  readonly helperId: string | null;
}

const OF_TOKEN = `
  SELECT council_id AS "councilId", session_id AS "sessionId", contact_id AS "contactId", household_id AS "householdId", seen_at AS "seenAt",
         helper_of_family_session(council_id, session_id) AS "helperId"
  FROM contact_of_family_session($1, $2)`;

/** Finds the session that a family's cookie holds, keeps it alive while it is used, and ends it. */
@Injectable()
export class FamilySessionKeeper {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: FamilySessionsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Null when there is none, or none any more: it ended, its contact has left the file, or the council has closed to families. */
  async sessionOf(tokenHash: string): Promise<FamilySessionOwner | null> {
    const now = this.clock.now();
    const [session] = await this.transactions.platformCall<FamilySessionOwner & { seenAt: Date }>(OF_TOKEN, [tokenHash, now]);
    if (!session) return null;
    const { seenAt, ...owner } = session;
    if (isUseToNote(seenAt, now)) await this.noteUse(owner, now);
    return owner;
  }

  /** Ends the session with which the family calls. */
  async signOut({ councilId, family, sessionId, id }: Actor): Promise<void> {
    if (family === null || sessionId === null) return;
    await this.transactions.write(councilId, async (tx) => {
      if (!(await this.sessions.end(tx, family, sessionId, this.clock.now()))) return;
      await this.audit.record(tx, { actor: id, action: 'session.ended', subject: sessionId });
    });
  }

  private noteUse({ councilId, sessionId }: FamilySessionOwner, now: Date): Promise<void> {
    return this.transactions.write(councilId, async (tx) => {
      const start = await this.sessions.start(tx, sessionId, now);
      if (start) await this.sessions.seen(tx, sessionId, now, familySessionEnd(start, now));
    });
  }
}
