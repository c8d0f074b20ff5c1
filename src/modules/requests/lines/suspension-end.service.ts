import { Injectable } from '@nestjs/common';
import { Clock, Id, type Job, jobKind, type JobOf, Outbox, type Tx } from '../../../platform/index.js';
import { startOfDay } from '../../../shared/day.js';
import { LineMover } from './line-mover.js';
import { type RequestLine, RequestsRepository } from '../intake/requests.repository.js';
import { type SuspendedLine, SuspendedLinesRepository } from './suspended-lines.repository.js';

export const END_SUSPENSION = jobKind('request_line.end_suspension', { lineId: Id.text });
/** Plans the ends of the next suspensions again, after a change of the time zone. */
export const PLAN_SUSPENSIONS = jobKind('request_lines.plan_suspensions', { after: Id.optional(Id.text) }, { lane: 'bulk' });

const BATCH = 500;

/** Lets a line that was suspended until a day wait again on that day. */
@Injectable()
export class SuspensionEndService {
  constructor(
    private readonly requests: RequestsRepository,
    private readonly suspended: SuspendedLinesRepository,
    private readonly mover: LineMover,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Plans the end of a line's suspension; does nothing for a line that is not suspended until a day. */
  async schedule(tx: Tx, { id, state, suspendedUntil, version }: RequestLine, timeZone: string): Promise<void> {
    if (state !== 'suspended' || suspendedUntil === null) return;
    await this.outbox.addEach(tx, END_SUSPENSION, [endOf({ id, suspendedUntil, version }, timeZone)]);
  }

  /** Plans the ends of suspensions at the time at which their days begin in the council's new time zone. */
  planAgain(job: JobOf<typeof PLAN_SUSPENSIONS>): Promise<void> {
    const { after = null } = job.ids;
    return job.complete(async (tx) => {
      const suspended = await this.suspended.next(tx, after, BATCH);
      const jobs = suspended.map(({ timeZone, ...line }) => endOf(line, timeZone));
      await this.outbox.addEach(tx, END_SUSPENSION, jobs);
      const last = suspended.at(-1);
      if (last && suspended.length === BATCH) await this.outbox.add(tx, PLAN_SUSPENSIONS, { after: last.id });
    });
  }

  timeZoneChanged(job: Job): Promise<void> {
    return job.complete((tx) => this.outbox.add(tx, PLAN_SUSPENSIONS, {}));
  }

  /**
   * Ends a suspension. The line may have been moved since the job was added, or the council may have another time zone, so both are checked
   * again.
   */
  end(job: JobOf<typeof END_SUSPENSION>): Promise<void> {
    const { lineId } = job.ids;
    return job.complete(async (tx) => {
      const household = await this.requests.lockHouseholdOfLine(tx, null, lineId);
      if (!household) return;
      const line = await this.requests.lockLine(tx, lineId);
      if (line?.state !== 'suspended' || line.suspendedUntil === null) return;
      if (line.suspendedUntil <= this.clock.today(household.timeZone)) await this.mover.move(tx, 'system', line, 'resume', 'waiting');
      else await this.schedule(tx, line, household.timeZone);
    });
  }
}

function endOf({ id, suspendedUntil, version }: SuspendedLine, timeZone: string) {
  const at = startOfDay(suspendedUntil, timeZone);
  return { ids: { lineId: id }, at, key: `${id}:${version}:${at.toISOString()}` };
}
