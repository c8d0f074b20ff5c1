// How the parameters of a recorded statement are written down, and read again. Without Jest, so that the benchmarks read them too.

/** One statement as the application sent it while tests ran. */
export interface RecordedCall {
  /** Where in the source: `src/…/loans.repository.ts:12:34`. */
  readonly place: string;
  /** Inside a council, as the platform across councils, or before the council is known. */
  readonly role: 'council' | 'system' | 'platform';
  /** Which parameters were given at all: another choice can be another way through the statement. */
  readonly shape: string;
  readonly text: string;
  readonly values: readonly StoredValue[];
  /** Id in the values → the table that it is of. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** A parameter as JSON: bytes and instants say what they are. */
export type StoredValue =
  | null
  | string
  | number
  | boolean
  | { readonly bytes: string }
  | { readonly at: string }
  | { readonly json: unknown }
  | readonly StoredValue[];

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

export function shapeOf(values: readonly unknown[]): string {
  return values
    .map((value) => {
      if (value === null || value === undefined) return '-';
      const isEmpty = Array.isArray(value) ? value.length === 0 : value === '[]' || value === '{}';
      return isEmpty ? '0' : 'x';
    })
    .join('');
}

/** Lists are cut: those that belong together all at the same place. */
const MOST_ITEMS = 50;
const MOST_BYTES = 1000;

export function stored(value: unknown): StoredValue {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return { at: value.toISOString() };
  if (ArrayBuffer.isView(value))
    return {
      bytes: Buffer.from(value as Uint8Array)
        .subarray(0, MOST_BYTES)
        .toString('hex'),
    };
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(stored);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return { json: value };
}

export const uuidsIn = (values: readonly StoredValue[]): string[] => [...new Set(JSON.stringify(values).toLowerCase().match(UUID) ?? [])];
