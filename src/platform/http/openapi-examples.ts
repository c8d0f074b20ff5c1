import { DECORATORS } from '@nestjs/swagger';
import { isNullable } from './openapi-words.js';

type Json = Record<string, unknown>;

interface Content {
  readonly schema?: Json;
  example?: unknown;
  readonly examples?: unknown;
}

const OF_CLASS = 'x-example';

/**
 * What a body of this class may look like, where the examples of its fields put together would mislead: some exclude each other, or what may be
 * left out is what is worth to be seen. A test holds every example against its schema.
 */
export const Example =
  (example: Json): ClassDecorator =>
  (target) => {
    Reflect.defineMetadata(DECORATORS.API_EXTENSION, { [OF_CLASS]: example }, target);
  };

const BY_FORMAT: Readonly<Record<string, string>> = { uuid: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', date: '2026-11-02' };

/** Puts examples together from those of the fields: of a body what must be there, of an answer everything. */
export class ExampleMaker {
  constructor(private readonly schemas: Readonly<Record<string, Json>>) {}

  /** Gives each JSON content an example; `isSent`: it is a body, and no answer. */
  addTo(contents: Readonly<Record<string, Content>> | undefined, isSent: boolean): void {
    for (const [type, content] of Object.entries(contents ?? {})) {
      if (content.schema === undefined || content.example !== undefined || content.examples !== undefined) continue;
      if (/^text\/|pdf$/.test(type)) continue;
      content.example = this.of(content.schema, isSent);
    }
  }

  private of(schema: Json, isSent: boolean): unknown {
    if (schema.example !== undefined) return schema.example;
    if (typeof schema.$ref === 'string') return this.of(this.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, isSent);
    if (schema[OF_CLASS] !== undefined) return schema[OF_CLASS];
    if (isNullable(schema) && isSent) return null;
    const [inner] = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => (schema[key] as Json[] | undefined) ?? []);
    if (inner) return this.of(inner, isSent);
    if (schema.properties !== undefined) return this.ofObject(schema, isSent);
    if (Array.isArray(schema.enum)) return (schema.enum as unknown[])[0];
    const [type] = [schema.type].flat().filter((each) => each !== 'null');
    if (type === 'array') return [this.of(schema.items as Json, isSent)];
    if (isNullable(schema)) return null;
    if (type === 'object') return {};
    if (type === 'boolean') return false;
    if (type === 'integer' || type === 'number') return schema.minimum ?? 0;
    return BY_FORMAT[schema.format as string] ?? '…';
  }

  private ofObject({ properties, required }: Json, isSent: boolean): Json {
    const all = Object.entries(properties as Record<string, Json>);
    const mustBe = all.filter(([name]) => (required as string[] | undefined)?.includes(name));
    // Of changes nothing must be there: one shows how it is done.
    const shown = !isSent ? all : mustBe.length > 0 ? mustBe : all.slice(0, 1);
    return Object.fromEntries(shown.map(([name, property]) => [name, this.of(property, isSent)]));
  }
}

/** What is only a note for the maker leaves the document. */
export function dropNotes(schemas: Readonly<Record<string, Json>>): void {
  for (const schema of Object.values(schemas)) Reflect.deleteProperty(schema, OF_CLASS);
}
