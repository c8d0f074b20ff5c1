import { Injectable } from '@nestjs/common';
import { Clock, Id, type Job, jobKind, Outbox, type Tx } from '../../../platform/index.js';
import { datedNeed, needInputs, schoolsOf } from './compute-need.js';
import { NeedsEngine } from './needs-engine.js';
import { NEED_CHANGED } from '../needs.events.js';
import { type DatedNeed, type HouseholdAtHome, NeedsRepository } from './needs.repository.js';

/** Computes the needs of the next households of a council, or of one school in it. */
export const RECOMPUTE_NEXT = jobKind(
  'needs.recompute_next',
  { schoolId: Id.optional(Id.text), after: Id.optional(Id.text) },
  { lane: 'bulk' },
);
/** The households of one transaction: with a catalogue of a few kits they take some tenths of a second. */
const BATCH = 50;

type ComputedNeed = DatedNeed & { readonly householdId: string };

/** Computes stored needs again when their inputs change. */
@Injectable()
export class RecomputeNeedsService {
  constructor(
    private readonly needs: NeedsRepository,
    private readonly engine: NeedsEngine,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Plans to compute every need of the council, or those of households with learners of one school. */
  askForAll(tx: Tx, schoolId: string | null): Promise<void> {
    return this.outbox.add(tx, RECOMPUTE_NEXT, schoolId === null ? {} : { schoolId });
  }

  recomputeOne(job: Job<{ householdId: string }>): Promise<void> {
    const { householdId } = job.ids;
    return job.complete((tx) => this.recompute(tx, [householdId]));
  }

  recomputeNext(job: Job<{ schoolId?: string; after?: string }>): Promise<void> {
    const { schoolId = null, after = null } = job.ids;
    return job.complete(async (tx) => {
      const ids = await this.needs.nextIds(tx, after, schoolId, BATCH);
      await this.recompute(tx, ids);
      const last = ids.at(-1);
      if (last === undefined || ids.length < BATCH) return;
      await this.outbox.add(tx, RECOMPUTE_NEXT, { ...(schoolId !== null && { schoolId }), after: last });
    });
  }

  /**
   * Computes needs first and locks the households afterwards, so that nobody waits for the engine. A need whose inputs have changed in between
   * is computed again under the lock. So a stored need is always made from what was committed when its household was locked.
   */
  async recompute(tx: Tx, householdIds: readonly string[]): Promise<void> {
    const early = await this.computed(tx, householdIds, new Map());
    await this.needs.lockHouseholds(tx, householdIds);
    const { changed, same } = await this.computed(tx, householdIds, new Map(early.changed.map((need) => [need.householdId, need])));
    await this.needs.store(tx, changed, this.clock.now());
    await this.outbox.announceEach(
      tx,
      NEED_CHANGED,
      changed.map(({ householdId }) => ({ householdId })),
    );
    await this.needs.confirm(tx, same);
  }

  /**
   * Returns the needs that differ from the stored ones, and the households whose needs are the same. `known` are needs that were computed just
   * before, and that are used when their inputs still hold.
   */
  private async computed(tx: Tx, householdIds: readonly string[], known: ReadonlyMap<string, ComputedNeed>) {
    const households = await this.needs.atHome(tx, householdIds);
    // They were deleted since the job was added, perhaps with their council.
    if (households.length === 0) return { changed: [], same: [] };
    const catalogue = await this.needs.catalogue(tx, schoolsOf(households));
    const changed: ComputedNeed[] = [];
    const same: HouseholdAtHome[] = [];
    for (const atHome of households) {
      const inputs = needInputs(atHome, catalogue);
      const before = known.get(atHome.id);
      if (inputs.version === atHome.storedInputsVersion) same.push(atHome);
      else if (inputs.version === before?.inputsVersion) changed.push({ ...before, householdVersion: atHome.version });
      else changed.push(datedNeed(atHome, inputs, await this.engine.need(inputs, catalogue, 'job'), this.clock.now()));
    }
    return { changed, same };
  }
}
