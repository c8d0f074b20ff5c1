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
/** Households computed in one transaction: with a catalogue of a few kits some tenths of a second's work. */
const BATCH = 50;

type ReckonedNeed = DatedNeed & { readonly householdId: string };

/** Keeps the stored needs what their inputs make of them. */
@Injectable()
export class RecomputeNeedsService {
  constructor(
    private readonly needs: NeedsRepository,
    private readonly engine: NeedsEngine,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Asks for every need of the council, or of those with learners of one school, to be computed anew. */
  askForAll(tx: Tx, schoolId: string | null): Promise<void> {
    return this.outbox.add(tx, RECOMPUTE_NEXT, schoolId === null ? {} : { schoolId });
  }

  one(job: Job<{ householdId: string }>): Promise<void> {
    const { householdId } = job.ids;
    return job.complete((tx) => this.recompute(tx, [householdId]));
  }

  next(job: Job<{ schoolId?: string; after?: string }>): Promise<void> {
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
   * Reckoned first and locked afterwards: nobody waits for the engine. What has changed in between is reckoned again, under the lock; so the
   * need that is stored is of what was committed when its household was locked.
   */
  async recompute(tx: Tx, householdIds: readonly string[]): Promise<void> {
    const early = await this.reckoned(tx, householdIds, new Map());
    await this.needs.lockHouseholds(tx, householdIds);
    const { changed, same } = await this.reckoned(tx, householdIds, new Map(early.changed.map((need) => [need.householdId, need])));
    await this.needs.store(tx, changed, this.clock.now());
    await this.outbox.announceEach(
      tx,
      NEED_CHANGED,
      changed.map(({ householdId }) => ({ householdId })),
    );
    await this.needs.confirm(tx, same);
  }

  /** The needs that are other than those that are stored; `known` are those that were reckoned just before, of inputs that may still hold. */
  private async reckoned(tx: Tx, householdIds: readonly string[], known: ReadonlyMap<string, ReckonedNeed>) {
    const households = await this.needs.atHome(tx, householdIds);
    // Gone since the job was asked for, perhaps with their council.
    if (households.length === 0) return { changed: [], same: [] };
    const catalogue = await this.needs.catalogue(tx, schoolsOf(households));
    const changed: ReckonedNeed[] = [];
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
