import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { RefusalTable } from '../../shared/refusal.js';
import { MOST_FAULTS } from './faults.js';
import { PROBLEMS, type ProblemCode } from './problem.js';

type Json = Record<string, unknown>;

interface Operation {
  operationId?: string;
  parameters?: { in: string; name: string; required?: boolean }[];
  requestBody?: unknown;
  responses: Record<string, unknown>;
  security?: unknown[];
  'x-public'?: boolean;
  'x-effect'?: string;
  'x-if-match'?: 'required' | 'optional';
  'x-refusals'?: RefusalTable;
  'x-conflicts'?: ProblemCode[];
  'x-also-answers'?: ProblemCode[];
}

/** Headers that say what the caller likes. */
const PREFERENCES = new Set(['accept', 'accept-language']);
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The OpenAPI 3.1 document, from the code: classes, decorators, and the conventions that hold for every operation. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Passerelle')
    .setDescription('Lends computers and connections to families who have none.')
    .setVersion('1')
    .setLicense('AGPL-3.0-or-later', 'https://www.gnu.org/licenses/agpl-3.0.html')
    .setOpenAPIVersion('3.1.0')
    .addSecurity('client', { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/api/v1/oauth/token', scopes: {} } } })
    .addSecurity('session', { type: 'apiKey', in: 'cookie', name: 'passerelle_session' })
    .build();
  const document = SwaggerModule.createDocument(app, config, { operationIdFactory: (_controller, method) => method });
  const components = (document.components ??= {});
  const schemas = (components.schemas ??= {}) as Record<string, Json>;
  schemas.Problem = problemSchema();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = (methods as Record<string, Operation | undefined>)[method];
      if (!operation) continue;
      complete(operation, method, path);
    }
  }
  closeObjects(schemas);
  return toVersion31(document) as OpenAPIObject;
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

  operation.security = isPublic ? [] : [{ client: [] }, { session: [] }];
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
      } as never,
    ];
  }
  delete operation['x-refusals'];
  delete operation['x-conflicts'];
  delete operation['x-also-answers'];
  delete operation['x-if-match'];
}

function problemResponse(status: number, codes: string[], refusals: RefusalTable): Json {
  const examples = codes.map((code) => {
    const refusal = refusals[code];
    const title = refusal ? 'The rules do not allow it' : PROBLEMS[code as ProblemCode].title;
    const value = {
      type: `urn:passerelle:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title,
      status,
      detail: refusal?.message ?? title,
      instance: '/api/v1/…',
      code,
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      ...(refusal && { reasons: [{ code, ...refusal }] }),
    };
    return [code, { value }];
  });
  return {
    description: codes.join(', '),
    content: {
      'application/problem+json': {
        schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] },
        examples: Object.fromEntries(examples) as Json,
      },
    },
  };
}

function problemSchema(): Json {
  const text = { type: 'string' };
  return {
    type: 'object',
    description: 'RFC 9457',
    required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      detail: text,
      instance: text,
      code: { type: 'string', description: 'stable' },
      traceId: text,
      needs: { type: 'string', enum: ['totp'], description: 'of a 401 at sign-in: the password is right, and a code is needed too' },
      errors: {
        type: 'array',
        maxItems: MOST_FAULTS,
        items: { type: 'object', required: ['pointer', 'code', 'message'], properties: { pointer: text, code: text, message: text } },
      },
      moreErrors: { type: 'boolean', description: `true where there are more faults than are listed: at most ${MOST_FAULTS} are` },
      reasons: {
        type: 'array',
        items: {
          type: 'object',
          required: ['code', 'message', 'overridable'],
          properties: { code: text, message: text, overridable: { type: 'boolean' } },
        },
      },
    },
    additionalProperties: true,
  };
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
