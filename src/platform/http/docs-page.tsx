import type { OpenAPIObject } from '@nestjs/swagger';
import type { ComponentChild } from 'preact';
import { PageFrame, pageText } from '../../shared/page-frame.js';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly description?: string;
}

interface Operation {
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
  readonly 'x-rights'?: { readonly scope: string | null; readonly roles: readonly string[] };
  readonly 'x-public'?: boolean;
}

const STYLE = `
  :root { color-scheme: light dark } body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
  code { font-family: ui-monospace, monospace } h3 { margin: 0 } section { border-top: 1px solid; padding: 1rem 0 } nav { columns: 14rem }
  table { border-collapse: collapse; width: 100% } td, th { text-align: start; vertical-align: top; padding: .15rem .6rem .15rem 0 }
  .scroll { overflow-x: auto } .method { font-weight: 700 }`;

/** The OpenAPI document as one page to read: no script, nothing loaded from elsewhere. */
export function docsPage(document: OpenAPIObject): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  return pageText(
    <PageFrame language="en" title="Passerelle: the REST API" style={STYLE}>
      <main>
        <h1>Passerelle: the REST API</h1>
        <p>
          {document.info.description} Everything here as data: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.
        </p>
        <nav aria-label="Operations">
          <ul>
            {operations.map(({ method, path }) => (
              <li key={anchor(method, path)}>
                <a href={`#${anchor(method, path)}`}>
                  <code>{`${method} ${shortened(path)}`}</code>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {operations.map(({ method, path, operation }) => (
          <OperationSection key={anchor(method, path)} method={method} path={path} operation={operation} />
        ))}
        <h2>Shapes</h2>
        {Object.entries(schemas).map(([name, schema]) => (
          <section key={name} id={name}>
            <h3>{name}</h3>
            <Table rows={fieldsOf(schema)} />
          </section>
        ))}
      </main>
    </PageFrame>,
  );
}

function OperationSection({ method, path, operation }: { method: string; path: string; operation: Operation }) {
  const parameters = (operation.parameters ?? []).map(({ in: place, required, ...parameter }) => [
    <code>{parameter.name}</code>,
    `${place}${required ? ', required' : ''}`,
    shape(parameter.schema),
    parameter.description,
  ]);
  const answers = Object.entries(operation.responses).map(([status, { description, content }]) => [
    status,
    description,
    joined(
      Object.values(content ?? {}).map(({ schema }) => shape(schema)),
      ', ',
    ),
  ]);
  return (
    <section id={anchor(method, path)}>
      <h3>
        <span class="method">{method}</span> <code>{path}</code>
      </h3>
      <p>
        {operation.description} {whoMay(operation)}
      </p>
      {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
        <p key={type}>
          Body (<code>{type}</code>): {shape(schema)}
        </p>
      ))}
      {parameters.length > 0 && <Table rows={parameters} />}
      <details>
        <summary>Answers</summary>
        <Table rows={answers} />
      </details>
    </section>
  );
}

function whoMay(operation: Operation): ComponentChild {
  const rights = operation['x-rights'];
  if (operation['x-public'] || !rights) return 'Open to everybody.';
  const roles = rights.roles.map((role) => role.replaceAll('_', ' ')).join(', ');
  if (rights.scope === null) return `For ${roles}.`;
  return (
    <>
      For clients with <code>{rights.scope}</code>; {roles}.
    </>
  );
}

function Table({ rows }: { rows: readonly (readonly ComponentChild[])[] }) {
  return (
    <div class="scroll">
      <table>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {row.map((cell, column) => (
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function fieldsOf(schema: Schema): ComponentChild[][] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => [
    <>
      <code>{name}</code>
      {!schema.required?.includes(name) && ' (may be left out)'}
    </>,
    shape(property),
    property.description,
  ]);
}

/** A schema in a few words. */
function shape(schema: Schema | undefined): ComponentChild {
  if (!schema) return null;
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return <a href={`#${name}`}>{name}</a>;
  }
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (several) return joined(several.map(shape), schema.allOf ? ' and ' : ' or ');
  if (schema.enum)
    return joined(
      schema.enum.map((value) => <code>{String(value)}</code>),
      ' ',
    );
  if (schema.items) return <>list of {shape(schema.items)}</>;
  const type = typeof schema.type === 'string' ? schema.type : (schema.type ?? []).join(' or ');
  const least = schema.minimum ?? schema.minLength;
  const most = schema.maximum ?? schema.maxLength;
  return [type, schema.format, least !== undefined && most !== undefined ? `${least} to ${most}` : undefined].filter(Boolean).join(', ');
}

/** The parts that say something, with words between them. */
function joined(parts: readonly ComponentChild[], between: string): ComponentChild {
  return parts.filter(Boolean).map((part, place) => (place === 0 ? part : [between, part]));
}

const anchor = (method: string, path: string) => `${method}-${path.replaceAll(/[^\w]+/g, '-')}`;
const shortened = (path: string) => path.replace('/api/v1', '');
