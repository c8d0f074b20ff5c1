import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { invalid, invalidMove, notFound, type Outcome, refusedFor, unknownReference } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { attempt } from '../../../shared/machine.js';
import { ok } from '../../../shared/result.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { type Actor, CouncilsRepository } from '../../councils/index.js';
import { type ExplainedScore, ExplanationService, type StoredScore } from '../../requests/index.js';
import { type Exclusion, exclusionAfter, exclusionRefusals } from '../domain/exclusion.rules.js';
import { changedSince } from '../domain/publication.rules.js';
import { roundMachine } from '../domain/round.machine.js';
import { scopeFaults, type RoundScope } from '../domain/round-scope.rules.js';
import { type Proposal, type ProposalFilter, RoundProposalsRepository } from './round-proposals.repository.js';
import { RoundSolvingService } from './round-solving.service.js';
import { type AllocationRound, type RoundFilter, RoundsRepository } from './rounds.repository.js';

/** How long a request waits for the proposals of a round. A larger round goes on, and reports its progress. */
const PATIENCE_MS = 20_000;

/** A line that was set aside, and the round without it. */
export interface ExcludedLine {
  readonly exclusion: Exclusion;
  readonly round: AllocationRound;
}

/** The proposal of a round for a line, with the data from which its score was computed. */
export type ExplainedProposal = ExplainedScore & StoredScore & { readonly proposal: Proposal };

