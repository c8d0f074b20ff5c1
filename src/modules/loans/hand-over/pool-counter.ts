import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { poolKey } from '../../../shared/pool.js';
import { QueueAheadCounter } from '../../allocation/index.js';
import { type QueuePlace, RequestLinesService, type StockPool } from '../../requests/index.js';
import type { PoolCount } from '../domain/hand-over.rules.js';
import { HandOverRepository } from './hand-over.repository.js';
import type { CaseDevice } from '../record/loan-case.js';

/** A device that may go to a household, and the household's place in the queue for it: null where it does not wait. */
interface Taker {
  readonly device: CaseDevice;
  readonly place: QueuePlace | null;
}

/** Tells how many devices a pool has and how many lines wait for them ahead of somebody. */
@Injectable()
export class PoolCounter {
  constructor(
    private readonly stock: HandOverRepository,
    private readonly lines: RequestLinesService,
    private readonly ahead: QueueAheadCounter,
  ) {}

  /**
   * The count for each device, in their order; `freed` are as good as there, since the hand-over gives them back. Where others wait for a pool it is locked until the transaction ends, so that two desks do
   * not both take what is left over; where nobody else waits there is nobody to pass over. The devices must be locked before.
   */
  async of(
    tx: Tx,
    householdId: string,
    { takers, freed }: { readonly takers: readonly Taker[]; readonly freed: readonly CaseDevice[] },
    today: Day,
  ): Promise<PoolCount[]> {
    const pools = new Map(takers.map(({ device }) => [poolKey(device), device]));
    const available = new Map<string, number>();
    for (const [id, device] of [...pools].sort(([one], [other]) => (one < other ? -1 : 1))) {
      if ((await this.lines.waitingFor(tx, { ...device, today }, householdId, 1)) === 0) continue;
      await this.stock.lockPool(tx, id);
      available.set(id, (await this.stock.available(tx, device)) + freed.filter((other) => poolKey(other) === id).length);
    }
    const counts = new Map<string, PoolCount>();
    for (const { device, place } of takers) {
      const id = poolKey(device);
      const devices = available.get(id);
      if (counts.has(takerId({ device, place }))) continue;
      const left = devices === undefined ? null : { devices, takers: takers.length };
      const linesAhead = left === null ? 0 : await this.linesAhead(tx, { ...device, today }, householdId, place, left);
      counts.set(takerId({ device, place }), { id, available: devices ?? takers.length, linesAhead });
    }
    return takers.map((taker) => counts.get(takerId(taker)) as PoolCount);
  }

  /** Families who may be promised nothing now are told apart only where it matters: where there is less than all who wait would need. */
  private async linesAhead(
    tx: Tx,
    pool: StockPool,
    householdId: string,
    place: QueuePlace | null,
    { devices, takers }: { readonly devices: number; readonly takers: number },
  ): Promise<number> {
    const waiting = await this.lines.waitingAhead(tx, pool, householdId, place, devices + 1);
    if (waiting + takers <= devices) return waiting;
    return this.ahead.count(tx, pool, householdId, place, devices + 1);
  }
}

/** Takers from one pool with one place, or none, have the same lines ahead: they are counted once. */
function takerId({ device, place }: Taker): string {
  return `${poolKey(device)}/${place?.id}`;
}
