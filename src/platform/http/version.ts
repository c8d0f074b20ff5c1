import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { ExpectedVersion } from '../../shared/version.js';
import { Problem } from './problem.js';

/** The strong entity tag of a version (RFC 9110, 8.8.3). */
export const etagOf = (version: number): string => `"${version}"`;

function expectedVersion(request: FastifyRequest): ExpectedVersion {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch === undefined && ifNoneMatch === '*') return 'none';
  if (ifMatch === undefined) throw Problem.of('IF_MATCH_REQUIRED');
  if (ifMatch.trim() === '*') return 'any';
  const tag = /^"(\d{1,9})"$/.exec(ifMatch.trim());
  // A tag that we never gave out, or a weak one, matches nothing.
  if (!tag) throw Problem.of('VERSION_MISMATCH');
  return Number(tag[1]);
}

const IfMatchParameter = createParamDecorator((_: unknown, context: ExecutionContext) => expectedVersion(context.switchToHttp().getRequest()));

/** The version in `If-Match`; without one 428. */
export function IfMatch(): ParameterDecorator {
  return (target, property, index) => {
    IfMatchParameter()(target, property, index);
    const descriptor = property === undefined ? undefined : Object.getOwnPropertyDescriptor(target, property);
    if (property === undefined || descriptor === undefined) return;
    ApiExtension('x-if-match', true)(target, property, descriptor);
    ApiHeader({ name: 'If-Match', required: true, description: 'the ETag that was read', schema: { type: 'string', examples: ['"3"'] } })(target, property, descriptor);
  };
}
