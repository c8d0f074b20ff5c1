import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { FIELDS, FILTERS, PATH } from '../../src/document/glossary.js';
import { theDocument } from '../support/document.js';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

interface Content {
  readonly schema?: Schema;
  readonly example?: unknown;
}

interface Operation {
  readonly name: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly description?: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Content>> }>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly servers: readonly unknown[];
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: { readonly client: { readonly flows: { readonly clientCredentials: { readonly scopes: object } } } };
  };
}

let document: Document;
let operations: readonly Operation[];
beforeAll(async () => {
  document = (await theDocument()) as unknown as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, name: `${method.toUpperCase()} ${path}` })),
  );
});

/** Who may call it stands at the end of every description, and says nothing of what the operation does. */
const ownWords = ({ description = '' }: Operation) => description.split('\n\n').slice(0, -1).join('');

describe('whoever reads the document is told', () => {
  test('what each operation does: a summary, and a sentence or more', () => {
    const faults = operations.filter((each) => !/^[A-Z].{3,58}[^.]$/.test(each.summary ?? '') || !/^[A-Z].+\.$/s.test(ownWords(each)));
    expect(faults.map(({ name }) => `${name} needs @About`)).toEqual([]);
    const summaries = operations.map(({ summary }) => summary);
    expect(summaries.filter((each, index) => summaries.indexOf(each) !== index)).toEqual([]);
  });

  test('to what it belongs: one tag, which is described', () => {
    const described = document.tags.filter(({ description }) => description).map(({ name }) => name);
    expect(operations.filter(({ tags = [] }) => tags.length !== 1 || !described.includes(tags[0] ?? '')).map(({ name }) => name)).toEqual(
      [],
    );
    expect(described.filter((tag) => !operations.some(({ tags }) => tags?.includes(tag)))).toEqual([]);
    expect(document.tags).toHaveLength(described.length);
  });

  test('what each parameter means', () => {
    const faults = operations.flatMap(({ name, parameters = [] }) =>
      parameters.filter(({ description }) => !description).map((each) => `${name}: ${each.in} ${each.name}`),
    );
    expect(faults).toEqual([]);
  });

  test('what each field means', () => {
    expect(
      fieldsOf(document)
        .filter(({ description }) => !description)
        .map(({ place }) => place),
    ).toEqual([]);
  });

  test('which scope a client needs: one that is listed', () => {
    const known = Object.keys(document.components.securitySchemes.client.flows.clientCredentials.scopes);
    const needed = operations.flatMap(({ security }) => security.flatMap(({ client = [] }) => client));
    expect(needed.filter((scope) => !known.includes(scope))).toEqual([]);
    expect(new Set(needed).size).toBeGreaterThan(10);
  });

  test('nothing by words of the glossary that no field and no parameter has', () => {
    const fields = new Set(fieldsOf(document).map(({ name }) => name));
    expect(Object.keys(FIELDS).filter((name) => !fields.has(name))).toEqual([]);
    const parameters = operations.flatMap((each) => each.parameters ?? []);
    const said = new Set(parameters.map(({ description }) => description));
    expect(Object.values({ ...FILTERS, ...PATH }).filter((words) => !said.has(words))).toEqual([]);
  });
});

describe('examples', () => {
  test('each body and each answer that is JSON has one, and it is as the schema says', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true });
    formats.default(ajv);
    ajv.addSchema(document, 'api', false, false);
    const faults = operations.flatMap(({ name, requestBody, responses }) => {
      const [method = '', path = ''] = name.split(' ');
      const contents = [
        { place: ['requestBody'], content: requestBody?.content },
        ...Object.entries(responses).map(([status, { content }]) => ({ place: ['responses', status], content })),
      ];
      return contents.flatMap(({ place, content }) =>
        Object.entries(content ?? {}).flatMap(([type, { schema, example }]) => {
          // Problems are held against the document wherever a test meets one.
          if (!schema || !/^application\/json$|form/.test(type)) return [];
          const where = `${name} ${place.join(' ')} ${type}`;
          if (example === undefined) return [`${where}: no example`];
          const pointer = ['paths', path, method.toLowerCase(), ...place, 'content', type, 'schema'];
          const validate = ajv.getSchema(`api#/${pointer.map((part) => encodeURIComponent(part.replaceAll('/', '~1'))).join('/')}`);
          return validate?.(example) ? [] : [`${where}: ${JSON.stringify(example)} ${ajv.errorsText(validate?.errors)}`];
        }),
      );
    });
    expect(faults).toEqual([]);
  });
});

interface FieldOfSchema {
  readonly name: string;
  readonly place: string;
  readonly description: string | undefined;
}

/** Every field of every schema, and of what stands in answers without a name. */
function fieldsOf({ components }: Document): FieldOfSchema[] {
  const found: FieldOfSchema[] = [];
  const walk = (schema: Schema | undefined, place: string): void => {
    if (!schema) return;
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      found.push({ name, place: `${place}.${name}`, description: property.description });
      walk(property, `${place}.${name}`);
    }
    for (const inner of [schema.items, ...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) walk(inner, place);
  };
  for (const [name, schema] of Object.entries(components.schemas)) walk(schema, name);
  for (const { name, responses } of operations) {
    for (const { content } of Object.values(responses).filter((each) => !each.content?.['application/problem+json'])) {
      for (const { schema } of Object.values(content ?? {})) walk(schema, name);
    }
  }
  return found;
}
