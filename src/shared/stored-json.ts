/**
 * Readers of stored JSON. What is stored was written by the code of some former day: a reader is total, takes anything at all, and gives what
 * the code of today works with, with a default for each part that is missing or of another kind. What it does not know it leaves out.
 */
export type Reader<T> = (stored: unknown) => T;

/** The members of an object; none of anything else. */
export function membersOf(stored: unknown): Readonly<Record<string, unknown>> {
  return typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? (stored as Readonly<Record<string, unknown>>) : {};
}

export const isObject = (stored: unknown): boolean => typeof stored === 'object' && stored !== null && !Array.isArray(stored);

export function textOr<Otherwise>(otherwise: Otherwise): Reader<string | Otherwise> {
  return (stored) => (typeof stored === 'string' ? stored : otherwise);
}

/** Such as an id or a time, which some parts are nothing without. */
export function matchingOr<Otherwise>(pattern: RegExp, otherwise: Otherwise): Reader<string | Otherwise> {
  return (stored) => (typeof stored === 'string' && pattern.test(stored) ? stored : otherwise);
}

export function flagOr<Otherwise>(otherwise: Otherwise): Reader<boolean | Otherwise> {
  return (stored) => (typeof stored === 'boolean' ? stored : otherwise);
}

/** A whole number, held within its bounds; fractions are cut off. */
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

/** The items that can be read; `read` gives null for one that says nothing. None of what is no list. */
export function listOf<T>(read: Reader<T | null>): Reader<T[]> {
  return (stored) => (Array.isArray(stored) ? stored.map(read).filter((item): item is Awaited<T> & T => item !== null) : []);
}

export const textsOf: Reader<string[]> = listOf(textOr(null));

/** Null of nothing, and of what is no object. */
export function objectOrNull<T>(read: (members: Readonly<Record<string, unknown>>) => T): Reader<T | null> {
  return (stored) => (isObject(stored) ? read(membersOf(stored)) : null);
}

/** Null of nothing, and of what is no list. */
export function listOrNull<T>(read: Reader<T | null>): Reader<T[] | null> {
  return (stored) => (Array.isArray(stored) ? listOf(read)(stored) : null);
}

function isNumber(stored: unknown): stored is number {
  return typeof stored === 'number' && Number.isFinite(stored);
}
