import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ExpectedVersion } from '../../shared/version.js';
import { Problem } from './problem.js';

/** The strong entity tag of a version (RFC 9110, 8.8.3). */
export const etagOf = (version: number): string => `"${version}"`;

interface Precondition {
  /** Left out means any version. */
  readonly optional?: boolean;
}

function expectedVersion(request: FastifyRequest, optional: boolean): ExpectedVersion {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch === undefined && ifNoneMatch === '*') return 'none';
  if (ifMatch === undefined && optional) return 'any';
  if (ifMatch === undefined) throw Problem.of('IF_MATCH_REQUIRED');
  if (ifMatch.trim() === '*') return 'any';
  const tag = /^"(\d{1,9})"$/.exec(ifMatch.trim());
  // A tag that we never gave out, or a weak one, matches nothing.
  if (!tag) throw Problem.of('VERSION_MISMATCH');
  return Number(tag[1]);
}

const IfMatchParameter = createParamDecorator((optional: boolean, context: ExecutionContext) =>
  expectedVersion(context.switchToHttp().getRequest(), optional),
);

/** The version in `If-Match`; without one 428, unless it is optional. */
export function IfMatch({ optional = false }: Precondition = {}): ParameterDecorator {
  return (target, property, index) => {
    IfMatchParameter(optional)(target, property, index);
    const descriptor = property === undefined ? undefined : Object.getOwnPropertyDescriptor(target, property);
    if (property === undefined || descriptor === undefined) return;
    ApiExtension('x-if-match', optional ? 'optional' : 'required')(target, property, descriptor);
    ApiHeader({
      name: 'If-Match',
      required: !optional,
      description: 'the ETag that was read',
      schema: { type: 'string', examples: ['"3"'] },
    })(target, property, descriptor);
  };
}
