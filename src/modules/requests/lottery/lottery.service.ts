import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit, Clock, Transactions, type Tx } from '../../../platform/index.js';
import { invalid, invalidMove, notFound, type Outcome, refusedFor } from '../../../shared/denial.js';
import { newId } from '../../../shared/ids.js';
import { attempt } from '../../../shared/machine.js';
import { type RefusalTable, refusalsHolding } from '../../../shared/refusal.js';
import { ok } from '../../../shared/result.js';
import { type Actor, CouncilsRepository, CouncilsService } from '../../councils/index.js';
import { cycleMachine, type CycleMove } from '../domain/cycle.machine.js';
import { cycleKey } from '../domain/lottery.rules.js';
import { LineScorer } from '../priority/line-scorer.js';
import { RankingRepository } from '../priority/ranking.repository.js';
import { type Cycle, LotteryRepository } from './lottery.repository.js';

/** Reasons against announcing a cycle. */
export const ANNOUNCEMENT_REFUSALS = {
  CYCLE_RUNNING: { overridable: false, message: 'A cycle is announced or open already; close it first.' },
} as const satisfies RefusalTable;

/** What anybody may read of a council's lottery. */
export interface PublicLottery {
  readonly council: { readonly code: string; readonly name: string; readonly locale: string };
  /** The key before the first cycle; null while nobody has submitted a request. */
  readonly firstKey: Buffer | null;
  readonly cycles: readonly Cycle[];
}

/** The most cycles that are shown to the public. */
const SHOWN = 200;

/** Runs the lottery that orders lines with equal scores. Its seeds are drawn here, and none comes from outside. */
@Injectable()
export class LotteryService {
  constructor(
    private readonly transactions: Transactions,
    private readonly lottery: LotteryRepository,
    private readonly scores: LineScorer,
    private readonly ranking: RankingRepository,
    private readonly councils: CouncilsRepository,
    private readonly councilsByCode: CouncilsService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(councilId: string, before: number | null, limit: number): Promise<Cycle[]> {
    return this.transactions.read(councilId, (tx) => this.lottery.page(tx, before, limit));
  }

  find(councilId: string, id: string): Promise<Outcome<Cycle>> {
    return this.transactions.read(councilId, async (tx) => {
      const cycle = await this.lottery.find(tx, id);
      return cycle ? ok(cycle) : notFound();
    });
  }

  /**
   * Draws a seed and publishes its hash. A cycle after the first one changes tickets that families already have, so it needs a reason, which
   * is public.
   */
  announce(actor: Actor, publicValueName: string, reason: string | null): Promise<Outcome<Cycle>> {
    return this.transactions.write(actor, async (tx) => {
      await this.councils.lock(tx);
      const [last] = await this.lottery.page(tx, null, 1);
      const reasons = refusalsHolding(ANNOUNCEMENT_REFUSALS, { CYCLE_RUNNING: last !== undefined && last.state !== 'closed' });
      if (reasons.length > 0) return refusedFor(reasons);
      if (last && reason === null) {
        return invalid({ pointer: '/reason', code: 'REQUIRED', message: 'must say, for everybody to read, why tickets are drawn again' });
      }
      const cycle = { id: newId(), number: (last?.number ?? 0) + 1, seed: randomBytes(32), publicValueName, reason };
      const announced = await this.lottery.announce(tx, cycle, this.clock.now());
      tx.made('cycle', cycle.id);
      await this.record(tx, actor, 'announced', announced);
      return ok(announced);
    });
  }

  /** Enters the public value that nobody knew before: every ticket is made from it and the seed. */
  open(actor: Actor, id: string, publicValue: string): Promise<Outcome<Cycle>> {
    return this.transactions.write(actor, (tx) =>
      this.move(tx, actor, id, 'open', async (cycle) => {
        // Lines that are scored while the ranking is locked are scored again afterwards.
        await this.ranking.hold(tx);
        await this.scores.begin(tx);
        await this.lottery.drawTickets(tx, cycleKey(cycle.seed, publicValue));
        return this.lottery.open(tx, id, publicValue, this.clock.now());
      }),
    );
  }

  /** Publishes the seed, so that anybody can check every ticket. */
  close(actor: Actor, id: string): Promise<Outcome<Cycle>> {
    return this.transactions.write(actor, (tx) => this.move(tx, actor, id, 'close', () => this.lottery.close(tx, id, this.clock.now())));
  }

  async forPublic(councilCode: string): Promise<Outcome<PublicLottery>> {
    const councilId = await this.councilsByCode.idOf(councilCode);
    if (councilId === null) return notFound();
    return this.transactions.read(councilId, async (tx) => {
      const council = await this.councils.find(tx);
      if (!council) return notFound();
      return ok({ council, firstKey: await this.lottery.firstKey(tx), cycles: (await this.lottery.page(tx, null, SHOWN)).slice(0, SHOWN) });
    });
  }

  private async move(tx: Tx, actor: Actor, id: string, move: CycleMove, write: (cycle: Cycle) => Promise<Cycle>): Promise<Outcome<Cycle>> {
    const cycle = await this.lottery.lock(tx, id);
    if (!cycle) return notFound();
    const to = attempt(cycleMachine, cycle.state, move);
    if (!to.ok) return invalidMove(to.reason);
    const moved = await write(cycle);
    await this.record(tx, actor, to.value, moved);
    return ok(moved);
  }

  private record(tx: Tx, actor: Actor, what: string, { id, reason }: Cycle): Promise<void> {
    return this.audit.record(tx, { actor: actor.id, action: `lottery_cycle.${what}`, subject: id, fields: ['state'], reason });
  }
}
