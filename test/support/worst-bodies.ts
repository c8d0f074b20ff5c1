import type { OpenApiDocument, Operation } from './conformance.js';

const MIB = 1024 * 1024;
/** The size of a body, less the room for everything around the attack. */
const ROOM = MIB - 4096;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maxLength?: number;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
}

/** A body, and what is bad about it. */
export interface WorstBody {
  readonly name: string;
  body(): Buffer;
}

const many = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join(',');
const fitting = (piece: string): number => Math.floor(ROOM / (piece.length + 1));
const json = (value: unknown): string => JSON.stringify(value);

/** Texts for which careless code takes more than linear time. */
const TEXTS: Readonly<Record<string, (length: number) => string>> = {
  letters: (length) => 'a'.repeat(length),
  blanks: (length) => ` ${' '.repeat(length)}a`,
  digits: (length) => '+33' + '1'.repeat(length),
  addresses: (length) => `${'a.'.repeat(length / 4)}@${'b-.'.repeat(length / 6)}`,
  // Marks in descending classes, which a careless normaliser sorts one by one.
  marks: (length) => `a${'\u0301\u0316'.repeat(length / 5)}`,
  braces: (length) => '{a, plural, other {'.repeat(length / 19),
  'line breaks': (length) => '\n\t'.repeat(length / 5),
};

/** These texts are tried as long as the field allows, and as long as a whole body. */
export const textsOf = (length: number): string[] => Object.values(TEXTS).map((text) => text(length));

/** Bodies that are equally bad for every operation; they are made once. */
const COMMON: readonly WorstBody[] = (
  [
    ['a hundred thousand unknown fields', `{${many(fitting('"k12345":0'), (index) => `"k${index}":0`)}}`],
    ['forty thousand unknown fields', `{${many(40_000, (index) => `"k${index}":0`)}}`],
    ['an unknown field with a name of 1 MiB', `{"${'k'.repeat(ROOM)}":0}`],
    ['two hundred unknown fields with long names', `{${many(200, (index) => `"${'\\u0001'.repeat(800)}${index}":0`)}}`],
    ['one field again and again', `{${many(45_000, () => '"name":{}')}}`],
    ['a list at the root', `[${many(fitting('{}'), () => '{}')}]`],
    ['a list of 40,000 at the root', `[${many(40_000, () => '{}')}]`],
    ['lists in lists', '['.repeat(ROOM)],
    ['objects in objects', '{"a":'.repeat(ROOM / 5)],
    ['objects thirty deep, many times', `{"x":[${many(1500, () => `${'{"a":'.repeat(28)}0${'}'.repeat(28)}`)}]}`],
    ['suspect names', `{"x":[${many(24_000, () => '{"constructor":{}}')}]}`],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['backslashes', `{"a":"${'\\\\'.repeat(ROOM / 2)}"}`],
    ['a number of a million digits', `{"version":${'1'.repeat(ROOM)}}`],
  ] as const
).map(([name, text]) => ({ name, body: () => Buffer.from(text) }));

/** The worst bodies of up to 1 MiB for an operation. */
export function worstBodies(operation: Operation, document: OpenApiDocument, valid: unknown): readonly WorstBody[] {
  const schema = operation.requestBody?.content['application/json']?.schema as Schema | undefined;
  if (!schema) return COMMON;
  const resolve = resolverOf(document);
  const top = resolve(schema);
  const base = valid !== null && typeof valid === 'object' ? (valid as Record<string, unknown>) : {};
  const names = Object.keys(top.properties ?? {});
  const bodies: [string, () => string][] = [
    ['as much as is allowed', () => json(fullest(top, resolve, (each) => sampleOf(each)))],
    ['as much as is allowed, all of it wrong', () => json(fullest(top, resolve, () => ({})))],
    ['numbers without end', () => `{${names.map((name) => `"${name}":1e999`).join(',')}}`],
    [
      'objects of many members',
      () => `{${names.map((name) => `"${name}":{${many(40_000 / names.length, (index) => `"k${index}":{}`)}}`).join(',')}}`,
    ],
    ['lists of many objects', () => `{${names.map((name) => `"${name}":[${many(40_000 / names.length, () => '{}')}]`).join(',')}}`],
    ['texts of 1 MiB', () => json(Object.fromEntries(names.map((name) => [name, 'é '.repeat(ROOM / 4 / names.length)])))],
  ];
  for (const [place] of listsOf(top, resolve)) {
    for (const piece of ['{}', '0']) bodies.push([`a list of 40,000 ${piece} at ${place.join('.')}`, () => at(base, place, piece, 40_000)]);
    bodies.push([`a list of 300,000 {} at ${place.join('.')}`, () => at(base, place, '{}', 300_000)]);
  }
  for (const [name, text] of Object.entries(TEXTS)) {
    const longest = (each: Schema) => text(Math.min(ROOM / 40, 2 * (each.maxLength ?? 200)));
    bodies.push([`the longest texts of ${name}`, () => json(filled(top, resolve, longest))]);
  }
  return [...COMMON, ...bodies.map(([name, text]) => ({ name, body: () => Buffer.from(text()).subarray(0, MIB) }))];
}

