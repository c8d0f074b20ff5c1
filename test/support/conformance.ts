import { type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

type Content = Readonly<Record<string, { readonly schema?: unknown }>>;

export interface Parameter {
  readonly in: 'query' | 'path' | 'header' | 'cookie';
  readonly name: string;
  readonly required?: boolean;
}

/** One operation of the document. */
export interface Operation {
  /** For example `GET /devices/{id}`, without `/api/v1`. */
  readonly name: string;
  readonly method: Uppercase<(typeof METHODS)[number]>;
  /** The path in the document, without `/api/v1`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody: { readonly content: Content } | undefined;
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>;
  readonly rights: { readonly scope: string | null; readonly roles: readonly string[] } | undefined;
  readonly isPublic: boolean;
  /** What a POST does, which decides how a repetition is answered. */
  readonly effect: string | undefined;
  readonly operationId: string | undefined;
}

/** The parts of an OpenAPI document that tests read. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

interface Exchange {
  readonly method: string;
  /** The path after `/api/v1`, with its query. */
  readonly path: string;
  /** The body of the request as text. */
  readonly sent: string | undefined;
  readonly status: number;
  readonly contentType: string | null;
  /** The body of the answer as text. */
  readonly text: string;
}

/** The OpenAPI document of a running program. It checks whether requests and answers agree with it. */
export class Conformance {
  readonly operations: readonly Operation[];
  /** The names of the operations that have answered 2xx so far. */
  readonly succeeded = new Set<string>();
  private readonly ajv = formats.default(new Ajv2020({ strict: false, allErrors: true, validateFormats: true }));
  private readonly routes: readonly { readonly pattern: RegExp; readonly operation: Operation }[];

  constructor(readonly document: OpenApiDocument) {
    this.ajv.addSchema(document, 'api', false, false);
    this.operations = operationsOf(document);
    // Fixed parts of a path come before parameters: `/devices/lookup` is not a device.
    const literal = (path: string) => path.replaceAll('{', '\uffff');
    this.routes = [...this.operations]
      .sort((one, other) => (literal(one.path) < literal(other.path) ? -1 : 1))
      .map((operation) => ({
        pattern: new RegExp(`^${operation.path.replaceAll(/[{][^}]+[}]/g, '[^/]+').replaceAll('.', '[.]')}$`),
        operation,
      }));
  }

  /** @throws Error that names everything in which the exchange differs from the document */
  check(exchange: Exchange): void {
    const path = exchange.path.split('?')[0] ?? '';
    const operation = this.routes.find((route) => route.operation.method === exchange.method && route.pattern.test(path))?.operation;
    const faults = operation ? this.faultsOf(exchange, operation) : undocumented(exchange);
    if (faults.length > 0) {
      throw new Error(
        `${exchange.method} ${path} answered ${exchange.status}, not as openapi.json says:\n- ${faults.join('\n- ')}\nit said: ${exchange.text.slice(0, 1000)}`,
      );
    }
    if (operation && exchange.status < 300) this.succeeded.add(operation.name);
  }

  private faultsOf({ sent, status, contentType, text }: Exchange, operation: Operation): string[] {
    const response = operation.responses[String(status)];
    if (!response) return [`the status is not documented; documented: ${Object.keys(operation.responses).join(', ')}`];
    const place = ['paths', `/api/v1${operation.path}`, operation.method.toLowerCase()];
    const faults =
      sent !== undefined && status < 300
        ? this.faultsOfBody([...place, 'requestBody'], operation.requestBody?.content, 'application/json', sent)
        : [];
    const content = response.content ?? {};
    const type = contentType?.split(';')[0];
    if (Object.keys(content).length === 0) return text === '' ? faults : [...faults, 'no body is documented'];
    if (type === undefined || !(type in content))
      return [...faults, `the content type ${type} is not documented; documented: ${Object.keys(content).join(', ')}`];
    return [...faults, ...this.faultsOfBody([...place, 'responses', String(status)], content, type, text)];
  }

  private faultsOfBody(place: readonly string[], content: Content | undefined, type: string, text: string): string[] {
    if (!/json$/.test(type) || content?.[type]?.schema === undefined) return [];
    const pointer = [...place, 'content', type, 'schema'].map((part) =>
      encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')),
    );
    const validate = this.ajv.getSchema(`api#/${pointer.join('/')}`);
    if (!validate) throw new Error(`no schema at ${pointer.join('/')}`);
    if (validate(JSON.parse(text))) return [];
    return (validate.errors ?? []).map(
      (error) => `${place.includes('requestBody') ? 'what was sent and taken' : 'the answer'}${words(error)}`,
    );
  }
}

function undocumented({ path, status, contentType, text }: Exchange): string[] {
  if (path === '/openapi.json') return [];
  if (status !== 404 && status !== 405) return ['no such operation is documented'];
  const type = contentType?.split(';')[0];
  return type === 'application/problem+json' ? [] : [`the content type is ${type}, not application/problem+json: ${text.slice(0, 100)}`];
}

function words({ instancePath, message, params }: ErrorObject): string {
  const { additionalProperty } = params as { additionalProperty?: string };
  return `${instancePath === '' ? '' : ` at ${instancePath}`} ${message}${additionalProperty === undefined ? '' : ` (${additionalProperty})`}`;
}

function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const raw = methods[method] as
        (Partial<Operation> & { 'x-rights'?: Operation['rights']; 'x-public'?: boolean; 'x-effect'?: string }) | undefined;
      if (!raw) return [];
      const short = path.replace('/api/v1', '');
      return [
        {
          name: `${method.toUpperCase()} ${short}`,
          method: method.toUpperCase() as Operation['method'],
          path: short,
          parameters: raw.parameters ?? [],
          requestBody: raw.requestBody,
          responses: raw.responses ?? {},
          rights: raw['x-rights'],
          isPublic: raw['x-public'] === true,
          effect: raw['x-effect'],
          operationId: raw.operationId,
        },
      ];
    }),
  );
}

/** One checker for each text of a document, so that several programs in one test compile its schemas once. */
const byText = new Map<string, Conformance>();
const byUrl = new Map<string, Promise<Conformance>>();

/** The checker of the program that listens at `url`; its document is fetched once. */
export function conformanceOf(url: string): Promise<Conformance> {
  let known = byUrl.get(url);
  if (!known) {
    known = fetch(`${url}/api/v1/openapi.json`)
      .then((answer) => answer.text())
      .then((text) => {
        const conformance = byText.get(text) ?? new Conformance(JSON.parse(text) as OpenApiDocument);
        byText.set(text, conformance);
        return conformance;
      });
    byUrl.set(url, known);
    known.catch(() => byUrl.delete(url));
  }
  return known;
}
