/** What a table is for, and what its columns mean whose names do not say it. */
interface Description {
  /** `platform`, or the module whose table it is. */
  readonly of: string;
  readonly about: string;
  readonly columns?: Readonly<Record<string, string>>;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** SQL that writes a description into the database, from where docs/data-model.md is made. The module stands before it: `loans: …`. */
export function described(table: string, { of, about, columns = {} }: Description): string {
  return [
    `COMMENT ON TABLE ${table} IS ${quoted(`${of}: ${about}`)}`,
    ...Object.entries(columns).map(([column, meaning]) => `COMMENT ON COLUMN ${table}.${column} IS ${quoted(meaning)}`),
  ].join(';\n');
}
