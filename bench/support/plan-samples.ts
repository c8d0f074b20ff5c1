import type pg from 'pg';
import { type StoredValue, uuidsIn } from '../../test/support/statement-samples.js';
import { COUNCIL } from './stock.js';

// The parameters that tests sent, as the same of the dataset: each id becomes one of a row of the same table.

type Story = Readonly<Record<string, string>>;

/** Tables that share their ids with another. */
const SAME_AS: Readonly<Record<string, string>> = { device_texts: 'devices' };
const STORIES = 12;

/** Households with everything, and what hangs together with each. */
const TOGETHER = `
  SELECT h.id AS households, h.school_id AS schools, l.id AS loans, l.site_id AS sites, i.id AS loan_items, i.device_id AS devices, d.model_id AS device_models,
    n.id AS incidents, q.request_id AS requests, q.id AS request_lines, o.id AS offers, o.device_id AS offered,
    (SELECT c.id FROM contacts c WHERE c.council_id = h.council_id AND c.household_id = h.id LIMIT 1) AS contacts,
    (SELECT k.id FROM learners k WHERE k.council_id = h.council_id AND k.household_id = h.id LIMIT 1) AS learners,
    (SELECT t.id FROM notices t WHERE t.council_id = h.council_id AND t.household_id = h.id LIMIT 1) AS notices
  FROM offers o
  JOIN households h ON h.council_id = o.council_id AND h.id = o.household_id
  JOIN request_lines q ON q.council_id = o.council_id AND q.id = o.line_id
  JOIN loans l ON l.council_id = h.council_id AND l.household_id = h.id
  JOIN loan_items i ON i.council_id = l.council_id AND i.loan_id = l.id AND i.number = 1
  JOIN devices d ON d.council_id = i.council_id AND d.id = i.device_id
  JOIN incidents n ON n.council_id = l.council_id AND n.item_id = i.id
  WHERE o.council_id = '${COUNCIL}' AND o.state IN ('open', 'accepted') ORDER BY o.id LIMIT ${STORIES}`;
const TABLES = `
  SELECT relname AS name FROM pg_class JOIN pg_attribute a ON attrelid = pg_class.oid
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attname = 'id' AND atttypid = 'uuid'::regtype
    AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'council_id')`;

/** Lines that wait, and devices that anybody may take: for what makes offers and loans. */
const FREE = `
  SELECT l.id AS request_lines, l.household_id AS households, d.id AS devices
  FROM (SELECT id, household_id, row_number() OVER (ORDER BY id) AS n FROM request_lines WHERE council_id = '${COUNCIL}' AND state = 'waiting' ORDER BY id LIMIT ${STORIES}) l
  JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM devices WHERE council_id = '${COUNCIL}' AND status = 'available' AND category = 'laptop' ORDER BY id LIMIT ${STORIES}) d ON d.n = l.n`;

/** Ids of the dataset by table: some households with all that belongs to them, and any rows of the tables that stand by themselves. */
export async function storiesOf(client: pg.Client): Promise<Story[]> {
  const { rows: stories } = await client.query<Record<string, string>>(TOGETHER);
  if (stories.length === 0) throw new Error('no household of the dataset has a loan, an incident and an offer');
  const { rows: tables } = await client.query<{ name: string }>(TABLES);
  for (const { name } of tables) {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM ${name} WHERE council_id = '${COUNCIL}' ORDER BY id LIMIT ${STORIES}`,
    );
    for (const [place, story] of stories.entries()) story[name] ??= rows[place % rows.length]?.id ?? '';
  }
  const { rows: free } = await client.query<Record<string, string>>(FREE);
  return stories.map((story, place) => {
    const unused = Object.fromEntries(Object.entries(free[place] ?? {}).map(([table, id]) => [`free ${table}`, id]));
    return { ...story, ...unused, councils: COUNCIL };
  });
}

/** Which ids keep the value that the test sent: those of rows that the statement makes. `free`: so too, with lines and devices that are free. */
export type Keep = 'none' | 'made' | 'free' | 'all';

/** The sample's ids, each with the one that stands for it. */
export function idsInDataset(
  text: string,
  sample: { readonly values: readonly StoredValue[]; readonly kinds: Story },
  stories: readonly Story[],
  keep: Keep,
): Map<string, string> {
  const made = new Set([...text.matchAll(/INSERT INTO "?(\w+)/g)].map(([, table]) => table));
  const counts = new Map<string, number>();
  const ids = new Map<string, string>();
  for (const id of uuidsIn(sample.values)) {
    const table = sample.kinds[id];
    if (table === undefined || keep === 'all' || ((keep === 'made' || keep === 'free') && made.has(table))) continue;
    const kind = SAME_AS[table] ?? table;
    const place = counts.get(kind) ?? 0;
    counts.set(kind, place + 1);
    const story = stories[place % stories.length];
    const isOffered = kind === 'devices' && /\boffers\b/.test(text) && !/\bloan_items\b/.test(text);
    const known = (keep === 'free' && story?.[`free ${kind}`]) || story?.[isOffered ? 'offered' : kind];
    if (known) ids.set(id, known);
  }
  return ids;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** A value as PostgreSQL reads it from text; null stays null. */
function asText(value: StoredValue, ids: ReadonlyMap<string, string>): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value.replaceAll(UUID, (id) => ids.get(id.toLowerCase()) ?? id);
  if (typeof value !== 'object') return String(value);
  if (isList(value)) {
    const items = value.map((item) => {
      const text = asText(item, ids);
      if (text === null) return 'NULL';
      return isList(item) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    });
    return `{${items.join(',')}}`;
  }
  if ('bytes' in value) return `\\x${value.bytes}`;
  if ('at' in value) return value.at;
  return asText(JSON.stringify(value.json), ids);
}

const isList = (value: StoredValue): value is readonly StoredValue[] => Array.isArray(value);

/** As literals for EXECUTE. */
export function literals(values: readonly StoredValue[], ids: ReadonlyMap<string, string>): string {
  return values
    .map((value) => {
      const text = asText(value, ids);
      return text === null ? 'NULL' : quoted(text);
    })
    .join(', ');
}
