/** One reason against something that was asked, by its stable code; a person with the right may override it where the table says so. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly overridable: boolean;
  /** In plain words, with what to do. */
  readonly message: string;
}

/** The reasons against one operation, in the order in which the API lists them. */
export type RefusalTable = Readonly<Record<string, { readonly overridable: boolean; readonly message: string }>>;

/** Every reason that holds, in the table's order; none means that nothing stands against it. */
export function refusalsHolding<Table extends RefusalTable>(
  table: Table,
  holds: Readonly<Record<keyof Table, boolean>>,
): Refusal<keyof Table & string>[] {
  return Object.entries(table)
    .filter(([code]) => holds[code])
    .map(([code, { overridable, message }]) => ({ code, overridable, message }));
}
