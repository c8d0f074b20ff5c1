/** The fields that were sent: undefined was left out, null was not. */
export function given<T extends object>(sent: T): Partial<T> {
  const fields = Object.entries(sent) as [string, unknown][];
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined)) as Partial<T>;
}
