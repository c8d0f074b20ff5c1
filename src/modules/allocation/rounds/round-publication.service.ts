import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import { invalidMove, notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { attempt } from '../../../shared/machine.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { RequestLinesService } from '../../requests/index.js';
import { ROUND_PUBLISHED } from '../allocation.events.js';
import { changedSince, type PublicationFacts, publicationRefusals } from '../domain/publication.rules.js';
import { roundMachine } from '../domain/round.machine.js';
import { type DeniedOffer, OfferMaker, type PlannedOffer } from '../offers/offer-maker.js';
import { RoundPublicationRepository, type ServedLine, type UsedPool } from './round-publication.repository.js';
import { type AllocationRound, RoundsRepository } from './rounds.repository.js';

/** Who publishes a round: a person, or the program under a standing decision. */
export interface Publisher {
  readonly id: string;
  readonly standingDecisionId: string | null;
}

/** Publishes a round: makes offers of all its proposals, or of none. */
@Injectable()
export class RoundPublicationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly rounds: RoundsRepository,
    private readonly publications: RoundPublicationRepository,
    private readonly lines: RequestLinesService,
    private readonly maker: OfferMaker,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** `confirmed` holds the lines whose families recently changed a declared fact, and which the person who publishes has checked. */
  publish(actor: Actor, id: string, confirmed: readonly string[]): Promise<Outcome<AllocationRound>> {
    return this.transactions.write(actor, (tx) =>
      this.publishInside(tx, { id: actor.id, standingDecisionId: null }, actor.reach.schoolId, id, confirmed),
    );
  }

  /** The same in the caller's transaction. */
  async publishInside(
    tx: Tx,
    publisher: Publisher,
    schoolId: string | null,
    id: string,
    confirmed: readonly string[],
  ): Promise<Outcome<AllocationRound>> {
    const round = await this.rounds.lock(tx, schoolId, id);
    if (!round) return notFound();
    const to = attempt(roundMachine, round.state, 'publish');
    if (!to.ok) return invalidMove(to.reason);
    await this.rounds.takeTurn(tx);
    const key = { roundId: id, solution: round.solution };
    const served = await this.publications.served(tx, key);
    const pools = await this.publications.usedPools(tx, key, round.deviceId);
    const facts: PublicationFacts = {
      isSolved: round.solution === round.asked,
      isOrderKept: await this.isOrderKept(tx, round),
      changedLines: await this.publications.changedLines(tx, key),
      shrunkPools: pools.filter(({ before, now }) => now < before),
      unconfirmedLines: await this.publications.unconfirmedLines(tx, key, changedSince(this.clock.now()), confirmed),
    };
    const reasons = publicationRefusals(facts);
    if (reasons.length > 0) return refusedFor(reasons);

    const made = await this.maker.make(tx, publisher, plannedOffersOf(id, served, pools));
    // Somebody changed a line or a device between the check and the lock. Nothing has been written yet.
    if (!made.ok) return refusedFor(publicationRefusals({ ...facts, ...changesBehind(made.reason, pools) }));
    await this.rounds.decide(
      tx,
      id,
      { state: to.value, by: publisher.id, standingDecisionId: publisher.standingDecisionId },
      this.clock.now(),
    );
    await this.audit.record(tx, { actor: publisher.id, action: 'allocation_round.published', subject: id, fields: ['state'] });
    await this.outbox.announce(tx, ROUND_PUBLISHED, { roundId: id });
    return ok((await this.rounds.find(tx, null, id)) as AllocationRound);
  }

  private async isOrderKept(tx: Tx, { policyVersion, lotteryKeyHash }: AllocationRound): Promise<boolean> {
    const order = await this.lines.order(tx);
    return order.policyVersion === policyVersion && lotteryKeyHash?.equals(createHash('sha256').update(order.key).digest()) === true;
  }
}

/** Gives each served line a device of its pool. */
function plannedOffersOf(roundId: string, served: readonly ServedLine[], pools: readonly UsedPool[]): PlannedOffer[] {
  const left = new Map(pools.map(({ number, deviceIds }) => [number, [...deviceIds].reverse()]));
  return served.map(({ lineId, pool }) => {
    const deviceId = left.get(pool)?.pop();
    if (deviceId === undefined) throw new Error('a pool that has as many devices as before has too few');
    return { lineId, deviceId, roundId, reason: null };
  });
}

/** The lines and pools that were lost between the check and the lock. */
function changesBehind(denied: readonly DeniedOffer[], pools: readonly UsedPool[]): Pick<PublicationFacts, 'changedLines' | 'shrunkPools'> {
  const isLost = ({ denial }: DeniedOffer) =>
    denial.kind === 'refused' && denial.reasons.some(({ code }) => code === 'DEVICE_NOT_AVAILABLE');
  const lost = new Set(denied.filter(isLost).map(({ plan }) => plan.deviceId));
  const lostOf = (pool: UsedPool) => pool.deviceIds.filter((id) => lost.has(id)).length;
  return {
    changedLines: denied.filter((each) => !isLost(each)).map(({ plan }) => plan.lineId),
    shrunkPools: pools.filter((pool) => lostOf(pool) > 0).map((pool) => ({ ...pool, now: pool.now - lostOf(pool) })),
  };
}
