/** Which version a change was made upon: one of these, `any` for whichever stands, or `none` when nothing may be there yet. */
export type ExpectedVersion = readonly number[] | 'any' | 'none';

/** Whether what stands now (null: nothing) is what the caller read. */
export function isExpected(expected: ExpectedVersion, actual: number | null): boolean {
  if (expected === 'none') return actual === null;
  return actual !== null && (expected === 'any' || expected.includes(actual));
}
