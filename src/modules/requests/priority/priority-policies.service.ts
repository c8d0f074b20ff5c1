import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { invalid, notFound, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { type PolicyCriterion, priorityPolicyFaults, scaleOf } from '../domain/priority-policy.rules.js';
import { RerankService } from './rerank.service.js';
import { PriorityPoliciesRepository, type PriorityPolicy } from './priority-policies.repository.js';

/** A policy as a client sends it. It holds from today when `holdsFrom` is null. */
export interface PolicyDraft {
  readonly holdsFrom: Day | null;
  readonly criteria: readonly PolicyCriterion[];
}

/** What anybody may read of a council that shows its scale. */
export interface PublicPolicies {
  readonly council: { readonly code: string; readonly name: string; readonly locale: string };
  readonly policies: readonly PriorityPolicy[];
}

/** The most versions that are shown to the public. */
const SHOWN = 200;

/** Reads and adds versions of a council's priority policy. */
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

  /** Returns versions, the latest first: one more than `limit`. */
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

  /** Returns the versions for anybody; not found unless the council shows its scale. */
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
