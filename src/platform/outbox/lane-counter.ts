import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Transactions } from '../database/index.js';
import { type Lane, LANES } from './lanes.js';

/** The highest number that is counted. So a look at the queues costs the same with a million rows as with these. */
export const MOST_COUNTED = 10_000;

/** The jobs that wait in one lane. A count of MOST_COUNTED means that there are at least so many. */
export interface LaneCount {
  readonly lane: Lane;
  readonly due: number;
  readonly running: number;
  readonly scheduled: number;
  readonly dead: number;
  /** How many seconds ago the oldest due row became due; null when no row is due. */
  readonly oldestDueSeconds: number | null;
}

/**
 * Running jobs are looked for among the first due rows of a council. In the count over all councils, some that run because of a council's
 * turn may be further behind and are then missed.
 */
const counts = (which: string) => `
  SELECT each.lane, due.due, due.running, scheduled.scheduled, dead.dead, due.oldest
  FROM unnest($1::text[]) WITH ORDINALITY AS each (lane, place)
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE NOT runs) AS due, count(*) FILTER (WHERE runs) AS running, min(due_at) FILTER (WHERE NOT runs) AS oldest
    FROM (
      SELECT due_at, running AND leased_until >= clock_timestamp() AS runs FROM outbox
      WHERE ${which} AND lane = each.lane AND done_at IS NULL AND dead_at IS NULL AND due_at <= $2 ORDER BY due_at, ordinal LIMIT ${MOST_COUNTED}) first) due
  CROSS JOIN LATERAL (
    SELECT count(*) AS scheduled FROM (
      SELECT FROM outbox WHERE ${which} AND lane = each.lane AND done_at IS NULL AND dead_at IS NULL AND due_at > $2
      ORDER BY due_at, ordinal LIMIT ${MOST_COUNTED}) next) scheduled
  CROSS JOIN LATERAL (
    SELECT count(*) AS dead FROM (
      SELECT FROM outbox WHERE ${which} AND lane = each.lane AND dead_at IS NOT NULL LIMIT ${MOST_COUNTED}) aside) dead
  ORDER BY each.place`;
const EVERYWHERE = counts('true');
const OF_COUNCIL = counts('council_id = current_council()');

interface CountRow extends Omit<LaneCount, 'oldestDueSeconds'> {
  readonly oldest: Date | null;
}

/** Counts what waits in each lane, in the order of the lanes. */
@Injectable()
export class LaneCounter {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async everywhere(): Promise<LaneCount[]> {
    const now = this.clock.now();
    return (await this.transactions.system((tx) => tx.query<CountRow>(EVERYWHERE, [LANES, now]))).map((row) => counted(row, now));
  }

  async ofCouncil(councilId: string): Promise<LaneCount[]> {
    const now = this.clock.now();
    return (await this.transactions.tenantRead<CountRow>(councilId, OF_COUNCIL, [LANES, now])).map((row) => counted(row, now));
  }
}

function counted({ oldest, ...row }: CountRow, now: Date): LaneCount {
  return { ...row, oldestDueSeconds: oldest === null ? null : Math.floor((now.getTime() - oldest.getTime()) / 1000) };
}
