/** Which version a change was made upon: one of these, `any` for whichever stands, or `none` when nothing may be there yet. */
export type ExpectedVersion = readonly number[] | 'any' | 'none';

/** The version of what nobody wrote yet. */
export const NEVER_WRITTEN = 0;

/** Whether what stands now (null: nobody wrote it yet) is what the caller read. */
export function isExpected(expected: ExpectedVersion, actual: number | null): boolean {
  if (expected === 'none') return actual === null;
  return expected === 'any' || expected.includes(actual ?? NEVER_WRITTEN);
}
