import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { type AllocationPolicy, SHIPPED_ALLOCATION_POLICY, storedReserves } from '../domain/allocation-policy.rules.js';

/** A council's policy. `version` is null while the council has none and the shipped values hold. */
export interface StoredAllocationPolicy extends AllocationPolicy {
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

const READ = `
  SELECT reserves, maximum_waiting_days AS "maximumWaitingDays", next_round_on AS "nextRoundOn", version, updated_at AS "updatedAt"
  FROM allocation_policies WHERE council_id = current_council()`;
const LOCK = `${READ} FOR UPDATE`;
const INSERT = `
  INSERT INTO allocation_policies (council_id, reserves, maximum_waiting_days, next_round_on, version, updated_at)
  VALUES (current_council(), $1, $2, $3, 1, $4)
  ON CONFLICT (council_id) DO NOTHING`;
const REPLACE = `
  UPDATE allocation_policies SET reserves = $1, maximum_waiting_days = $2, next_round_on = $3, version = version + 1, updated_at = $4
  WHERE council_id = current_council()`;

const SHIPPED: StoredAllocationPolicy = { ...SHIPPED_ALLOCATION_POLICY, version: null, updatedAt: null };

type Row = Omit<StoredAllocationPolicy, 'reserves'> & { readonly reserves: unknown };

function policyOf(row: Row | null): StoredAllocationPolicy {
  if (!row) return SHIPPED;
  const { reserves, maximumWaitingDays, nextRoundOn, version, updatedAt } = row;
  return { reserves: storedReserves(reserves), maximumWaitingDays, nextRoundOn, version, updatedAt };
}

/** The SQL of allocation policies. */
@Injectable()
export class AllocationPoliciesRepository {
  async read(tx: Tx): Promise<StoredAllocationPolicy> {
    return policyOf(await tx.one<Row>(READ));
  }

  async lock(tx: Tx): Promise<StoredAllocationPolicy> {
    return policyOf(await tx.one<Row>(LOCK));
  }

  /** Inserts the council's first policy. Returns false when somebody else was quicker. */
  async insert(tx: Tx, { reserves, maximumWaitingDays, nextRoundOn }: AllocationPolicy, now: Date): Promise<boolean> {
    return (await tx.execute(INSERT, [JSON.stringify(reserves), maximumWaitingDays, nextRoundOn, now])) === 1;
  }

  async replace(tx: Tx, { reserves, maximumWaitingDays, nextRoundOn }: AllocationPolicy, now: Date): Promise<void> {
    await tx.execute(REPLACE, [JSON.stringify(reserves), maximumWaitingDays, nextRoundOn, now]);
  }
}
