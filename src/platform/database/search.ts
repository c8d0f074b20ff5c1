import { foldForSearch } from '../../shared/plain-text.js';
import { APPLICATION_ROLE } from './data-source.js';
import type { Tx } from './tx.js';

/**
 * Search inside words, in a table under row-level security. `LIKE` is not leakproof, so PostgreSQL applies a table's policy before it and
 * never uses a trigram index for the application's role. Hence one function a table, which runs as a role that sees nothing but ids and
 * search texts, of the transaction's council only, and gives back ids; the caller selects the rows, and row-level security applies again.
 *
 * How a module uses it:
 * 1. The table has `council_id`, an id, and `search_text`: everything that is sought, each through `foldForSearch`, joined by blanks.
 * 2. Its migration runs `trigramSearch({ table })` once the table stands, and `dropTrigramSearch({ table })` first in `down`.
 * 3. Its list calls `search(tx, table, searchPatterns(q), limit, { walk, pick })`, with two statements of its own repository that apply
 *    reach, filters and cursor; when `truncated`, it gives out no next page (rows would be skipped).
 */
interface Searched {
  readonly table: string;
  /** Column of the id; `id` when left out. */
  readonly id?: string;
}

/** The role that the search functions run as: no login, and no more rights than the columns that it compares. */
export const SEARCH_ROLE = 'passerelle_search';

/** More hits than this are too many to be sorted through: the answer is `truncated`. */
export const MOST_HITS = 1000;
/** Frequent words are found among the next rows in order, without the index; rare ones cost this look in vain. */
const WALK = 2000;
/** How far to look where the index gave too many hits. */
const LONG_WALK = 20_000;
const FEWEST_CHARACTERS = 3;

/** SQL that makes the trigram index of a table and its search function, `search_<table>(patterns text[])`. */
export function trigramSearch(searched: Searched): string {
  const { table, id = 'id' } = searched;
  const signature = `search_${table}(text[])`;
  return `
    CREATE INDEX ${table}_search ON ${table} USING gin (council_id, search_text gin_trgm_ops) WITH (fastupdate = off);
    CREATE POLICY search ON ${table} FOR SELECT TO ${SEARCH_ROLE} USING (true);
    GRANT SELECT (council_id, ${id}, search_text) ON ${table} TO ${SEARCH_ROLE};
    ${searchFunction(searched)};
    GRANT CREATE ON SCHEMA public TO ${SEARCH_ROLE};
    ALTER FUNCTION ${signature} OWNER TO ${SEARCH_ROLE};
    REVOKE CREATE ON SCHEMA public FROM ${SEARCH_ROLE};
    REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION ${signature} TO ${APPLICATION_ROLE}`;
}

/**
 * SQL of the search function alone. The index keeps one list of all rows of a council, and a search that names the council reads it from end to
 * end: with a million rows ten times what the words themselves cost. So the first hits of all councils are looked at, and the council is named
 * only where they are too many and not all its own.
 */
function searchFunction({ table, id = 'id' }: Searched): string {
  return `
    CREATE OR REPLACE FUNCTION search_${table}(patterns text[]) RETURNS SETOF uuid LANGUAGE plpgsql STABLE SECURITY DEFINER
      SET search_path = pg_catalog, public, pg_temp
      SET enable_seqscan = off
    AS $$
    DECLARE
      council uuid := current_council();
      -- \`LIKE ALL (array)\` cannot use an index; written out word by word it can.
      matches text := (SELECT string_agg(format('search_text LIKE %L', pattern), ' AND ') FROM unnest(patterns) AS pattern);
      everywhere integer;
      own uuid[];
    BEGIN
      IF NOT EXISTS (SELECT FROM unnest(patterns) AS pattern WHERE length(pattern) >= ${FEWEST_CHARACTERS} + 2) THEN
        RAISE EXCEPTION 'a search needs a word of at least three characters' USING ERRCODE = 'invalid_parameter_value';
      END IF;
      EXECUTE format(
        'SELECT count(*), array_agg(hit.id) FILTER (WHERE hit.council_id = %L) FROM (SELECT council_id, ${id} AS id FROM ${table} WHERE %s LIMIT ${MOST_HITS + 1}) hit',
        council, matches) INTO everywhere, own;
      IF everywhere <= ${MOST_HITS} OR cardinality(own) = everywhere THEN
        RETURN QUERY SELECT unnest(own);
        RETURN;
      END IF;
      RETURN QUERY EXECUTE format('SELECT ${id} FROM ${table} WHERE council_id = %L AND %s LIMIT ${MOST_HITS + 1}', council, matches);
    END $$`;
}

