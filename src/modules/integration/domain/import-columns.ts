/** One column that a kind of file can have. */
export interface ImportColumn {
  /** The name in the documentation, in messages and in mappings. */
  readonly name: string;
  /** Other names; they are compared like headers (`headerKey`). */
  readonly also: readonly string[];
  /** The names in other inventories. They are used when the file has none of the names above. */
  readonly elsewhere?: readonly string[];
  /** Whether the file cannot be read without the column. */
  readonly key?: boolean;
  /** Whether the column contains days. These show whether the file writes the day or the month first. */
  readonly takesDays?: boolean;
  /** What the column means, for docs/imports.md. */
  readonly about: string;
}

export type ImportColumns<Column extends string = string> = Readonly<Record<Column, ImportColumn>>;

/** The names of the columns that contain days. */
export type DayColumnOf<Columns extends ImportColumns> = {
  [Column in keyof Columns]: Columns[Column] extends { readonly takesDays: true } ? Column : never;
}[keyof Columns];

/** The names of the columns that contain days, for a kind that is not known at compile time. */
export function dayColumns(columns: ImportColumns): string[] {
  return Object.keys(columns).filter((column) => columns[column]?.takesDays === true);
}
