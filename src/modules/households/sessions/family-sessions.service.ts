import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions } from '../../../platform/index.js';
import { notFound, type Outcome } from '../../../shared/denial.js';
import { NIL_ID } from '../../../shared/ids.js';
import { ok } from '../../../shared/result.js';
import { type Actor, reachInto } from '../../councils/index.js';
import { type FamilySession, FamilySessionsRepository } from '../../identity/index.js';
import { HouseholdsRepository } from '../files/households.repository.js';

/** Where a family is signed in, for itself and for staff: a contact sees and ends their own sessions only. */
@Injectable()
export class FamilySessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly households: HouseholdsRepository,
    private readonly sessions: FamilySessionsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** In the order in which they began. Returns one more than `limit` when more follow. */
  list(actor: Actor, householdId: string, after: string | null, limit: number): Promise<Outcome<FamilySession[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      if (!(await this.households.inReach(tx, reachInto(actor, householdId), householdId))) return notFound();
      return ok(await this.sessions.list(tx, ownerFor(actor, householdId), after ?? NIL_ID, limit, this.clock.now()));
    });
  }

  end(actor: Actor, householdId: string, sessionId: string): Promise<Outcome<null>> {
    return this.transactions.write(actor, async (tx) => {
      if (!(await this.households.inReach(tx, reachInto(actor, householdId), householdId))) return notFound();
      if (!(await this.sessions.end(tx, ownerFor(actor, householdId), sessionId, this.clock.now()))) return notFound();
      await this.audit.record(tx, { actor: actor.id, action: 'session.ended', subject: sessionId });
      return ok(null);
    });
  }
}

const ownerFor = ({ family }: Actor, householdId: string) => ({ householdId, contactId: family?.contactId ?? null });
