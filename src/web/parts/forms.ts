/** The content type of what a plain form sends. */
export const FORM = 'application/x-www-form-urlencoded';

/** The fields of a form by name, as they were typed. */
export type Fields = Readonly<Record<string, string>>;

/** The text of a field of a body that came from anybody; nothing when it is not there. */
export function textIn(body: unknown, name: string): string {
  const value: unknown = body !== null && typeof body === 'object' && Object.hasOwn(body, name) ? (body as Fields)[name] : '';
  return typeof value === 'string' ? value : '';
}
