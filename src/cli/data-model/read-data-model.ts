import type { DataSource } from 'typeorm';

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** In short words: `uuid`, `timestamptz`, `text[]`. */
  readonly type: string;
  readonly isNullable: boolean;
  /** It is part of the primary key, of a unique index of its own or with the council, of a reference. */
  readonly isPrimary: boolean;
  readonly isUnique: boolean;
  readonly isReference: boolean;
  readonly about: string | null;
}

/** Rows of one table that name rows of another; the council apart, which all do. */
export interface Reference {
  readonly to: string;
  readonly columns: readonly string[];
  /** Each row names one. */
  readonly isAlways: boolean;
  /** No two rows name the same one. */
  readonly isOnce: boolean;
}

export interface Table {
  readonly name: string;
  /** `module: what it is for`, as the database has it. */
  readonly about: string | null;
  readonly columns: readonly Column[];
  readonly references: readonly Reference[];
}

/** The list of columns of a constraint or an index, the council apart. */
const NAMES = (numbers: string, relation: string) => `
  ARRAY(SELECT a.attname::text FROM unnest(${numbers}) WITH ORDINALITY AS k (number, place)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number WHERE a.attname <> 'council_id' ORDER BY k.place)`;

const TABLES = `
  WITH named AS (
    SELECT c.oid, c.relname AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'migrations'
  ), keys AS (
    SELECT i.indrelid AS of, i.indisprimary AS "isPrimary", ${NAMES('i.indkey::int2[]', 'i.indrelid')} AS columns
    FROM pg_index i WHERE i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
  ), refs AS (
    SELECT f.conrelid AS of, f.oid, f.confrelid::regclass::text AS "to", ${NAMES('f.conkey', 'f.conrelid')} AS columns
    FROM pg_constraint f WHERE f.contype = 'f'
  )
  SELECT t.name, obj_description(t.oid, 'pg_class') AS about,
    (SELECT jsonb_agg(jsonb_build_object(
        'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'isNullable', NOT a.attnotnull,
        'isPrimary', EXISTS (SELECT FROM keys k WHERE k.of = t.oid AND k."isPrimary"
          AND (a.attname = ANY (k.columns) OR a.attname = 'council_id' AND k.columns = '{}')),
        'isUnique', EXISTS (SELECT FROM keys k WHERE k.of = t.oid AND NOT k."isPrimary" AND k.columns = ARRAY[a.attname::text]),
        'isReference', EXISTS (SELECT FROM refs r WHERE r.of = t.oid AND a.attname = ANY (r.columns)),
        'about', col_description(t.oid, a.attnum)) ORDER BY a.attnum)
      FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
        'to', r.to, 'columns', r.columns,
        'isAlways', NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = ANY (r.columns) AND NOT a.attnotnull),
        'isOnce', EXISTS (SELECT FROM keys k WHERE k.of = t.oid AND k.columns <@ r.columns AND k.columns <> '{}')) ORDER BY r.oid), '[]')
      FROM refs r WHERE r.of = t.oid AND r.columns <> '{}') AS "references"
  FROM named t ORDER BY t.oid`;

const SHORT: Readonly<Record<string, string>> = {
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  'double precision': 'float8',
};

/** What a migrated database has, in the order in which it was made. */
export async function readDataModel(source: DataSource): Promise<Table[]> {
  const tables = await source.query<Table[]>(TABLES);
  return tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, type: SHORT[column.type] ?? column.type })),
  }));
}
