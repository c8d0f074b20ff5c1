// Writes and reads the parameters of recorded statements. It does not need Jest, because benchmarks use it too.

/** One statement as the application sent it while tests ran. */
export interface RecordedCall {
  /** The place in the source: `src/…/loans.repository.ts:12:34`. */
  readonly place: string;
  /** Inside one council, as the platform across councils, or before the council is known. */
  readonly role: 'council' | 'system' | 'platform';
  /** Which parameters were given. Another choice may be executed in another way. */
  readonly shape: string;
  readonly text: string;
  readonly values: readonly StoredValue[];
  /** Maps ids in the values to their tables. */
  readonly kinds: Readonly<Record<string, string>>;
}

/** A parameter as JSON; bytes and instants are marked as such. */
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

/** The most items of a list that are kept. Lists that belong together are cut at the same length. */
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
