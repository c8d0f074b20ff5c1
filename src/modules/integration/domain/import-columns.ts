/** One column that a kind of file may have. */
export interface ImportColumn {
  /** As the documentation, messages and mappings call it. */
  readonly name: string;
  /** Other names, compared like headers (`headerKey`). */
  readonly also: readonly string[];
  /** What other inventories call it: used where the file has none of the names above. */
  readonly elsewhere?: readonly string[];
  /** Without it the file can't be read. */
  readonly key?: boolean;
  /** It holds days: they show whether the file writes the day or the month first. */
  readonly takesDays?: boolean;
  /** What it is, as docs/imports.md says it. */
  readonly about: string;
}

export type ImportColumns<Column extends string = string> = Readonly<Record<Column, ImportColumn>>;

/** Those of the columns that hold days. */
export type DayColumnOf<Columns extends ImportColumns> = {
  [Column in keyof Columns]: Columns[Column] extends { readonly takesDays: true } ? Column : never;
}[keyof Columns];

/** The columns that hold days, of any kind. */
export function dayColumns(columns: ImportColumns): string[] {
  return Object.keys(columns).filter((column) => columns[column]?.takesDays === true);
}
