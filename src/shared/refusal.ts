/** One reason against something that was asked, by its stable code; a person with the right may override it where the table says so. */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly overridable: boolean;
  /** In plain words, with what to do. */
  readonly message: string;
}

/** The reasons against one operation, in the order in which the API lists them. */
export type RefusalTable = Readonly<Record<string, { readonly overridable: boolean; readonly message: string }>>;

/** Whether a reason holds; a text: it holds, and this is said in place of the table's message. */
type Holding = boolean | string;

/** Every reason that holds, in the table's order; none means that nothing stands against it. */
export function refusalsHolding<Table extends RefusalTable>(
  table: Table,
  holds: Readonly<Record<keyof Table, Holding>>,
): Refusal<keyof Table & string>[] {
  return Object.entries(table).flatMap(([code, { overridable, message }]) => {
    const holding: Holding | undefined = holds[code];
    return holding ? [{ code, overridable, message: holding === true ? message : holding }] : [];
  });
}