/** Opens rounds, reads their proposals, and sets lines aside. */
@Injectable()
export class RoundsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly rounds: RoundsRepository,
    private readonly proposals: RoundProposalsRepository,
    private readonly solving: RoundSolvingService,
    private readonly explanations: ExplanationService,
    private readonly councils: CouncilsRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Opens a round and starts solving it. A school administrator's round is limited to the stock of the school. */
  async open(actor: Actor, asked: RoundScope & { readonly class: DeviceClass }): Promise<Outcome<AllocationRound>> {
    const { schoolId: reach } = actor.reach;
    const scope = { schoolIds: asked.schoolIds ?? (reach === null ? null : [reach]), siteIds: asked.siteIds };
    const opened = await this.transactions.write(actor, async (tx): Promise<Outcome<string>> => {
      const faults = scopeFaults(scope, await this.scopeFacts(tx, scope, reach));
      if (faults.length > 0) return invalid(...faults);
      const id = newId();
      const round = { id, class: asked.class, ...scope, ownerSchoolId: reach, deviceId: null, openedBy: actor.id };
      await this.rounds.insert(tx, round, this.clock.now());
      tx.made('allocation_round', id);
      await this.solving.schedule(tx, id);
      await this.audit.record(tx, { actor: actor.id, action: 'allocation_round.opened', subject: id });
      return ok(id);
    });
    return opened.ok ? this.solved(actor, opened.value) : opened;
  }

  find({ councilId, reach }: Actor, id: string): Promise<Outcome<AllocationRound>> {
    return this.transactions.read(councilId, async (tx) => {
      const round = await this.rounds.find(tx, reach.schoolId, id);
      return round ? ok(round) : notFound();
    });
  }

  /** The latest first. Returns one more than `limit` when more follow. */
  list({ councilId, reach }: Actor, filter: RoundFilter, before: number | null, limit: number): Promise<AllocationRound[]> {
    return this.transactions.read(councilId, (tx) => this.rounds.list(tx, reach.schoolId, filter, before, limit));
  }

  /** The proposals of the current solution. Returns one more than `limit` when more follow. */
  listProposals(actor: Actor, id: string, filter: ProposalFilter, after: number, limit: number): Promise<Outcome<Proposal[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const round = await this.rounds.find(tx, actor.reach.schoolId, id);
      if (!round) return notFound();
      const key = { roundId: id, solution: round.solution };
      return ok(await this.proposals.list(tx, key, filter, changedSince(round.decidedAt ?? this.clock.now()), after, limit));
    });
  }

  /**
   * The data from which a line's score was computed when the round was solved. `asked` is the language; null means the family's, else the
   * council's.
   */
  explain(actor: Actor, id: string, lineId: string, asked: string | null): Promise<Outcome<ExplainedProposal>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const round = await this.rounds.find(tx, actor.reach.schoolId, id);
      const stored = round && (await this.proposals.storedScore(tx, id, lineId));
      const key = { roundId: id, solution: round?.solution ?? 0 };
      const [proposal] = stored ? await this.proposals.list(tx, key, { lineId }, changedSince(this.clock.now()), 0, 1) : [];
      if (!stored || !proposal) return notFound();
      return ok({ proposal, ...stored, ...(await this.explanations.explainStored(tx, proposal.householdId, stored, asked)) });
    });
  }

  /** The lines that are set aside, in the order of their ids. Returns one more than `limit` when more follow. */
  exclusions(actor: Actor, id: string, after: string | null, limit: number): Promise<Outcome<Exclusion[]>> {
    return this.transactions.read(actor.councilId, async (tx) => {
      const round = await this.rounds.find(tx, actor.reach.schoolId, id);
      return round ? ok(await this.proposals.exclusions(tx, id, after, limit)) : notFound();
    });
  }

  /** A line that is set aside, with the round as it is now. */
  excluded({ councilId, reach }: Actor, id: string, lineId: string): Promise<Outcome<ExcludedLine>> {
    return this.transactions.read(councilId, async (tx) => {
      const round = await this.rounds.find(tx, reach.schoolId, id);
      const exclusion = round && (await this.proposals.exclusion(tx, id, lineId));
      return round && exclusion ? ok({ exclusion, round }) : notFound();
    });
  }

  /** Solves a round again, with the queue and the stock as they are now. */
  async solveAgain(actor: Actor, id: string): Promise<Outcome<AllocationRound>> {
    const asked = await this.transactions.write(actor, async (tx): Promise<Outcome<void>> => {
      const draft = await this.lockDraft(tx, actor, id, 'solve');
      if (!draft.ok) return draft;
      await this.ask(tx, actor, id);
      return ok(undefined);
    });
    return asked.ok ? this.solved(actor, id) : asked;
  }

  /** Sets a line aside in this round, or gives the second person's consent to that. Then the round is solved again without the line. */
  async exclude(actor: Actor, id: string, lineId: string, reason: string): Promise<Outcome<ExcludedLine>> {
    const excluded = await this.transactions.write(actor, async (tx): Promise<Outcome<Exclusion>> => {
      const draft = await this.lockDraft(tx, actor, id, 'solve');
      if (!draft.ok) return draft;
      const reasons = exclusionRefusals(draft.value);
      if (reasons.length > 0) return refusedFor(reasons);
      if (!(await this.proposals.hasLine(tx, { roundId: id, solution: draft.value.solution }, lineId)))
        return invalid(unknownReference('/lineId'));
      const present = await this.proposals.exclusion(tx, id, lineId);
      tx.made('excluded_line', lineId);
      const exclusion = exclusionAfter(present, { lineId, reason, by: actor.id, role: actor.role });
      if (exclusion === present) return ok(exclusion);
      await this.proposals.saveExclusion(tx, id, exclusion, this.clock.now());
      await this.audit.record(tx, { actor: actor.id, action: 'allocation_round.line_excluded', subject: id, reason });
      if (exclusion.isEffective) await this.ask(tx, actor, id);
      return ok(exclusion);
    });
    if (!excluded.ok) return excluded;
    const round = await this.solved(actor, id);
    return round.ok ? ok({ exclusion: excluded.value, round: round.value }) : round;
  }

  /** Discards a round: it makes no offers. */
  discard(actor: Actor, id: string): Promise<Outcome<AllocationRound>> {
    return this.transactions.write(actor, async (tx) => {
      const draft = await this.lockDraft(tx, actor, id, 'discard');
      if (!draft.ok) return draft;
      await this.rounds.decide(tx, id, { state: roundMachine.moves.discard.to, by: actor.id, standingDecisionId: null }, this.clock.now());
      await this.audit.record(tx, { actor: actor.id, action: 'allocation_round.discarded', subject: id, fields: ['state'] });
      return ok((await this.rounds.find(tx, null, id)) as AllocationRound);
    });
  }

  private async ask(tx: Tx, actor: Actor, id: string): Promise<void> {
    await this.rounds.ask(tx, id, this.clock.now());
    await this.solving.schedule(tx, id);
    await this.audit.record(tx, { actor: actor.id, action: 'allocation_round.solved_again', subject: id });
  }

  /**
   * The round after it was solved. The actor had access to it before; an administrator's reach is not checked again, since the new
   * proposals may be beyond it.
   */
  private async solved({ councilId }: Actor, id: string): Promise<Outcome<AllocationRound>> {
    await this.solving.solveWithin(councilId, id, PATIENCE_MS);
    const round = await this.transactions.read(councilId, (tx) => this.rounds.find(tx, null, id));
    return round ? ok(round) : notFound();
  }

  private async lockDraft(tx: Tx, actor: Actor, id: string, move: 'solve' | 'discard'): Promise<Outcome<AllocationRound>> {
    const round = await this.rounds.lock(tx, actor.reach.schoolId, id);
    if (!round) return notFound();
    const to = attempt(roundMachine, round.state, move);
    return to.ok ? ok(round) : invalidMove(to.reason);
  }

  private async scopeFacts(tx: Tx, { schoolIds, siteIds }: RoundScope, reach: string | null) {
    const unknown = await this.councils.unknownSchools(tx, schoolIds ?? []);
    const known = new Set((schoolIds ?? []).filter((id) => !unknown.has(id)));
    return { schoolIds: known, sites: await this.rounds.sites(tx, siteIds ?? []), reach };
  }
}
