import type { Fields } from '../forms.js';
import { TOKEN } from './family-form.js';

/** What was typed before a sign-in stands in fields of these names on the way through it. */
const PREFIX = 'typed.';

/** All that a form brought, but its token. A browser sends nothing that is not text. */
export function fieldsOfForm(body: unknown): Fields {
  const fields = Object.entries(body !== null && typeof body === 'object' ? (body as Readonly<Record<string, unknown>>) : {});
  return Object.fromEntries(fields.filter((field): field is [string, string] => field[0] !== TOKEN && typeof field[1] === 'string'));
}

/** The fields under the names with which they go through the sign-in. */
export function carried(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [PREFIX + name, value]));
}

/** What a form of the sign-in carries on, under its own names. */
export function carriedIn(body: unknown): Fields {
  const fields = Object.entries(fieldsOfForm(body)).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(fields.map(([name, value]) => [name.slice(PREFIX.length), value]));
}
