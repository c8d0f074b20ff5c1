/**
 * One reason against an operation, with its stable code. If the table says that it is overridable, a person with the right may override it.
 */
export interface Refusal<Code extends string = string> {
  readonly code: Code;
  readonly overridable: boolean;
  /** The reason in plain words, and what can be done about it. */
  readonly message: string;
}

/** The reasons against one operation, in the order in which the API lists them. */
export type RefusalTable = Readonly<Record<string, { readonly overridable: boolean; readonly message: string }>>;

/** Whether a reason holds. A text means that it holds, and replaces the message of the table. */
type ReasonStatus = boolean | string;

/** Every reason that holds, in the order of the table. If the list is empty, nothing stands against the operation. */
export function refusalsHolding<Table extends RefusalTable>(
  table: Table,
  holds: Readonly<Record<keyof Table, ReasonStatus>>,
): Refusal<keyof Table & string>[] {
  return Object.entries(table).flatMap(([code, { overridable, message }]) => {
    const holding: ReasonStatus | undefined = holds[code];
    return holding ? [{ code, overridable, message: holding === true ? message : holding }] : [];
  });
}
