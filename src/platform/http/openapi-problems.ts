import type { RefusalTable } from '../../shared/refusal.js';
import { MOST_FAULTS } from './faults.js';
import { PROBLEMS, type ProblemCode } from './problem.js';

type Json = Record<string, unknown>;

/** The answer of one status: every code that it may have, with an example each. */
export function problemResponse(status: number, codes: string[], refusals: RefusalTable): Json {
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

const text = (description: string) => ({ type: 'string', description });

export function problemSchema(): Json {
  return {
    type: 'object',
    description: 'what every answer from 400 on has (RFC 9457)',
    required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'traceId'],
    properties: {
      type: text('`urn:passerelle:problem:…`, one for each code'),
      title: text('the kind of problem in words'),
      status: { type: 'integer', description: 'the HTTP status' },
      detail: text('this very problem in words, to be shown to people'),
      instance: text('the path that was called'),
      code: { type: 'string', description: 'stable: what a client decides by' },
      traceId: text('names the request in the log'),
      needs: { type: 'string', enum: ['totp'], description: 'of a 401 at sign-in: the password is right, and a code is needed too' },
      errors: {
        type: 'array',
        maxItems: MOST_FAULTS,
        description: 'of a 400 or 422: what is wrong with which field',
        items: {
          type: 'object',
          required: ['pointer', 'code', 'message'],
          properties: {
            pointer: text('JSON pointer to the field (RFC 6901)'),
            code: text('stable: the kind of fault'),
            message: text('what is expected, in words'),
          },
        },
      },
      moreErrors: { type: 'boolean', description: `true where there are more faults than are listed: at most ${MOST_FAULTS} are` },
      reasons: {
        type: 'array',
        description: 'of a 409 by the rules: everything that stands against it, the first of which is `code`',
        items: {
          type: 'object',
          required: ['code', 'message', 'overridable'],
          properties: {
            code: text('stable: the reason'),
            message: text('the reason in words'),
            overridable: { type: 'boolean', description: 'whether somebody with the right may override it' },
          },
        },
      },
    },
    additionalProperties: true,
  };
}