export function dropTrigramSearch({ table }: Searched): string {
  return `DROP FUNCTION search_${table}(text[])`;
}

/** SQL of the role and the extensions that every search function needs. */
export const SEARCH_GROUND = `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE EXTENSION IF NOT EXISTS btree_gin;
  DO $$ BEGIN
    CREATE ROLE ${SEARCH_ROLE} NOLOGIN NOINHERIT NOBYPASSRLS NOSUPERUSER;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
  GRANT ${SEARCH_ROLE} TO CURRENT_USER;
  GRANT USAGE ON SCHEMA public TO ${SEARCH_ROLE}`;

/**
 * What each word of `q` looks like inside a search text, for `LIKE ALL`: folded, with `%`, `_` and `\` meaning themselves. Null when no word
 * has three characters: that would be a look through everything.
 */
export function searchPatterns(q: string): string[] | null {
  const words = [...new Set(foldForSearch(q).split(' '))].filter((word) => word !== '');
  if (!words.some((word) => word.length >= FEWEST_CHARACTERS)) return null;
  return words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
}

/** The rows of a search's page, one more than its limit where more follow. */
export interface Found<Row> {
  readonly rows: Row[];
  /** There are more hits than were looked at: no next page, the caller types more. */
  readonly truncated: boolean;
}

interface Walked<Row> {
  readonly rows: Row[];
  readonly lookedAt: number;
}

interface Ways<Row> {
  /**
   * Looks through the next `rows` rows of the list after its cursor, in its order; gives those that match the patterns and the filters, at
   * most one more than `limit`, and how many it looked at.
   */
  readonly walk: (rows: number) => Promise<Walked<Row>>;
  /** Of the rows with these ids those after the cursor that pass the filters, in the list's order, at most one more than `limit`. */
  readonly pick: (ids: readonly string[]) => Promise<Row[]>;
}

/** One page of a search: by looking on for frequent words, by the trigram index for the others. */
export async function search<Row>(
  tx: Tx,
  table: string,
  patterns: readonly string[],
  limit: number,
  { walk, pick }: Ways<Row>,
): Promise<Found<Row>> {
  const isWhole = ({ rows, lookedAt }: Walked<Row>, asked: number) => rows.length > limit || lookedAt < asked;
  const near = await walk(WALK);
  if (isWhole(near, WALK)) return { rows: near.rows, truncated: false };

  const hits = patterns.some(hasTrigram) ? await tx.query<{ id: string }>(`SELECT id FROM search_${table}($1) AS id`, [patterns]) : null;
  const picked = () => pick((hits ?? []).slice(0, MOST_HITS).map(({ id }) => id));
  if (hits && hits.length <= MOST_HITS) return { rows: await picked(), truncated: false };

  const far = await walk(LONG_WALK);
  if (isWhole(far, LONG_WALK)) return { rows: far.rows, truncated: false };
  const some = await picked();
  return { rows: some.length > far.rows.length ? some : far.rows, truncated: true };
}

/** Whether pg_trgm finds three characters in a pattern that it can look up; else its index would be read from end to end. */
function hasTrigram(pattern: string): boolean {
  return /[\p{L}\p{N}]{3}|[^\p{L}\p{N}%][\p{L}\p{N}]|[\p{L}\p{N}]{2}[^\p{L}\p{N}%]/u.test(pattern);
}
