import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { poolKey } from '../../../shared/pool.js';
import { QueueAheadCounter } from '../../allocation/index.js';
import { type QueuePlace, RequestLinesService, type StockPool } from '../../requests/index.js';
import type { PoolCount } from '../domain/hand-over.rules.js';
import { HandOverRepository } from './hand-over.repository.js';
import type { CaseDevice } from '../record/loan-case.js';

/** A device that a household is to get, and the household's place in the queue for it; null when it does not wait. */
interface WantedDevice {
  readonly device: CaseDevice;
  readonly place: QueuePlace | null;
}

/** Counts the devices of a pool, and the lines that wait for them ahead of a place. */
@Injectable()
export class PoolCounter {
  constructor(
    private readonly stock: HandOverRepository,
    private readonly lines: RequestLinesService,
    private readonly ahead: QueueAheadCounter,
  ) {}

  /**
   * Returns the count for each device, in their order. `freed` devices count as available, because the hand-over gives them back. A pool for
   * which others wait is locked until the transaction ends, so that two desks do not both take the last device; a pool for which nobody waits
   * needs no lock. The caller has locked the devices.
   */
  async of(
    tx: Tx,
    householdId: string,
    { wanted, freed }: { readonly wanted: readonly WantedDevice[]; readonly freed: readonly CaseDevice[] },
    today: Day,
  ): Promise<PoolCount[]> {
    const pools = new Map(wanted.map(({ device }) => [poolKey(device), device]));
    const available = new Map<string, number>();
    for (const [id, device] of [...pools].sort(([one], [other]) => (one < other ? -1 : 1))) {
      if ((await this.lines.waitingFor(tx, { ...device, today }, householdId, 1)) === 0) continue;
      await this.stock.lockPool(tx, id);
      available.set(id, (await this.stock.available(tx, device)) + freed.filter((other) => poolKey(other) === id).length);
    }
    const counts = new Map<string, PoolCount>();
    for (const { device, place } of wanted) {
      const id = poolKey(device);
      const devices = available.get(id);
      if (counts.has(wantedKey({ device, place }))) continue;
      const left = devices === undefined ? null : { devices, wanted: wanted.length };
      const linesAhead = left === null ? 0 : await this.linesAhead(tx, { ...device, today }, householdId, place, left);
      counts.set(wantedKey({ device, place }), { id, available: devices ?? wanted.length, linesAhead });
    }
    return wanted.map((each) => counts.get(wantedKey(each)) as PoolCount);
  }

  /**
   * Lines of families who may not be promised a device now are counted apart only when it matters: when there are fewer devices than all who
   * wait would need.
   */
  private async linesAhead(
    tx: Tx,
    pool: StockPool,
    householdId: string,
    place: QueuePlace | null,
    { devices, wanted }: { readonly devices: number; readonly wanted: number },
  ): Promise<number> {
    const waiting = await this.lines.waitingAhead(tx, pool, householdId, place, devices + 1);
    if (waiting + wanted <= devices) return waiting;
    return this.ahead.count(tx, pool, householdId, place, devices + 1);
  }
}

/** Devices from one pool for the same place in the queue have the same lines ahead, which are counted once. */
function wantedKey({ device, place }: WantedDevice): string {
  return `${poolKey(device)}/${place?.id}`;
}
