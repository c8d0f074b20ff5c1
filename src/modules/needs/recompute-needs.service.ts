import { Injectable } from '@nestjs/common';
import { Clock, type Job, jobKind, Outbox, type Tx } from '../../platform/index.js';
import { computeNeed, needInputs } from './compute-need.js';
import { NeedsRepository } from './needs.repository.js';

/** Computes the needs of the next households of a council, or of one school in it. */
export const RECOMPUTE_NEXT = jobKind('needs.recompute_next');
/** Households computed in one transaction: some tenths of a second's work. */
const BATCH = 100;

/** Keeps the stored needs what their inputs make of them. */
@Injectable()
export class RecomputeNeedsService {
  constructor(
    private readonly needs: NeedsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Asks for every need of the council, or of those with learners of one school, to be computed anew. */
  askForAll(tx: Tx, schoolId: string | null): Promise<void> {
    return this.outbox.add(tx, RECOMPUTE_NEXT, schoolId === null ? {} : { schoolId });
  }

  one(job: Job): Promise<void> {
    const { householdId } = job.ids as { householdId: string };
    return job.complete((tx) => this.recompute(tx, [householdId]));
  }

  next(job: Job): Promise<void> {
    const { schoolId = null, after = null } = job.ids as { schoolId?: string; after?: string };
    return job.complete(async (tx) => {
      const ids = await this.needs.nextIds(tx, after, schoolId, BATCH);
      await this.recompute(tx, ids);
      const last = ids.at(-1);
      if (last === undefined || ids.length < BATCH) return;
      await this.outbox.add(tx, RECOMPUTE_NEXT, { ...(schoolId !== null && { schoolId }), after: last });
    });
  }

  private async recompute(tx: Tx, householdIds: readonly string[]): Promise<void> {
    const catalogue = await this.needs.catalogue(tx);
    const households = await this.needs.atHome(tx, householdIds);
    const now = this.clock.now();
    const dated = households.map((atHome) => ({ atHome, inputs: needInputs(atHome, catalogue) }));
    const changed = dated.filter(({ atHome, inputs }) => atHome.storedInputsVersion !== inputs.version);
    const same = dated.filter(({ atHome, inputs }) => atHome.storedInputsVersion === inputs.version);
    await this.needs.store(
      tx,
      changed.map(({ atHome, inputs }) => computeNeed(atHome, inputs, catalogue, now)),
      now,
    );
    await this.needs.confirm(
      tx,
      same.map(({ atHome }) => atHome),
    );
  }
}
