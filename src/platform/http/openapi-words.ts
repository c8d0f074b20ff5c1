import type { DocumentWords } from './document-words.js';

type Json = Record<string, unknown>;

export interface Parameter {
  in: string;
  name: string;
  required?: boolean;
  description?: string;
}

export interface Described {
  description?: string;
  parameters?: Parameter[];
  'x-public'?: boolean;
  'x-rights'?: { readonly scope: string | null; readonly roles: readonly string[] };
}

/** Headers that handlers read by themselves. */
const HEADERS: Readonly<Record<string, string>> = {
  accept: 'which form of the answer is liked best',
  'accept-language': 'which languages are liked best for what is said in words',
  authorization: 'HTTP Basic: client id and secret',
};

/** Gives the operation's parameters their words, and says who may call it. */
export function describeOperation(operation: Described, path: string, words: DocumentWords): void {
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'header') parameter.description ??= HEADERS[parameter.name.toLowerCase()];
    if (parameter.in === 'query') parameter.description ??= words.filters[parameter.name];
    if (parameter.in === 'path') parameter.description ??= words.path[segmentBefore(path, parameter.name)] ?? words.path[parameter.name];
  }
  operation.description = [operation.description, whoMay(operation)].filter(Boolean).join('\n\n');
}

/** Such as `loans`, of `{id}` in `/loans/{id}/returns`. */
function segmentBefore(path: string, name: string): string {
  const segments = path.split('/');
  return segments[segments.indexOf(`{${name}}`) - 1] ?? '';
}

function whoMay({ 'x-public': isPublic, 'x-rights': rights }: Described): string {
  if (isPublic === true || !rights) return 'Open to everybody.';
  const roles = rights.roles.map((role) => role.replaceAll('_', ' ')).join(', ');
  if (rights.scope === null) return `For people only: ${roles}.`;
  if (rights.scope === 'any') return 'For every client with a token, and everybody who is signed in.';
  return `For clients with \`${rights.scope}\`; for people: ${roles}.`;
}

/** Gives every field of the schema, and of what is inside it, the words that its name has everywhere. What says something itself keeps it. */
export function describeFields(schema: unknown, words: DocumentWords): void {
  if (Array.isArray(schema)) {
    for (const each of schema) describeFields(each, words);
    return;
  }
  if (schema === null || typeof schema !== 'object') return;
  const { properties, items, allOf, anyOf, oneOf } = schema as Json;
  for (const [name, property] of Object.entries((properties ?? {}) as Record<string, Json>)) {
    describeFields(property, words);
    const description = meaning(name, property, words);
    if (property.description === undefined && description !== undefined)
      (properties as Record<string, Json>)[name] = withDescription(property, description);
  }
  for (const inner of [items, allOf, anyOf, oneOf]) describeFields(inner, words);
}

function meaning(name: string, property: Json, { fields }: DocumentWords): string | undefined {
  const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!known) return undefined;
  if (!isNullable(property)) return known.is;
  return known.null === undefined ? undefined : `${known.is}; null: ${known.null}`;
}

/** Swagger writes some schemas as OpenAPI 3.1 has them, and others as 3.0 does. */
export function isNullable({ nullable, type, anyOf }: Json): boolean {
  if (nullable === true || (Array.isArray(type) && type.includes('null'))) return true;
  return Array.isArray(anyOf) && (anyOf as Json[]).some((each) => each.type === 'null');
}

/** As Swagger itself describes a field that is an object: not every reader of documents sees what stands beside a reference. */
const withDescription = ({ $ref, ...property }: Json, description: string): Json =>
  $ref === undefined ? { ...property, description } : { ...property, description, allOf: [{ $ref }] };
