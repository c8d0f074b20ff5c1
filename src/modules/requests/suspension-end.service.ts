import { Injectable } from '@nestjs/common';
import { Clock, jobKind, Outbox, type Job, type Tx } from '../../platform/index.js';
import { startOfDay } from '../../shared/day.js';
import { LineMover } from './line-mover.js';
import { type RequestLine, RequestsRepository } from './requests.repository.js';

export const END_SUSPENSION = jobKind('request_line.end_suspension');

/** Lets a line that was suspended until a day wait again on that day. */
@Injectable()
export class SuspensionEndService {
  constructor(
    private readonly requests: RequestsRepository,
    private readonly mover: LineMover,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Has the suspension of a line ended on its day; nothing for a line that is not suspended until a day. */
  async schedule(tx: Tx, { id, state, suspendedUntil, version }: RequestLine, timeZone: string): Promise<void> {
    if (state !== 'suspended' || suspendedUntil === null) return;
    const at = startOfDay(suspendedUntil, timeZone);
    await this.outbox.add(tx, END_SUSPENSION, { lineId: id }, { at, key: `${id}:${version}:${at.toISOString()}` });
  }

  /** The line may have been moved since the job was written, and the council may have changed its time zone: both are looked at again. */
  end(job: Job): Promise<void> {
    const lineId = String(job.ids.lineId);
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
