/**
 * The versions that a change may be based on: one of these, `any` for whichever is current, or `none` when the thing must not exist yet.
 */
export type ExpectedVersion = readonly number[] | 'any' | 'none';

/** The version of a thing that nobody has written yet. */
export const NEVER_WRITTEN = 0;

/** Whether the current version is one that the caller expects. It is null for a thing that nobody has written yet. */
export function isExpected(expected: ExpectedVersion, actual: number | null): boolean {
  if (expected === 'none') return actual === null;
  return expected === 'any' || expected.includes(actual ?? NEVER_WRITTEN);
}
