import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import { type LoanPolicyRule, storedLoanRules } from '../domain/loan-policy.rules.js';

/** A council's table of rules. `version` is null while the council has none and the shipped values hold. */
export interface LoanPolicyTable {
  readonly rules: readonly LoanPolicyRule[];
  readonly version: number | null;
  readonly updatedAt: Date | null;
}

const READ = `SELECT rules, version, updated_at AS "updatedAt" FROM loan_policies WHERE council_id = current_council()`;
const LOCK = `${READ} FOR UPDATE`;
const INSERT = `
  INSERT INTO loan_policies (council_id, rules, version, updated_at) VALUES (current_council(), $1, 1, $2)
  ON CONFLICT (council_id) DO NOTHING`;
const REPLACE = 'UPDATE loan_policies SET rules = $1, version = version + 1, updated_at = $2 WHERE council_id = current_council()';

type Row = Omit<LoanPolicyTable, 'rules'> & { readonly rules: unknown };

function tableOf(row: Row | null): LoanPolicyTable {
  return row
    ? { rules: storedLoanRules(row.rules), version: row.version, updatedAt: row.updatedAt }
    : { rules: [], version: null, updatedAt: null };
}

/** The SQL of loan policies. */
@Injectable()
export class LoanPoliciesRepository {
  async read(tx: Tx): Promise<LoanPolicyTable> {
    return tableOf(await tx.one<Row>(READ));
  }

  async lock(tx: Tx): Promise<LoanPolicyTable> {
    return tableOf(await tx.one<Row>(LOCK));
  }

  /** Inserts the council's first table. Returns false when somebody else was quicker. */
  async insert(tx: Tx, rules: readonly LoanPolicyRule[], now: Date): Promise<boolean> {
    return (await tx.execute(INSERT, [JSON.stringify(rules), now])) === 1;
  }

  async replace(tx: Tx, rules: readonly LoanPolicyRule[], now: Date): Promise<void> {
    await tx.execute(REPLACE, [JSON.stringify(rules), now]);
  }
}
