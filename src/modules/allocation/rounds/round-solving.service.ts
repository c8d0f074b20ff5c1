import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, Id, jobKind, Log, Outbox, Transactions, type Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { Semaphore } from '../../../shared/semaphore.js';
import { RequestLinesService } from '../../requests/index.js';
import { OfferSettingsReader } from '../offers/offer-settings.js';
import { CouncilRoundSources } from './council-round-sources.js';
import { DeviceRoundSources, isOfOneDevice } from './device-round-sources.js';
import { PromisableLines } from './promisable-lines.js';
import { RoundEngine } from './round-engine.js';
import { type Proposals, proposalsOf, roundOf, consideredStockOf } from './round-input.js';
import { type RoundLine, RoundSolutionsRepository, type SolutionKey } from './round-solutions.repository.js';
import type { RoundSettings, RoundSource } from './round-source.js';
import { type AllocationRound, type RoundProgress, RoundsRepository } from './rounds.repository.js';

/** Solves a round that was asked for, even when the process that accepted the request has ended. */
export const ROUND_SOLVE = jobKind('round.solve', { roundId: Id.text });

/** The process that accepts the request solves the round itself. After this time a job checks whether it did. */
const LOOK_AFTER_MS = 60_000;
/** The number of lines in one statement. To process so many blocks other work of this process for less than a tenth of a second. */
const BATCH = 2500;
/**
 * The most large rounds that one process solves at once. Each holds all its lines in memory, and needs one connection for its transaction
 * and one to report its progress.
 */
const AT_ONCE = 2;

/** Solves rounds: reads the queue and the stock, and stores the proposals. */
@Injectable()
export class RoundSolvingService {
  private readonly semaphore = new Semaphore(AT_ONCE);

