import { Injectable } from '@nestjs/common';
import { Audit, Clock, type Tx } from '../../../platform/index.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { attempt } from '../../../shared/machine.js';
import { requestLineMachine } from '../domain/request-line.machine.js';
import { LineMover } from './line-mover.js';
import { LineScorer } from '../priority/line-scorer.js';
import { type QueueOrder, RankingRepository } from '../priority/ranking.repository.js';
import { type QueuePlace, QueueRepository, type StockPool } from '../queue/queue.repository.js';
import { type OfferedLine, OfferedLinesRepository } from './offered-lines.repository.js';
import { type LockedHousehold, type RequestLine, RequestsRepository } from '../intake/requests.repository.js';

/** What offers and loans read from the queue and do to its lines, inside their own transactions. */
@Injectable()
export class RequestLinesService {
  constructor(
    private readonly requests: RequestsRepository,
    private readonly offered: OfferedLinesRepository,
    private readonly queue: QueueRepository,
    private readonly mover: LineMover,
    private readonly ranking: RankingRepository,
    private readonly scores: LineScorer,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Returns what the order of the queues is computed from. */
  async order(tx: Tx): Promise<QueueOrder> {
    const order = await this.ranking.order(tx);
    if (order) return order;
    await this.scores.begin(tx);
    return (await this.ranking.order(tx)) as QueueOrder;
  }

  /** Locks the household's open line of a class; null when it has none. The caller holds the household's lock. */
  lockOpen(tx: Tx, householdId: string, deviceClass: DeviceClass): Promise<RequestLine | null> {
    return this.requests.lockOpenLine(tx, householdId, deviceClass);
  }

  /**
   * Locks and returns the household's open lines that are for one of these learners. A draft is not among them: its learners are checked when
   * it is submitted. The caller holds the household's lock.
   */
  openFor(tx: Tx, householdId: string, learnerIds: readonly string[]): Promise<Pick<RequestLine, 'id' | 'class'>[]> {
    return this.offered.openFor(tx, householdId, learnerIds);
  }

  /** Keeps a line for those of its learners who stay; when none does, for all learners who stay. */
  async keepFor(tx: Tx, actor: string, lineId: string, staying: readonly string[]): Promise<void> {
    await this.offered.keepFor(tx, lineId, staying, this.clock.now());
    await this.audit.record(tx, { actor, action: 'request_line.kept', subject: lineId, fields: ['learnerIds'] });
  }

  /** Locks the household of a line, as everybody does who changes its lines; returns null when there is no such line. */
  lockHousehold(tx: Tx, lineId: string): Promise<LockedHousehold | null> {
    return this.requests.lockHouseholdOfLine(tx, null, lineId);
  }

  /** Locks the households of many lines, in the order of their ids. */
  lockHouseholds(tx: Tx, lineIds: readonly string[]): Promise<void> {
    return this.offered.lockHouseholds(tx, lineIds);
  }

  /** Returns those of these lines that exist, without a lock: whoever decides about them must lock them. */
  findMany(tx: Tx, lineIds: readonly string[]): Promise<RequestLine[]> {
    return this.offered.find(tx, lineIds);
  }

  /** Locks those of these lines that exist, in the order of their ids. The caller holds their households' locks. */
  lockMany(tx: Tx, lineIds: readonly string[]): Promise<RequestLine[]> {
    return this.offered.lock(tx, lineIds);
  }

  /** Moves lines for which devices are held from now on. The caller has locked them and found them waiting. */
  offer(tx: Tx, actor: string, offered: readonly OfferedLine[]): Promise<void> {
    return this.mover.offer(tx, actor, offered);
  }

  /**
   * Ends the offer of a locked line. `to` is the state to which the end of the offer leads it, and `reason` says why, in words for the family.
   */
  async endOffer(
    tx: Tx,
    actor: string,
    line: RequestLine,
    move: 'revoke' | 'expire_offer' | 'expire_pickup',
    to: 'waiting' | 'suspended',
    reason: string | null = null,
  ): Promise<void> {
    const moved = move === 'revoke' ? attempt(requestLineMachine, line.state, move) : attempt(requestLineMachine, line.state, move, to);
    if (!moved.ok) throw new Error(`the offer of a line that is ${line.state} cannot end by ${move}`);
    await this.mover.move(tx, actor, line, move, moved.value, { reason });
  }

  /** Moves a line for which a device was handed over, which the caller has locked, and writes its event, audit event and announcement. */
  async fulfil(tx: Tx, actor: string, line: RequestLine): Promise<void> {
    const to = attempt(requestLineMachine, line.state, 'hand_over');
    if (!to.ok) throw new Error(`a line that is ${line.state} cannot be fulfilled`);
    await this.mover.move(tx, actor, line, 'hand_over', to.value);
  }

  /**
   * Counts the lines of other households that wait ahead of a place (null: all that wait) and that the pool could serve. It counts no further
   * than `atMost`, which is enough to compare with the stock.
   */
  waitingAhead(tx: Tx, pool: StockPool, householdId: string, before: QueuePlace | null, atMost: number): Promise<number> {
    return this.queue.waitingFor(tx, pool, householdId, before, atMost);
  }

  /** Counts the lines of other households that wait and that the pool could serve, no further than `atMost`. */
  waitingFor(tx: Tx, pool: StockPool, householdId: string, atMost: number): Promise<number> {
    return this.queue.waitingFor(tx, pool, householdId, null, atMost);
  }
}
