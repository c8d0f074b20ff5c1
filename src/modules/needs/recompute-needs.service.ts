import { Injectable } from '@nestjs/common';
import { Clock, type Job, jobKind, Outbox, type Tx } from '../../platform/index.js';
import { computeNeed, needInputs, schoolsOf } from './compute-need.js';
import { type DatedNeed, type HouseholdAtHome, NeedsRepository } from './needs.repository.js';

/** Computes the needs of the next households of a council, or of one school in it. */
export const RECOMPUTE_NEXT = jobKind('needs.recompute_next');
/** Households computed in one transaction: with a catalogue of a few kits some tenths of a second's work. */
const BATCH = 50;

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

  /** Whoever computes a need that is stored holds its row from before reading to after writing; of a new one the later reading stays. */
  private async recompute(tx: Tx, householdIds: readonly string[]): Promise<void> {
    await this.needs.lockStored(tx, householdIds);
    const readAt = await this.needs.present(tx);
    const households = await this.needs.atHome(tx, householdIds);
    const catalogue = await this.needs.catalogue(tx, schoolsOf(households));
    const now = this.clock.now();
    const changed: (DatedNeed & { readonly householdId: string })[] = [];
    const same: HouseholdAtHome[] = [];
    for (const atHome of households) {
      const inputs = needInputs(atHome, catalogue);
      if (inputs.version === atHome.storedInputsVersion) same.push(atHome);
      else changed.push(await computeNeed(atHome, inputs, catalogue, now));
    }
    await this.needs.store(tx, changed, now, readAt);
    await this.outbox.announceEach(
      tx,
      'household.need_changed',
      changed.map(({ householdId }) => ({ householdId })),
    );
    await this.needs.confirm(tx, same, readAt);
  }
}
