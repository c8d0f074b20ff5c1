/** What a module has in the database, as SQL. */
export interface SchemaPart {
  /** Each table with its constraints, what it is for, its indexes, and who may do what with which of its rows. */
  readonly tables: string;
  /** Functions, and the triggers that call them. */
  readonly functions?: string;
  /** Takes both away. */
  readonly down: string;
}
