import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { type PolicyCriterion, priorityPolicyFaults, scaleOf } from '../domain/priority-policy.rules.js';
import { RerankService } from './rerank.service.js';
import { PriorityPoliciesRepository, type PriorityPolicy } from './priority-policies.repository.js';

/** A policy as it is proposed; from today when no day is said. */
export interface PolicyDraft {
  readonly holdsFrom: Day | null;
  readonly criteria: readonly PolicyCriterion[];
}

/** What anybody may read of a council that shows its scale. */
export interface PublicPolicies {
  readonly council: { readonly code: string; readonly name: string; readonly locale: string };
  readonly policies: readonly PriorityPolicy[];
}

/** So many versions are shown to the public: the present one and those before it. */
const SHOWN = 200;

/** A council's priority policies: read by version, and added. */
@Injectable()
export class PriorityPoliciesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly policies: PriorityPoliciesRepository,
    private readonly councils: CouncilsRepository,
    private readonly councilsByCode: CouncilsService,
    private readonly reranking: RerankService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  find(councilId: string, version: number): Promise<Outcome<PriorityPolicy>> {
    return this.transactions.read(councilId, async (tx) => {
      const policy = await this.policies.find(tx, version, await this.today(tx));
      return policy ? ok(policy) : notFound();
    });
  }

  /** The latest first: one more than `limit`. */
  list(councilId: string, before: number | null, limit: number): Promise<PriorityPolicy[]> {
    return this.transactions.read(councilId, async (tx) => this.policies.page(tx, await this.today(tx), before, limit));
  }

  /** Adds a version; those before it stay as they are. */
  add(actor: Actor, { holdsFrom, criteria }: PolicyDraft): Promise<Outcome<PriorityPolicy>> {
    return this.transactions.write(actor, async (tx) => {
      await this.councils.lock(tx);
      const { timeZone } = await this.councils.facts(tx);
      const today = this.clock.today(timeZone);
      const from = holdsFrom ?? today;
      const past = from < today ? [{ pointer: '/holdsFrom', code: 'DAY_PASSED', message: 'must be today or later' }] : [];
      const faults = [...past, ...priorityPolicyFaults(criteria)];
      if (faults.length > 0) return invalid(...faults);

      const version = (await this.policies.lastVersion(tx)) + 1;
      const added = { version, holdsFrom: from, scale: scaleOf(criteria), createdBy: actor.id, createdAt: this.clock.now() };
      await this.policies.insert(tx, added);
      tx.made('priority_policy', String(version));
      await this.reranking.schedule(tx, from, timeZone);
      await this.audit.record(tx, { actor: actor.id, action: 'priority_policy.added', subject: actor.councilId, fields: ['criteria'] });
      return ok((await this.policies.find(tx, version, today)) as PriorityPolicy);
    });
  }

  /** For anybody: nothing unless the council shows its scale. */
  async forPublic(councilCode: string): Promise<Outcome<PublicPolicies>> {
    const councilId = await this.councilsByCode.idOf(councilCode);
    if (councilId === null) return notFound();
    return this.transactions.read(councilId, async (tx) => {
      const council = await this.councils.find(tx);
      if (!council?.publicPriorityScale) return notFound();
      const policies = await this.policies.page(tx, this.clock.today(council.timeZone), null, SHOWN);
      return ok({ council, policies: policies.slice(0, SHOWN) });
    });
  }

  private async today(tx: Tx): Promise<Day> {
    return this.clock.today((await this.councils.facts(tx)).timeZone);
  }
}
