import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { type NoticePolicy, SHIPPED_NOTICE_POLICY } from '../domain/notice-policy.rules.js';
import { storedNoticePolicy } from '../domain/stored-notice-policy.js';

/** A council's policy; version null while it has none of its own and the shipped one holds. */
export interface StoredPolicy {
  readonly policy: NoticePolicy;
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

const READ = `SELECT policy, version, updated_at AS "updatedAt" FROM notice_policies WHERE council_id = current_council()`;
const LOCK = `${READ} FOR UPDATE`;
const INSERT = `
  INSERT INTO notice_policies (council_id, policy, version, updated_at) VALUES (current_council(), $1, 1, $2)
  ON CONFLICT (council_id) DO NOTHING`;
const REPLACE = 'UPDATE notice_policies SET policy = $1, version = version + 1, updated_at = $2 WHERE council_id = current_council()';

const SHIPPED: StoredPolicy = { policy: SHIPPED_NOTICE_POLICY, version: null, updatedAt: null };

type Row = Omit<StoredPolicy, 'policy'> & { readonly policy: unknown };

const policyOf = (row: Row | null): StoredPolicy =>
  row ? { policy: storedNoticePolicy(row.policy), version: row.version, updatedAt: row.updatedAt } : SHIPPED;

/** The SQL of notice policies. */
@Injectable()
export class NoticePoliciesRepository {
  async read(tx: Tx): Promise<StoredPolicy> {
    return policyOf(await tx.one<Row>(READ));
  }

  async lock(tx: Tx): Promise<StoredPolicy> {
    return policyOf(await tx.one<Row>(LOCK));
  }

  /** The council's first policy; false when somebody was quicker. */
  async insert(tx: Tx, policy: NoticePolicy, now: Date): Promise<boolean> {
    return (await tx.execute(INSERT, [JSON.stringify(policy), now])) === 1;
  }

  async replace(tx: Tx, policy: NoticePolicy, now: Date): Promise<void> {
    await tx.execute(REPLACE, [JSON.stringify(policy), now]);
  }
}
