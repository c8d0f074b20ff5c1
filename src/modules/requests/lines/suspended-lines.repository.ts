import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';

/** A line that is suspended until a day, and waits again by itself on that day. */
export interface SuspendedLine {
  readonly id: string;
  readonly suspendedUntil: Day;
  readonly version: number;
}

const NEXT = `
  SELECT l.id, l.suspended_until::text AS "suspendedUntil", l.version, c.time_zone AS "timeZone"
  FROM request_lines l JOIN councils c ON c.id = l.council_id
  WHERE l.council_id = current_council() AND l.state = 'suspended' AND l.suspended_until IS NOT NULL AND ($1::uuid IS NULL OR l.id > $1)
  ORDER BY l.id LIMIT $2`;

/** Reads lines that are suspended until a day. */
@Injectable()
export class SuspendedLinesRepository {
  /** Returns the next lines in the order of their ids, with the council's time zone. */
  next(tx: Tx, after: string | null, limit: number): Promise<(SuspendedLine & { readonly timeZone: string })[]> {
    return tx.query<SuspendedLine & { timeZone: string }>(NEXT, [after, limit]);
  }
}
