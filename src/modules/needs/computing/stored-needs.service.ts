import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { needInputs, schoolsOf } from './compute-need.js';
import { NeedsRepository } from './needs.repository.js';
import { RECOMPUTE_NEXT, RecomputeNeedsService } from './recompute-needs.service.js';

/** The jobs that bring the needs of many households, or of one, to their present inputs: a need that waits for one is only late. */
export const NEED_JOBS = {
  ofMany: [RECOMPUTE_NEXT.kind, 'council.streams_changed>needs'],
  ofOne: ['household.changed>needs', 'household.holding_changed>needs'],
} as const;

/** What the modules above ask of the stored needs, which their scores stand on. */
@Injectable()
export class StoredNeedsService {
  constructor(
    private readonly needs: NeedsRepository,
    private readonly recomputation: RecomputeNeedsService,
  ) {}

  /** Those of these households whose stored need is of other inputs than they have now, or that have none. */
  async outdated(tx: Tx, householdIds: readonly string[]): Promise<string[]> {
    const households = await this.needs.atHome(tx, householdIds);
    if (households.length === 0) return [];
    const catalogue = await this.needs.catalogue(tx, schoolsOf(households));
    return households.filter((atHome) => needInputs(atHome, catalogue).version !== atHome.storedInputsVersion).map(({ id }) => id);
  }

  /** Brings a household's need to its present inputs, and holds the household's lock from then on. */
  renew(tx: Tx, householdId: string): Promise<void> {
    return this.recomputation.recompute(tx, [householdId]);
  }
}
