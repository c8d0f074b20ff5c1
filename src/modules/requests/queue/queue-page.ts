import { invalid, type Outcome } from '../../../shared/denial.js';
import { ok } from '../../../shared/result.js';
import type { QueueQuery } from '../lines/dto/request-line.dto.js';
import type { QueueFilter, QueueKey } from './queue.repository.js';

/** Returns the filter of a query. Only lines that wait have a position. */
export function queueFilter({
  state,
  class: deviceClass,
  schoolId,
  sort,
}: QueueQuery): Outcome<Omit<QueueFilter, 'reach' | 'householdId'>> {
  if (sort === 'position' && state !== undefined && state !== 'waiting') {
    return invalid({ pointer: '/sort', code: 'NO_POSITION', message: 'only lines that wait have a position: leave sort or state out' });
  }
  return ok({ state, class: deviceClass, schoolId });
}

/** Reads the key from a cursor of the queue. */
export function queueKey(key: readonly unknown[] | null): QueueKey | null {
  return key as QueueKey | null;
}
