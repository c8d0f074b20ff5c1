import type { OpenAPIObject } from '@nestjs/swagger';

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
  const contents = operations.map(
    ({ method, path }) => `<li><a href="#${anchor(method, path)}"><code>${method} ${text(shortened(path))}</code></a></li>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Passerelle: the REST API</title><style>${STYLE}</style></head>
<body><main><h1>Passerelle: the REST API</h1>
<p>${text(document.info.description ?? '')} Everything here as data: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>
<nav aria-label="Operations"><ul>${contents.join('')}</ul></nav>
${operations.map(({ method, path, operation }) => section(method, path, operation)).join('\n')}
<h2>Shapes</h2>
${Object.entries(schemas)
  .map(([name, schema]) => `<section id="${text(name)}"><h3>${text(name)}</h3>${fields(schema)}</section>`)
  .join('\n')}
</main></body></html>`;
}

function section(method: string, path: string, operation: Operation): string {
  const body = Object.entries(operation.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>Body (<code>${text(type)}</code>): ${shape(schema)}</p>`,
  );
  const parameters = (operation.parameters ?? []).map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${text(name)}</code></td><td>${text(place)}${required ? ', required' : ''}</td><td>${shape(schema)}</td><td>${text(description ?? '')}</td></tr>`,
  );
  const answers = Object.entries(operation.responses).map(([status, { description, content }]) => {
    const shapes = Object.values(content ?? {}).map(({ schema }) => shape(schema));
    return `<tr><td>${text(status)}</td><td>${text(description ?? '')}</td><td>${shapes.join(', ')}</td></tr>`;
  });
  return `<section id="${anchor(method, path)}"><h3><span class="method">${method}</span> <code>${text(path)}</code></h3>
<p>${text(operation.description ?? '')} ${whoMay(operation)}</p>${body.join('')}
${parameters.length > 0 ? `<div class="scroll"><table><tbody>${parameters.join('')}</tbody></table></div>` : ''}
<details><summary>Answers</summary><div class="scroll"><table><tbody>${answers.join('')}</tbody></table></div></details></section>`;
}

function whoMay(operation: Operation): string {
  const rights = operation['x-rights'];
  if (operation['x-public'] || !rights) return 'Open to everybody.';
  return `For ${rights.scope === null ? '' : `clients with <code>${text(rights.scope)}</code>; `}${rights.roles.map((role) => text(role.replaceAll('_', ' '))).join(', ')}.`;
}

function fields(schema: Schema): string {
  const rows = Object.entries(schema.properties ?? {}).map(
    ([name, property]) =>
      `<tr><td><code>${text(name)}</code>${schema.required?.includes(name) ? '' : ' (may be left out)'}</td><td>${shape(property)}</td><td>${text(property.description ?? '')}</td></tr>`,
  );
  return `<div class="scroll"><table><tbody>${rows.join('')}</tbody></table></div>`;
}

/** A schema in a few words. */
function shape(schema: Schema | undefined): string {
  if (!schema) return '';
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return `<a href="#${text(name)}">${text(name)}</a>`;
  }
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (several)
    return several
      .map(shape)
      .filter(Boolean)
      .join(schema.allOf ? ' and ' : ' or ');
  if (schema.enum) return schema.enum.map((value) => `<code>${text(String(value))}</code>`).join(' ');
  if (schema.items) return `list of ${shape(schema.items)}`;
  const type = typeof schema.type === 'string' ? schema.type : (schema.type ?? []).join(' or ');
  const least = schema.minimum ?? schema.minLength;
  const most = schema.maximum ?? schema.maxLength;
  return text(
    [type, schema.format, least !== undefined && most !== undefined ? `${least} to ${most}` : undefined].filter(Boolean).join(', '),
  );
}

const anchor = (method: string, path: string) => text(`${method}-${path.replaceAll(/[^\w]+/g, '-')}`);
const shortened = (path: string) => path.replace('/api/v1', '');
const text = (raw: string) => raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
