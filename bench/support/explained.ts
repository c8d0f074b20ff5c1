import type pg from 'pg';
import type { ListedStatement } from '../../test/support/statement-list.js';
import { COUNCIL } from './stock.js';

/** What one run of a statement cost. */
export interface Cost {
  /** Rows that it gave or wrote. */
  readonly answered: number;
  /** Rows of tables that were read for it, in functions and triggers too. */
  readonly read: number;
  readonly buffers: number;
  /** Tables that were read from end to end. */
  readonly scans: readonly string[];
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly PlanNode[];
}

const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)];
const isWrite = (node: PlanNode) => node['Node Type'] === 'ModifyTable';
const loops = (node: PlanNode) => node['Actual Loops'] ?? 0;
const given = (node: PlanNode) => (node['Actual Rows'] ?? 0) * loops(node);
const passedOver = (node: PlanNode) => ((node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * loops(node);

const ROLES = {
  council: `SET LOCAL ROLE passerelle_app; SET LOCAL app.council_id = '${COUNCIL}'`,
  system: `SET LOCAL ROLE passerelle_system; SET LOCAL app.council_id = '00000000-0000-0000-0000-000000000000'`,
  platform: 'SET LOCAL ROLE passerelle_app',
} as const;

/** What the server's own counters say of this connection; they also know what functions and triggers read. */
const READ = `SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::float8 AS rows FROM pg_stat_xact_user_tables WHERE relid::integer <> ALL ($1::integer[])`;

/** Tables that stay small (schools, sites, policies): read from end to end they cost less than their index. */
export interface SmallTables {
  readonly names: ReadonlySet<string>;
  readonly ids: readonly number[];
}

export async function smallTables(client: pg.Client, most: number): Promise<SmallTables> {
  const { rows } = await client.query<{ id: number; name: string }>(
    "SELECT oid::integer AS id, relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND reltuples <= $1",
    [most],
  );
  return { names: new Set(rows.map(({ name }) => name)), ids: rows.map(({ id }) => id) };
}

export type Mode = 'custom' | 'generic' | 'settled';

/** Runs a statement as the application does, and undoes it. `settled`: as the sixth time of a prepared statement, when PostgreSQL chooses. */
export async function costOf(
  client: pg.Client,
  { role, text }: Pick<ListedStatement, 'role' | 'text'>,
  values: string,
  mode: Mode,
  small: SmallTables,
): Promise<Cost> {
  const cache = mode === 'settled' ? 'auto' : `force_${mode}_plan`;
  const execute = values === '' ? 'EXECUTE explained' : `EXECUTE explained (${values})`;
  try {
    await client.query(`BEGIN; ${ROLES[role]}; SET LOCAL plan_cache_mode = ${cache}; SET LOCAL statement_timeout = '120s'`);
    await client.query(`PREPARE explained AS ${text}`);
    if (mode === 'settled') for (let time = 0; time < 5; time++) await client.query(`EXPLAIN ${execute}`);
    const before = await readSoFar(client, small);
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${execute}`,
    );
    const counted = (await readSoFar(client, small)) - before;
    const top = rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (!top) throw new Error('explained to nothing');
    const nodes = flat(top);
    const written = nodes.filter(isWrite).map((node) => Math.max(given(node), ...(node.Plans ?? []).map(given)));
    const scanned = nodes.filter(
      (node) => node['Relation Name'] !== undefined && !small.names.has(node['Relation Name']) && !isWrite(node),
    );
    const read = scanned.reduce((sum, node) => sum + given(node) + passedOver(node), 0);
    return {
      answered: Math.round(Math.max(given(top), 0) + written.reduce((sum, rowsWritten) => sum + rowsWritten, 0)),
      read: Math.round(Math.max(read, counted)),
      buffers: (top['Shared Hit Blocks'] ?? 0) + (top['Shared Read Blocks'] ?? 0),
      scans: [...new Set(scanned.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] ?? ''))].sort(),
    };
  } finally {
    await client.query('ROLLBACK');
    await client.query('DEALLOCATE ALL');
  }
}

async function readSoFar(client: pg.Client, { ids }: SmallTables): Promise<number> {
  return (await client.query<{ rows: number }>(READ, [ids])).rows[0]?.rows ?? 0;
}
