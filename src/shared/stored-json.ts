/**
 * Reads a stored JSON value. It may have been written by an earlier version of the code. So a reader accepts every value and returns what
 * the present code works with: it has a default for each part that is missing or has another type, and leaves out what it does not know.
 */
export type Reader<T> = (stored: unknown) => T;

/** The members of an object; there are none when the value is not an object. */
export function membersOf(stored: unknown): Readonly<Record<string, unknown>> {
  return typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? (stored as Readonly<Record<string, unknown>>) : {};
}

export const isObject = (stored: unknown): boolean => typeof stored === 'object' && stored !== null && !Array.isArray(stored);

export function textOr<Otherwise>(otherwise: Otherwise): Reader<string | Otherwise> {
  return (stored) => (typeof stored === 'string' ? stored : otherwise);
}

/** A text that matches a pattern, such as an id or a time; else `otherwise`. */
export function matchingOr<Otherwise>(pattern: RegExp, otherwise: Otherwise): Reader<string | Otherwise> {
  return (stored) => (typeof stored === 'string' && pattern.test(stored) ? stored : otherwise);
}

export function flagOr<Otherwise>(otherwise: Otherwise): Reader<boolean | Otherwise> {
  return (stored) => (typeof stored === 'boolean' ? stored : otherwise);
}

/** A whole number, cut to its bounds; fractions are cut off. */
export function wholeOr<Otherwise>(
  otherwise: Otherwise,
  { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = {},
): Reader<number | Otherwise> {
  return (stored) => (isNumber(stored) ? Math.min(max, Math.max(min, Math.trunc(stored))) + 0 : otherwise);
}

export function numberOr<Otherwise>(otherwise: Otherwise): Reader<number | Otherwise> {
  return (stored) => (isNumber(stored) ? stored : otherwise);
}

export function wordOr<Word extends string, const Otherwise extends Word | null>(
  words: readonly Word[],
  otherwise: Otherwise,
): Reader<Word | Otherwise> {
  return (stored) => ((words as readonly unknown[]).includes(stored) ? (stored as Word) : otherwise);
}

/** The items that can be read; `read` returns null for one that cannot. The list is empty when the value is not a list. */
export function listOf<T>(read: Reader<T | null>): Reader<T[]> {
  return (stored) => (Array.isArray(stored) ? stored.map(read).filter((item): item is Awaited<T> & T => item !== null) : []);
}

export const textsOf: Reader<string[]> = listOf(textOr(null));

/** Null when the value is not an object. */
export function objectOrNull<T>(read: (members: Readonly<Record<string, unknown>>) => T): Reader<T | null> {
  return (stored) => (isObject(stored) ? read(membersOf(stored)) : null);
}

/** Null when the value is not a list. */
export function listOrNull<T>(read: Reader<T | null>): Reader<T[] | null> {
  return (stored) => (Array.isArray(stored) ? listOf(read)(stored) : null);
}

function isNumber(stored: unknown): stored is number {
  return typeof stored === 'number' && Number.isFinite(stored);
}