  constructor(
    private readonly transactions: Transactions,
    private readonly rounds: RoundsRepository,
    private readonly solutions: RoundSolutionsRepository,
    private readonly lines: RequestLinesService,
    private readonly ofCouncil: CouncilRoundSources,
    private readonly ofDevice: DeviceRoundSources,
    private readonly settings: OfferSettingsReader,
    private readonly engine: RoundEngine,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Adds the job that solves the round if this process ends before it does. */
  async schedule(tx: Tx, roundId: string): Promise<void> {
    await this.outbox.add(tx, ROUND_SOLVE, { roundId }, { at: new Date(this.clock.now().getTime() + LOOK_AFTER_MS) });
  }

  /** Lets the next free process solve the round. */
  scheduleNow(tx: Tx, roundId: string): Promise<void> {
    return this.outbox.add(tx, ROUND_SOLVE, { roundId });
  }

  /** Adds a job that looks at the round on another day. Asking several times for the same day adds one job. */
  scheduleLook(tx: Tx, roundId: string, at: Date, day: Day): Promise<void> {
    return this.outbox.add(tx, ROUND_SOLVE, { roundId }, { at, key: `${roundId} ${day}` });
  }

  /** Solves a round now. Returns when it is solved or when `patienceMs` have passed; in the latter case the work goes on. */
  async solveWithin(councilId: string, roundId: string, patienceMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    const solving = this.solve(councilId, roundId).catch((error: unknown) => {
      this.log.warn('a round could not be solved; it will be tried again', { roundId, error: (error as Error).name });
    });
    await Promise.race([solving, patience]);
    clearTimeout(timer);
  }

  /**
   * Solves a round, if that is still asked for. Returns false when another process is solving it, since that one may die before it ends.
   */
  async solve(councilId: string, roundId: string): Promise<boolean> {
    const round = await this.transactions.read(councilId, (tx) => this.rounds.find(tx, null, roundId));
    if (!isUnsolved(round)) return true;
    const work = () => this.transactions.snapshot(councilId, (tx) => this.work(tx, roundId));
    if (!this.sourceOf(round).isLong) return work();
    if (!(await this.semaphore.run(work))) return false;
    await this.transactions.write(councilId, (tx) => this.rounds.dropProgress(tx, roundId));
    return true;
  }

  private async work(tx: Tx, roundId: string): Promise<boolean> {
    if (!(await this.rounds.claim(tx, roundId))) return false;
    const round = await this.rounds.find(tx, null, roundId);
    if (!isUnsolved(round)) return true;
    await this.solutions.takeTime(tx);
    const key = { roundId, solution: round.asked };
    const { policyVersion, countedOn, key: lotteryKey } = await this.lines.order(tx);

    const { rules, timeZone } = await this.settings.read(tx);
    const today = this.clock.today(timeZone);
    const source = this.sourceOf(round);
    const { reserved, ...stock } = await source.stock(tx);
    const { waiting, excluded } = await this.read(tx, round, key, { today, rules });
    const { input, kinds } = await roundOf({
      key: lotteryKey,
      waiting,
      stock,
      promisable: new PromisableLines(rules),
      today,
    });
    await this.show(tx, round, { step: 'solving', linesDone: 0, lines: waiting.length });
    const solution = await this.engine.solve(input);

    await this.solutions.insertPools(tx, key, stock.pools, reserved);
    const lookedAt = consideredStockOf(input, solution, stock, kinds, today);
    await this.store(tx, round, key, proposalsOf({ input, kinds, lookedAt }, solution, excluded));
    const stats = { ...solution.stats, excluded: excluded.length };
    const lotteryKeyHash = createHash('sha256').update(lotteryKey).digest();
    const ownerSchoolId = await source.owner(tx, key);
    const solved = { solution: key.solution, policyVersion, countedOn, lotteryKeyHash, stats, ownerSchoolId };
    if (!(await this.rounds.solved(tx, roundId, solved, this.clock.now()))) throw new Error('a round changed inside one snapshot');
    await this.solutions.dropOthers(tx, key);
    return true;
  }

  private sourceOf(round: AllocationRound): RoundSource {
    return isOfOneDevice(round) ? this.ofDevice.of(round) : this.ofCouncil.of(round);
  }

  private async read(
    tx: Tx,
    round: AllocationRound,
    key: SolutionKey,
    settings: RoundSettings,
  ): Promise<{ waiting: RoundLine[]; excluded: RoundLine[] }> {
    await this.show(tx, round, { step: 'reading', linesDone: 0, lines: null });
    const setAside = await this.solutions.excluded(tx, round.id);
    const lines = await this.sourceOf(round).lines(tx, setAside, settings);
    if (!lines) return { waiting: [], excluded: [] };
    const count = await this.solutions.explain(tx, key, lines);
    const waiting: RoundLine[] = [];
    const excluded: RoundLine[] = [];
    for (let after: string | null = null, page: RoundLine[]; ; after = page.at(-1)?.lineId ?? null) {
      page = await this.solutions.lines(tx, key, { class: round.class, today: settings.today }, after, BATCH);
      for (const line of page)
        if (setAside.has(line.lineId)) excluded.push(line);
        else waiting.push(line);
      if (page.length < BATCH) return { waiting, excluded };
      await this.show(tx, round, { step: 'reading', linesDone: waiting.length, lines: count });
    }
  }

  private async store(tx: Tx, round: AllocationRound, key: SolutionKey, { count, some }: Proposals): Promise<void> {
    for (let from = 0; from < count; from += BATCH) {
      await this.show(tx, round, { step: 'storing', linesDone: from, lines: count });
      await this.solutions.insertProposals(tx, key, some(from, Math.min(count, from + BATCH)));
    }
  }

  /**
   * Stores the progress in a transaction of its own, because nobody sees the transaction that solves the round before it ends. A round of
   * one line needs no progress.
   */
  private async show({ councilId }: Tx, round: AllocationRound, progress: RoundProgress): Promise<void> {
    if (!this.sourceOf(round).isLong) return;
    await this.transactions.write(councilId, (tx) => this.rounds.showProgress(tx, round.id, progress, this.clock.now()));
  }
}

function isUnsolved(round: AllocationRound | null): round is AllocationRound {
  return round?.state === 'draft' && round.solution !== round.asked;
}
