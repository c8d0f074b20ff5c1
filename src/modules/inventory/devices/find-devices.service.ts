import { Injectable } from '@nestjs/common';
import { type Found, search, searchPatterns, Transactions } from '../../../platform/index.js';
import { invalid, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { Actor } from '../../councils/index.js';
import { type DeviceFilter, DeviceListRepository } from './device-list.repository.js';
import { type Device, DevicesRepository } from './devices.repository.js';

/** By what a search or a list is narrowed. */
export interface DeviceSearch extends Omit<DeviceFilter, 'siteIds'> {
  readonly siteId?: string;
  /** Words of tag, serial number, IMEI, ICCID, manufacturer and model. */
  readonly q?: string;
}

/** Lists and searches devices within the actor's reach, in the order of their ids. */
@Injectable()
export class FindDevicesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly devices: DevicesRepository,
    private readonly list: DeviceListRepository,
  ) {}

  /** Returns one more than `limit` when more follow. */
  async find(actor: Actor, { siteId, q, ...criteria }: DeviceSearch, after: string | null, limit: number): Promise<Outcome<Found<Device>>> {
    const patterns = q === undefined ? null : searchPatterns(q);
    if (q !== undefined && patterns === null) {
      return invalid({ pointer: '/q', code: 'TOO_SHORT', message: 'needs a word of at least three characters' });
    }
    return this.transactions.read(actor.councilId, async (tx) => {
      const within = await this.devices.sitesWithin(tx, actor.reach);
      const siteIds = siteId === undefined ? within : (within ?? [siteId]).filter((id) => id === siteId);
      const filter: DeviceFilter = { ...criteria, siteIds };
      if (patterns === null) return ok({ rows: await this.list.page(tx, filter, after, limit), truncated: false });
      return ok(
        await search(tx, 'device_texts', patterns, limit, {
          walk: (rows) => this.list.walk(tx, filter, patterns, after, limit, rows),
          pick: (ids) => this.list.withIds(tx, filter, ids, after, limit),
        }),
      );
    });
  }
}
