import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ListedStatement } from './statement-list.js';
import { onServer } from './test-database.js';

// The types of the parameters and columns of each listed statement, as PostgreSQL gives them. They are kept in bench/statement-types.json,
// so that a review shows how a change of the schema or of a statement affects each of them.

const KEPT = fileURLToPath(new URL('../../bench/statement-types.json', import.meta.url));

interface StatementTypes {
  readonly id: string;
  readonly file: string;
  /** The types of its parameters, in their order. */
  readonly takes: string;
  /** The types of its columns; null where PostgreSQL is older than version 16 and does not tell. */
  readonly gives: string | null;
}

/** As a document, a column that an older PostgreSQL does not have is missing and no error. */
const TYPES = `
  SELECT p.name AS id, array_to_string(p.parameter_types, ', ') AS takes,
    CASE WHEN to_jsonb(p) ? 'result_types' THEN array_to_string(ARRAY(SELECT jsonb_array_elements_text(nullif(to_jsonb(p) -> 'result_types', 'null'))), ', ')
    END AS gives
  FROM pg_prepared_statements p`;

/** Asks the database to prepare the statements; none is executed. */
export function typesOf(url: string, statements: readonly ListedStatement[]): Promise<StatementTypes[]> {
  return onServer(url, async (client) => {
    await client.query('BEGIN');
    for (const { id, files, text } of statements) {
      await client.query(`PREPARE "${id}" AS ${text}`).catch((cause: unknown) => {
        throw new Error(`${files.join(', ')} sends what this schema does not understand: ${text}`, { cause });
      });
    }
    const { rows } = await client.query<Omit<StatementTypes, 'file'>>(TYPES);
    const types = new Map(rows.map((row) => [row.id, row]));
    return statements.map(({ id, files }) => {
      const { takes = '', gives = null } = types.get(id) ?? {};
      return { id, file: files[0] ?? '', takes, gives };
    });
  });
}

export const keptTypes = (): StatementTypes[] => JSON.parse(readFileSync(KEPT, 'utf8')) as StatementTypes[];

/** Writes the types, in a run that is meant to do so. */
export function keepTypes(types: readonly StatementTypes[]): void {
  if (process.env.STATEMENTS === 'types') writeFileSync(KEPT, `${JSON.stringify(types, null, 1)}\n`);
}