function resolverOf(document: OpenApiDocument): Resolve {
  const resolve = (given: Schema): Schema => {
    if (given.$ref !== undefined) return resolve(document.components.schemas[given.$ref.split('/').at(-1) ?? ''] as Schema);
    const inner = given.allOf?.[0] ?? given.anyOf?.[0] ?? given.oneOf?.[0];
    return inner ? resolve(inner) : given;
  };
  return resolve;
}

type Resolve = (schema: Schema) => Schema;

/** The body of an operation with all its fields. Days and instants in it are those of `days`. */
export function bodyWithDays(
  operation: Operation,
  document: OpenApiDocument,
  days: { readonly day: string; readonly instant: string },
): unknown {
  const schema = operation.requestBody?.content['application/json']?.schema as Schema | undefined;
  const text = (each: Schema) => (each.format === 'date' ? days.day : each.format === 'date-time' ? days.instant : sampleOf(each));
  return schema && filled(schema, resolverOf(document), text);
}

/** The places of all lists in a schema, through objects and the first element of lists. */
function listsOf(schema: Schema, resolve: Resolve, place: readonly string[] = []): [string[], Schema][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]): [string[], Schema][] => {
    const property = resolve(each);
    const here = [...place, name];
    if (property.items) return [[here, property], ...listsOf(resolve(property.items), resolve, [...here, '0'])];
    return property.properties ? listsOf(property, resolve, here) : [];
  });
}

/** The body with a long list at a place. */
function at(base: object, place: readonly string[], piece: string, count: number): string {
  const hole = '\uffff';
  const nest = (rest: readonly string[], inside: unknown): unknown => {
    const [name, ...others] = rest;
    if (name === undefined) return hole;
    if (name === '0') return [nest(others, undefined)];
    const own = inside !== null && typeof inside === 'object' && !Array.isArray(inside) ? (inside as Record<string, unknown>) : {};
    return { ...own, [name]: nest(others, own[name]) };
  };
  const around = json(nest(place, base));
  const room = Math.floor((ROOM - around.length) / (piece.length + 1));
  return around.replace(json(hole), `[${many(Math.min(count, room), () => piece)}]`);
}

function sampleOf(schema: Schema): unknown {
  if (schema.example !== undefined && schema.example !== null) return schema.example;
  if (schema.enum) return schema.enum[0];
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1;
  return type === 'boolean' ? false : 'x';
}

/** A value with every field, and one element in each list. */
function filled(schema: Schema, resolve: Resolve, text: (schema: Schema) => unknown): unknown {
  const given = resolve(schema);
  if (given.properties)
    return Object.fromEntries(Object.entries(given.properties).map(([name, each]) => [name, filled(each, resolve, text)]));
  if (given.items) return [filled(given.items, resolve, text)];
  const types = [given.type].flat();
  return types.includes('string') && !given.enum ? text(given) : sampleOf(given);
}

/** A value with every field, and with lists that are as long as they may be and as there is room for. */
function fullest(schema: Schema, resolve: Resolve, value: (schema: Schema) => unknown, room = ROOM): unknown {
  const given = resolve(schema);
  if (given.properties) {
    const entries = Object.entries(given.properties);
    return Object.fromEntries(entries.map(([name, each]) => [name, fullest(each, resolve, value, room / entries.length)]));
  }
  if (!given.items) return value(given);
  // The element is made twice: first as small as possible, which tells how many fit, then with the room that each of them has.
  const least = json(fullest(given.items, resolve, value, 0)).length + 1;
  const count = Math.max(1, Math.min(given.maxItems ?? 100_000, Math.floor(room / least)));
  const element = fullest(given.items, resolve, value, room / count);
  return Array.from({ length: count }, () => element);
}
