import type { Fields } from '../forms.js';
import { TOKEN } from './family-form.js';

/** What was typed before a sign-in stands in fields of these names on the way through it. */
const PREFIX = 'typed.';
/** Says that a form is carried, even one without fields. */
const MARK = 'typed';

/** All that a form brought, but its token. A browser sends nothing that is not text. */
export function fieldsOfForm(body: unknown): Fields {
  const fields = Object.entries(body !== null && typeof body === 'object' ? (body as Readonly<Record<string, unknown>>) : {});
  return Object.fromEntries(fields.filter((field): field is [string, string] => field[0] !== TOKEN && typeof field[1] === 'string'));
}

/** The fields of a form under the names with which they go through the sign-in; null where there is no form. */
export function carried(fields: Fields | null): Fields {
  if (fields === null) return {};
  const renamed = Object.entries(fields).map(([name, value]) => [PREFIX + name, value] as const);
  return { [MARK]: 'yes', ...Object.fromEntries(renamed) };
}

/** The form that one of the sign-in carries on, under its own names; null where it carries none. */
export function carriedIn(body: unknown): Fields | null {
  const fields = fieldsOfForm(body);
  if (!Object.hasOwn(fields, MARK)) return null;
  const typed = Object.entries(fields).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(typed.map(([name, value]) => [name.slice(PREFIX.length), value]));
}
