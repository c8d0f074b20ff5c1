import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { RefusalTable } from '../../shared/refusal.js';
import type { DocumentWords } from './document-words.js';
import { dropNotes, ExampleMaker } from './openapi-examples.js';
import { problemResponse, problemSchema } from './openapi-problems.js';
import { type Described, describeFields, describeOperation, type Parameter } from './openapi-words.js';
import { PROBLEMS, type ProblemCode } from './problem.js';

type Json = Record<string, unknown>;

interface Operation extends Described {
  operationId?: string;
  requestBody?: { content?: Record<string, Json> };
  responses: Record<string, { content?: Record<string, Json> }>;
  security?: unknown[];
  'x-effect'?: string;
  'x-if-match'?: 'required' | 'optional';
  'x-refusals'?: RefusalTable;
  'x-conflicts'?: ProblemCode[];
  'x-also-answers'?: ProblemCode[];
}

/** Headers that say what the caller likes. */
const PREFERENCES = new Set(['accept', 'accept-language']);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document, from the code: classes, decorators, the conventions that hold for every operation, and the words of each name. */
export function openApiDocument(app: INestApplication, words: DocumentWords): OpenAPIObject {
  const document = SwaggerModule.createDocument(app, headOf(words), { operationIdFactory: (_controller, method) => method });
  const components = (document.components ??= {});
  const schemas = (components.schemas ??= {}) as Record<string, Json>;
  schemas.Problem = problemSchema();
  describeFields(Object.values(schemas), words);
  const examples = new ExampleMaker(schemas);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = (methods as unknown as Record<string, Operation | undefined>)[method];
      if (!operation) continue;
      complete(operation, method, path);
      describeOperation(operation, path, words);
      examples.addTo(operation.requestBody?.content, true);
      for (const [status, { content }] of Object.entries(operation.responses)) {
        // Problems have their words and their examples.
        if (Number(status) >= 400) continue;
        for (const each of Object.values(content ?? {})) describeFields(each.schema, words);
        examples.addTo(content, false);
      }
    }
  }
  dropNotes(schemas);
  closeObjects(schemas);
  return toVersion31(document) as OpenAPIObject;
}

function headOf({ title, description, tags, scopes }: DocumentWords) {
  const config = new DocumentBuilder()
    .setTitle(title)
    .setDescription(description)
    .setVersion('1')
    .setLicense('AGPL-3.0-or-later', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .setOpenAPIVersion('3.1.0')
    .addServer('/', 'this installation')
    .addSecurity('client', {
      type: 'oauth2',
      description: 'for council systems: client id and secret give a token for one hour (client credentials, HTTP Basic)',
      flows: { clientCredentials: { tokenUrl: '/api/v1/oauth/token', scopes: { ...scopes } } },
    })
    .addSecurity('session', {
      type: 'apiKey',
      description: 'for people: the cookie that `POST /session` sets',
      in: 'cookie',
      name: 'passerelle_session',
    })
    .addSecurity('csrf', {
      type: 'apiKey',
      description: 'with the cookie, whenever something is written: the `csrfToken` that `GET /session` answers',
      in: 'header',
      name: 'X-CSRF-Token',
    });
  for (const [name, about] of Object.entries(tags)) config.addTag(name, about);
  return config.build();
}

/** Adds what every operation of its shape may answer. */
function complete(operation: Operation, method: string, path: string): void {
  operation.operationId = `${method}${path.replace('/api/v1', '').replaceAll(/[/{}-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`;
  const isPublic = operation['x-public'] === true;
  const hasBody = operation.requestBody !== undefined;
  const codes: ProblemCode[] = ['MALFORMED_REQUEST', 'RATE_LIMITED', 'INTERNAL_ERROR', 'UNAVAILABLE'];
  if (operation.parameters?.some((parameter) => parameter.in === 'query'))
    codes.push('UNKNOWN_PARAMETER', 'INVALID_LIMIT', 'INVALID_CURSOR', 'INVALID_ID', 'INVALID_INPUT');
  if (path.includes('{')) codes.push('INVALID_ID', 'NOT_FOUND');
  // A body that nobody asked for is read too, and may be one that cannot be.
  if (method !== 'get') codes.push('MALFORMED_BODY', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  if (hasBody) codes.push('UNKNOWN_FIELD', 'INVALID_INPUT', 'UNKNOWN_REFERENCE');
  if (!isPublic) codes.push('UNAUTHENTICATED', 'FORBIDDEN');
  if (!isPublic && method !== 'get') codes.push('CSRF_TOKEN_INVALID');
  const takesKey = ['makes', 'changes'].includes(operation['x-effect'] ?? '');
  if (takesKey) codes.push('IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_IN_FLIGHT');
  if (operation['x-if-match'] === 'required') codes.push('IF_MATCH_REQUIRED');
  if (operation['x-if-match']) codes.push('VERSION_MISMATCH');
  codes.push(...(operation['x-conflicts'] ?? []), ...(operation['x-also-answers'] ?? []));
  const refusals = operation['x-refusals'] ?? {};

  const byStatus = new Map<number, string[]>();
  for (const code of new Set(codes)) byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  const refusalCodes = Object.keys(refusals);
  if (refusalCodes.length > 0) byStatus.set(409, [...(byStatus.get(409) ?? []), ...refusalCodes]);
  for (const [status, problems] of byStatus) operation.responses[String(status)] ??= problemResponse(status, problems, refusals);

  // Swagger takes every header that a handler reads for one that must be sent; who says nothing here is content with whatever comes.
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'header' && PREFERENCES.has(parameter.name.toLowerCase())) parameter.required = false;
  }

  operation.security = isPublic ? [] : credentials(operation, method !== 'get');
  if (takesKey) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        in: 'header',
        name: 'Idempotency-Key',
        required: false,
        description:
          'quoted string of 1 to 255 characters; the same key with the same body is answered as the first time, for 24 hours, and after a crash with what was made as it stands then',
        schema: { type: 'string' },
        example: '"7c1f6d2e-order-12"',
      } as Parameter,
    ];
  }
  delete operation['x-refusals'];
  delete operation['x-conflicts'];
  delete operation['x-also-answers'];
  delete operation['x-if-match'];
}

/** Who may call it, as the document's security schemes have it: a client with one scope, or somebody who is signed in. */
function credentials({ 'x-rights': rights }: Operation, writes: boolean): Json[] {
  const person = writes ? { session: [], csrf: [] } : { session: [] };
  if (!rights || rights.scope === null) return [person];
  return [{ client: rights.scope === 'any' ? [] : [rights.scope] }, person];
}

/** Bodies take no unknown field and answers have none: the document says so. */
function closeObjects(schemas: Record<string, Json>): void {
  for (const schema of Object.values(schemas)) {
    if (schema.type === 'object' && schema.additionalProperties === undefined) schema.additionalProperties = false;
  }
}

/** `nullable` and single examples are OpenAPI 3.0's; 3.1 is JSON Schema. */
function toVersion31(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(toVersion31);
  if (node === null || typeof node !== 'object') return node;
  const { nullable, ...rest }: Json = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'examples' ? (value as unknown) : toVersion31(value)]),
  );
  if (nullable !== true) return rest;
  if (typeof rest.type === 'string')
    return { ...rest, type: [rest.type, 'null'], ...(Array.isArray(rest.enum) && { enum: [...(rest.enum as unknown[]), null] }) };
  const { description, ...schema } = rest;
  return { description, anyOf: [schema, { type: 'null' }] };
}
