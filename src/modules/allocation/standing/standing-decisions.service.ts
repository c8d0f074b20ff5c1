import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { invalid, notFound, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository } from '../../councils/index.js';
import { REVOCATION_REFUSALS, standingDecisionFaults } from '../domain/standing-decision.rules.js';
import {
  type NewStandingDecision,
  type ProposalScope,
  type StandingDecision,
  StandingDecisionsRepository,
} from './standing-decisions.repository.js';

/** Decisions that a manager takes once, and can revoke, about proposals that are published without asking. */
@Injectable()
export class StandingDecisionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly decisions: StandingDecisionsRepository,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** In the order in which they were taken. Returns one more than `limit` when more follow. */
  list(councilId: string, after: number | null, limit: number): Promise<StandingDecision[]> {
    return this.transactions.read(councilId, (tx) => this.decisions.page(tx, after, limit));
  }

  find(councilId: string, id: string): Promise<Outcome<StandingDecision>> {
    return this.transactions.read(councilId, async (tx) => {
      const decision = await this.decisions.find(tx, id);
      return decision ? ok(decision) : notFound();
    });
  }

  decide(actor: Actor, asked: NewStandingDecision): Promise<Outcome<StandingDecision>> {
    return this.transactions.write(actor, async (tx) => {
      const { siteId, reason } = asked;
      const unknown = await this.councils.unknownSites(tx, siteId === null ? [] : [siteId]);
      const today = this.clock.today((await this.councils.facts(tx)).timeZone);
      const faults = [...(unknown.size > 0 ? [unknownReference('/siteId')] : []), ...standingDecisionFaults(asked, today)];
      if (faults.length > 0) return invalid(...faults);
      const decision = await this.decisions.insert(tx, newId(), asked, actor.id, this.clock.now());
      tx.made('standing_decision', decision.id);
      await this.audit.record(tx, { actor: actor.id, action: 'standing_decision.made', subject: decision.id, reason });
      return ok(decision);
    });
  }

  /** Nothing more is published under the decision; what was published stays. */
  revoke(actor: Actor, id: string, reason: string): Promise<Outcome<StandingDecision>> {
    return this.transactions.write(actor, async (tx) => {
      const decision = await this.decisions.lock(tx, id);
      if (!decision) return notFound();
      const reasons = refusalsHolding(REVOCATION_REFUSALS, { ALREADY_REVOKED: decision.revokedAt !== null });
      if (reasons.length > 0) return refusedFor(reasons);
      const revoked = await this.decisions.revoke(tx, id, actor.id, this.clock.now());
      await this.audit.record(tx, { actor: actor.id, action: 'standing_decision.revoked', subject: id, fields: ['revokedAt'], reason });
      return ok(revoked);
    });
  }

  /**
   * The decision under which a proposal of this class, with stock of this site, may be published today without asking; null when a person
   * must be asked. It needs a transaction that writes, since it locks the decision until the end.
   */
  holding(tx: Tx, scope: ProposalScope, today: Day): Promise<StandingDecision | null> {
    return this.decisions.holding(tx, scope, today);
  }
}
