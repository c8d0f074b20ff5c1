/** The members that are not undefined. In a change, undefined means that the field was left out, and null that it is to be cleared. */
export function withoutUndefined<T extends object>(sent: T): Partial<T> {
  const fields = Object.entries(sent) as [string, unknown][];
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Partial<T>;
}
