import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { DEVICE_CATEGORIES, type DeviceCategory } from '../../../shared/vocabulary.js';
import { type AccessPath, COUNT, DEVICE_STATUSES, PAGE, WALK, WITH_IDS } from './device-list.sql.js';
import type { Device } from './devices.repository.js';
import type { DeviceStatus } from '../domain/device.machine.js';
import { NIL_ID } from '../../../shared/ids.js';

/** By what a list of devices is filtered. */
export interface DeviceFilter {
  /** Null means every site. */
  readonly siteIds: readonly string[] | null;
  readonly status?: DeviceStatus;
  readonly category?: DeviceCategory;
  readonly fundId?: string;
}

/** Devices in the order of their ids. Every page has one more than `limit` when more follow. */
@Injectable()
export class DeviceListRepository {
  page(tx: Tx, filter: DeviceFilter, after: string | null, limit: number): Promise<Device[]> {
    const [path, what] = accessPathOf(filter);
    const passes = path === 'fund' || path === 'sites' ? passing(filter) : [];
    return tx.query<Device>(PAGE[path], [after ?? NIL_ID, limit + 1, what, ...passes]);
  }

  /** Looks at the next `rows` rows. Returns those that match, and how many rows there were. */
  async walk(tx: Tx, filter: DeviceFilter, patterns: readonly string[], after: string | null, limit: number, rows: number) {
    const [path, what] = accessPathOf(filter);
    const next = [after ?? NIL_ID, rows, what];
    const found = await tx.query<Device>(WALK[path], [...next, ...passing(filter), patterns, limit + 1]);
    if (found.length > limit) return { rows: found, lookedAt: rows };
    const counted = await tx.one<{ count: number }>(COUNT[path], next);
    return { rows: found, lookedAt: counted?.count ?? 0 };
  }

  withIds(tx: Tx, filter: DeviceFilter, ids: readonly string[], after: string | null, limit: number): Promise<Device[]> {
    return tx.query<Device>(WITH_IDS, [after ?? NIL_ID, limit + 1, filter.siteIds, ...passing(filter), ids]);
  }
}

/** The access path that reads the fewest rows which do not match, and the values that it is for. */
function accessPathOf({ siteIds, status, category, fundId }: DeviceFilter): [AccessPath, readonly string[]] {
  if (siteIds) return ['sites', siteIds];
  if (fundId) return ['fund', [fundId]];
  if (status && category) return ['both', [status, category]];
  if (status) return ['status', [status]];
  if (category) return ['category', [category]];
  return ['everywhere', []];
}

const passing = ({ status, category, fundId }: DeviceFilter) => [
  status ? [status] : DEVICE_STATUSES,
  category ? [category] : DEVICE_CATEGORIES,
  fundId ?? null,
];
