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
import { type Proposals, proposalsOf, roundOf, stockLookedAtOf } from './round-input.js';
import { type RoundLine, RoundSolutionsRepository, type SolutionKey } from './round-solutions.repository.js';
import type { RoundSettings, RoundSource } from './round-source.js';
import { type AllocationRound, type RoundProgress, RoundsRepository } from './rounds.repository.js';

/** A round that was asked for is solved, even where the process that took the wish is gone. */
export const ROUND_SOLVE = jobKind('round.solve', { roundId: Id.text });

/** Whoever takes the wish solves the round itself; so much later somebody looks whether it did. */
const LOOK_AFTER_MS = 60_000;
/** Lines in one statement: what is made of them holds up whoever else is served by this process for less than a tenth of a second. */
const BATCH = 2500;
/**
 * So many rounds of many lines are solved at once by one process: each holds all its lines in memory, and a connection for as long as it
 * takes, beside the one that shows how far it has come.
 */
const AT_ONCE = 2;

/** From the queue and the stock to a stored proposal. */
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

  /** Makes sure that a round is solved whatever happens to this process. */
  async schedule(tx: Tx, roundId: string): Promise<void> {
    await this.outbox.add(tx, ROUND_SOLVE, { roundId }, { at: new Date(this.clock.now().getTime() + LOOK_AFTER_MS) });
  }

  /** Has it solved by the next process that is free. */
  scheduleNow(tx: Tx, roundId: string): Promise<void> {
    return this.outbox.add(tx, ROUND_SOLVE, { roundId });
  }

  /** Has somebody look at it again on another day, once however often that is asked for. */
  scheduleLook(tx: Tx, roundId: string, at: Date, day: Day): Promise<void> {
    return this.outbox.add(tx, ROUND_SOLVE, { roundId }, { at, key: `${roundId} ${day}` });
  }

  /** Solves a round now, and comes back once it is solved or `patienceMs` have passed; then it goes on by itself. */
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

  /** Solves a round if that is still asked for. False when somebody else is at it, who may not come to its end. */
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
    const lookedAt = stockLookedAtOf(input, solution, stock, kinds, today);
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

  /** Seen at once by others: the solving itself is one transaction, of which nobody sees anything before its end. One line needs none. */
  private async show({ councilId }: Tx, round: AllocationRound, progress: RoundProgress): Promise<void> {
    if (!this.sourceOf(round).isLong) return;
    await this.transactions.write(councilId, (tx) => this.rounds.showProgress(tx, round.id, progress, this.clock.now()));
  }
}

function isUnsolved(round: AllocationRound | null): round is AllocationRound {
  return round?.state === 'draft' && round.solution !== round.asked;
}
