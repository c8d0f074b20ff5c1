import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { needInputs, schoolsOf } from './compute-need.js';
import { NeedsRepository } from './needs.repository.js';
import { RECOMPUTE_NEXT, RecomputeNeedsService } from './recompute-needs.service.js';

/** The jobs that compute the needs of many households, or of one. Until they have run, a need is late and not wrong. */
export const NEED_JOBS = {
  ofMany: [RECOMPUTE_NEXT.kind, 'council.streams_changed>needs'],
  ofOne: ['household.changed>needs', 'household.holding_changed>needs'],
} as const;

/** What higher modules need of stored needs, on which their scores depend. */
@Injectable()
export class StoredNeedsService {
  constructor(
    private readonly needs: NeedsRepository,
    private readonly recomputation: RecomputeNeedsService,
  ) {}

  /** Returns those of these households that have no stored need, or one that was computed from other inputs than the present ones. */
  async outdated(tx: Tx, householdIds: readonly string[]): Promise<string[]> {
    const households = await this.needs.atHome(tx, householdIds);
    if (households.length === 0) return [];
    const catalogue = await this.needs.catalogue(tx, schoolsOf(households));
    return households.filter((atHome) => needInputs(atHome, catalogue).version !== atHome.storedInputsVersion).map(({ id }) => id);
  }

  /** Computes a household's need from its present inputs, and holds the household's lock from then on. */
  renew(tx: Tx, householdId: string): Promise<void> {
    return this.recomputation.recompute(tx, [householdId]);
  }
}
