import { type Answer, type Api, expectStatus } from './api.js';
import type { TestApp } from './app.js';

type Fields = Readonly<Record<string, string>>;

/** Sends a file with the fields of an import. By default `kind` is devices and `mode` is apply. */
export function sendFile(api: Api, content: string | Uint8Array<ArrayBuffer>, fields: Fields = {}, headers: Fields = {}): Promise<Answer> {
  return sendForm(api, [...Object.entries({ kind: 'devices', mode: 'apply', ...fields }), ['file', new Blob([content])]], headers);
}

/** Sends a form with exactly these parts, in their order. */
export function sendForm(api: Api, parts: readonly (readonly [string, string | Blob])[], headers: Fields = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of parts) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'file.csv');
  }
  return api.send('POST', '/imports', form, { headers });
}

/** Imports a file, waits until the import has ended, and returns it. */
export async function anImport(
  app: TestApp,
  api: Api,
  content: string | Uint8Array<ArrayBuffer>,
  fields: Fields = {},
): Promise<Answer['body']> {
  const { id } = expectStatus(await sendFile(api, content, fields), 202);
  await app.drain();
  return expectStatus(await api.get(`/imports/${id}`), 200);
}

/** Every item of a list, from all its pages. */
export async function all(api: Api, path: string): Promise<Answer['body'][]> {
  const items: Answer['body'][] = [];
  const first = path.includes('?') ? `${path}&limit=200` : `${path}?limit=200`;
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Answer['body'] = expectStatus(await api.get(cursor === '' ? first : `${first}&cursor=${cursor}`), 200);
    items.push(...page.data);
    cursor = page.nextCursor;
  }
  return items;
}
