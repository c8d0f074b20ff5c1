import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import { type PriorityScale, SHIPPED_SCALE, storedScale } from '../domain/priority-policy.rules.js';

// Reads councils beside the policies.

/** One version of a council's policy. It never changes. */
export interface PriorityPolicy {
  readonly version: number;
  readonly holdsFrom: Day;
  readonly scale: PriorityScale;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Whether it is the version that holds on the day of reading. */
  readonly holds: boolean;
}

export type NewPriorityPolicy = Omit<PriorityPolicy, 'holds'>;

/** Every version. The shipped scale ($1) is the first, and holds from the council's first day. */
const VERSIONS = `
  SELECT p.version, p.holds_from, p.scale, p.created_by, p.created_at FROM priority_policies p WHERE p.council_id = current_council()
  UNION ALL
  SELECT 1, (c.created_at AT TIME ZONE c.time_zone)::date, $1::jsonb, 'system', c.created_at FROM councils c WHERE c.id = current_council()`;

/** On a day ($2) the version holds that began last; of several that began on one day, the latest version. */
const DATED = `
  SELECT version, holds_from::text AS "holdsFrom", scale, created_by AS "createdBy", created_at AS "createdAt",
    (holds_from, version) = (SELECT holds_from, version FROM versions WHERE holds_from <= $2 OR version = 1
                             ORDER BY holds_from <= $2 DESC, holds_from DESC, version DESC LIMIT 1) AS holds
  FROM versions`;
const OF_VERSION = `WITH versions AS (${VERSIONS}) ${DATED} WHERE version = $3`;
const HOLDING = `WITH versions AS (${VERSIONS}) SELECT * FROM (${DATED}) dated WHERE holds`;
const PAGE = `WITH versions AS (${VERSIONS}) ${DATED} WHERE $3::integer IS NULL OR version < $3 ORDER BY version DESC LIMIT $4`;

const INSERT = `
  INSERT INTO priority_policies (council_id, version, holds_from, scale, created_by, created_at) VALUES (current_council(), $1, $2, $3, $4, $5)`;
const LAST_VERSION = 'SELECT coalesce(max(version), 1) AS version FROM priority_policies WHERE council_id = current_council()';

const SHIPPED = JSON.stringify(SHIPPED_SCALE);

type Row = Omit<PriorityPolicy, 'scale'> & { readonly scale: unknown };

function policyOf({ version, holdsFrom, scale, createdBy, createdAt, holds }: Row): PriorityPolicy {
  return { version, holdsFrom, scale: storedScale(scale), createdBy, createdAt, holds };
}

/** The SQL of priority policies. */
@Injectable()
export class PriorityPoliciesRepository {
  async find(tx: Tx, version: number, today: Day): Promise<PriorityPolicy | null> {
    const row = await tx.one<Row>(OF_VERSION, [SHIPPED, today, version]);
    return row && policyOf(row);
  }

  /** Returns the version that holds on a day. */
  async holding(tx: Tx, today: Day): Promise<PriorityPolicy> {
    return policyOf(await tx.row<Row>(HOLDING, [SHIPPED, today]));
  }

  /** Returns versions, the latest first: one more than `limit`. */
  async page(tx: Tx, today: Day, before: number | null, limit: number): Promise<PriorityPolicy[]> {
    return (await tx.query<Row>(PAGE, [SHIPPED, today, before, limit + 1])).map(policyOf);
  }

  /** Returns the number of the latest version. Whoever adds the next one holds the council's lock. */
  async lastVersion(tx: Tx): Promise<number> {
    return (await tx.one<{ version: number }>(LAST_VERSION))?.version ?? 1;
  }

  async insert(tx: Tx, { version, holdsFrom, scale, createdBy, createdAt }: NewPriorityPolicy): Promise<void> {
    await tx.execute(INSERT, [version, holdsFrom, JSON.stringify(scale), createdBy, createdAt]);
  }
}
