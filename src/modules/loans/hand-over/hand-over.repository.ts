import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/index.js';
import type { Day } from '../../../shared/day.js';
import type { DeviceClass } from '../../../shared/vocabulary.js';
import { lookupKey } from '../../../shared/key-text.js';
import type { RequestLineState } from '../../requests/index.js';
import type { Agreement } from '../domain/agreement.rules.js';
import type { CaseDevice } from '../record/loan-case.js';
import type { NewLoanEvent } from '../record/loan-event.js';
import type { NewItem } from '../record/loans.repository.js';
import { DEVICE_FACTS, insertLoanEvents } from '../record/loans.sql.js';

// Reads devices, funds and request_lines, and locks devices, beside the tables of this module.

/** A device as the desk names it: by its id or by its tag. */
export interface DeviceName {
  readonly deviceId: string | null;
  readonly assetTag: string | null;
}

export interface NamedDevice {
  readonly id: string;
}

export interface NewLoan {
  readonly id: string;
  readonly reference: string;
  readonly householdId: string;
  readonly siteId: string;
  readonly dueOn: Day;
  readonly graceDays: number;
  readonly agreement: Agreement;
  readonly items: readonly NewItem[];
  readonly events: readonly NewLoanEvent[];
}

/** What a household has on loan before the hand-over. */
export interface HouseholdLoanCounts {
  readonly itemsOut: Readonly<Record<DeviceClass, number>>;
  readonly overdueLoans: number;
}

/** Stock that is interchangeable. */
type Pool = Pick<CaseDevice, 'category' | 'siteId' | 'fundId'>;

const RESOLVE = `
  SELECT n.number, d.id FROM unnest($1::uuid[]) WITH ORDINALITY AS n (device_id, number)
  JOIN devices d ON d.council_id = current_council() AND d.id = n.device_id
  UNION ALL
  SELECT n.number, d.id FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS n (tag_key, asset_tag, number)
  CROSS JOIN LATERAL (
    SELECT id FROM devices WHERE council_id = current_council() AND asset_tag_key = n.tag_key ORDER BY asset_tag = n.asset_tag DESC, id LIMIT 1) d`;

/** Only locks: a statement reads other tables as they were when it started, and the fund of a device may have changed since. */
const LOCK_DEVICES = `SELECT FROM devices d WHERE d.council_id = current_council() AND d.id = ANY ($1::uuid[]) ORDER BY d.id FOR UPDATE`;

const DEVICES = `
  SELECT ${DEVICE_FACTS} AS device FROM devices d LEFT JOIN funds f ON f.council_id = d.council_id AND f.id = d.fund_id
  WHERE d.council_id = current_council() AND d.id = ANY ($1::uuid[])`;

const LINES = `
  SELECT r.id, r.class, r.state FROM request_lines r
  WHERE r.council_id = current_council() AND r.household_id = $1 AND r.id = ANY ($2::uuid[])`;

const LOAN_COUNTS = `
  SELECT jsonb_build_object('computer', 0, 'connectivity', 0, 'accessory', 0) || coalesce((
           SELECT jsonb_object_agg(out.class, out.items) FROM (
             SELECT i.class, count(*) AS items FROM loan_items i
             WHERE i.council_id = current_council() AND i.household_id = $1 AND i.state = 'on_loan' GROUP BY i.class) out), '{}') AS "itemsOut",
         (SELECT count(*)::integer FROM loans l
          WHERE l.council_id = current_council() AND l.household_id = $1 AND l.state = 'open' AND l.overdue_from <= $2) AS "overdueLoans"`;

const LOCK_POOL = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';

const AVAILABLE = `
  SELECT count(*)::integer AS devices FROM devices d
  WHERE d.council_id = current_council() AND d.status = 'available' AND d.category = $1 AND d.site_id = $2 AND d.fund_id IS NOT DISTINCT FROM $3`;

const INSERT_LOAN = `
  WITH loan AS (
    INSERT INTO loans (council_id, id, reference, household_id, site_id, state, handed_over_at, due_on, grace_days, agreement, created_at, updated_at)
    VALUES (current_council(), $1, $2, $3, $4, 'open', $5, $6, $7, $8, $5, $5)
  ), told AS (
    ${insertLoanEvents({ loan: '$1', events: '$10', at: '$5', actor: '$11' })}
  )
  INSERT INTO loan_items (council_id, id, loan_id, household_id, device_id, request_line_id, class, number, state, condition_out)
  SELECT current_council(), i.id, $1, $3, i."deviceId", i."requestLineId", i.class, i.number, 'on_loan', i."conditionOut"
  FROM jsonb_to_recordset($9::jsonb)
    AS i (id uuid, "deviceId" uuid, "requestLineId" uuid, class text, number integer, "conditionOut" text)`;

/** The SQL of a hand-over. */
@Injectable()
export class HandOverRepository {
  /** Returns the device for each name, in their order; null where there is none. */
  async resolve(tx: Tx, names: readonly DeviceName[]): Promise<(NamedDevice | null)[]> {
    const rows = await tx.query<NamedDevice & { number: number }>(RESOLVE, [
      names.map(({ deviceId }) => deviceId),
      names.map(({ assetTag }) => assetTag && lookupKey(assetTag)),
      names.map(({ assetTag }) => assetTag),
    ]);
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    return names.map((_, index) => byNumber.get(index + 1) ?? null);
  }

  async lockDevices(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseDevice>> {
    await tx.execute(LOCK_DEVICES, [ids]);
    const rows = await tx.query<{ device: CaseDevice }>(DEVICES, [ids]);
    return new Map(rows.map(({ device }) => [device.id, device]));
  }

  /** Returns those of the lines that belong to the household, in any state. */
  lines(tx: Tx, householdId: string, ids: readonly string[]): Promise<{ id: string; class: DeviceClass; state: RequestLineState }[]> {
    return tx.query(LINES, [householdId, ids]);
  }

  loanCounts(tx: Tx, householdId: string, today: Day): Promise<HouseholdLoanCounts> {
    return tx.row<HouseholdLoanCounts>(LOAN_COUNTS, [householdId, today]);
  }

  /** Locks a pool for which others wait, so that there is one hand-over from it at a time. */
  async lockPool(tx: Tx, poolId: string): Promise<void> {
    await tx.query(LOCK_POOL, [`${tx.councilId}/pool/${poolId}`]);
  }

  async available(tx: Tx, { category, siteId, fundId }: Pool): Promise<number> {
    return (await tx.one<{ devices: number }>(AVAILABLE, [category, siteId, fundId]))?.devices ?? 0;
  }

  async insertLoan(tx: Tx, loan: NewLoan, actor: string, now: Date): Promise<void> {
    const { id, reference, householdId, siteId, dueOn, graceDays, agreement, items, events } = loan;
    const record = [id, reference, householdId, siteId, now, dueOn, graceDays, JSON.stringify(agreement)];
    await tx.execute(INSERT_LOAN, [...record, JSON.stringify(items), JSON.stringify(events), actor]);
  }
}
