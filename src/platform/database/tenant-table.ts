import { APPLICATION_ROLE, SYSTEM_ROLE } from './data-source.js';

interface Access {
  /** What the application may do with its council's rows. Nothing is ever deleted, so DELETE is the exception. */
  readonly grants?: string;
  /** What the platform may do across councils; family and stock tables grant it nothing. */
  readonly system?: string;
}

/** SQL that puts a council-owned table (it has a `council_id`) under row-level security. */
export function tenantTable(table: string, { grants = 'SELECT, INSERT, UPDATE', system }: Access = {}): string {
  const statements = [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY council ON ${table} TO ${APPLICATION_ROLE} USING (council_id = current_council()) WITH CHECK (council_id = current_council())`,
    `GRANT ${grants} ON ${table} TO ${APPLICATION_ROLE}`,
  ];
  if (system !== undefined) {
    statements.push(
      `CREATE POLICY platform ON ${table} TO ${SYSTEM_ROLE} USING (true) WITH CHECK (true)`,
      `GRANT ${system} ON ${table} TO ${SYSTEM_ROLE}`,
    );
  }
  return statements.join(';\n');
}

/**
 * Work of a migration on the rows of every council: an owner who is no superuser would see none of them. Whoever adds a foreign key to a
 * table that has rows needs it for both tables.
 */
export function unforced(tables: readonly string[], work: string): string {
  return [
    ...tables.map((table) => `ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`),
    work,
    ...tables.map((table) => `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`),
  ].join(';\n');
}
