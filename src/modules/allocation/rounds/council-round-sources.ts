import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { poolKey } from '../../../shared/pool.js';
import { keptBack } from '../domain/allocation-policy.rules.js';
import { AllocationPoliciesRepository } from '../policy/allocation-policies.repository.js';
import { RoundSolutionsRepository } from './round-solutions.repository.js';
import type { RoundSource, RoundStock } from './round-source.js';
import type { AllocationRound } from './rounds.repository.js';

/** The source of a round over all waiting lines and all stock, as far as the round is not limited to schools or sites. */
@Injectable()
export class CouncilRoundSources {
  constructor(
    private readonly solutions: RoundSolutionsRepository,
    private readonly policies: AllocationPoliciesRepository,
  ) {}

  of(round: AllocationRound): RoundSource {
    const { class: deviceClass, schoolIds, ownerSchoolId } = round;
    return {
      isLong: true,
      stock: (tx) => this.stock(tx, round),
      lines: () => Promise.resolve({ class: deviceClass, schoolIds, lineIds: null }),
      owner: () => Promise.resolve(ownerSchoolId),
    };
  }

  private async stock(tx: Tx, round: AllocationRound): Promise<RoundStock> {
    const { class: deviceClass, schoolIds, siteIds } = round;
    const policy = await this.policies.read(tx);
    const pools = await this.solutions.pools(tx, round);
    const isNarrowed = schoolIds !== null || siteIds !== null;
    const all = isNarrowed ? await this.solutions.pools(tx, { class: deviceClass, schoolIds: null, siteIds: null }) : pools;
    const within = new Set(pools.map(poolKey));
    const others = all.filter((pool) => !within.has(poolKey(pool)));
    const lendable = (from: typeof pools) => from.map((pool) => Math.max(0, pool.available - keptBack(policy, pool)));
    return {
      pools,
      reserved: pools.map((pool) => keptBack(policy, pool)),
      capacities: lendable(pools),
      beside: { pools: others, capacities: lendable(others) },
    };
  }
}
