import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type ExpectedVersion, NEVER_WRITTEN } from '../../shared/version.js';
import { Problem } from './problem.js';

/**
 * The strong entity tag of a version (RFC 9110, 8.8.3). Null stands for something that nobody has written yet, for which the shipped values
 * hold.
 */
export const etagOf = (version: number | null): string => `"${version ?? NEVER_WRITTEN}"`;

interface Precondition {
  /** Whether the header may be left out; then any version is accepted. */
  readonly optional?: boolean;
}

function expectedVersion(request: FastifyRequest, optional: boolean): ExpectedVersion {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch === undefined && ifNoneMatch === '*') return 'none';
  if (ifMatch === undefined && optional) return 'any';
  if (ifMatch === undefined) throw Problem.of('IF_MATCH_REQUIRED');
  if (ifMatch.trim() === '*') return 'any';
  // A tag that the program never gave, or a weak one, matches nothing.
  const versions = ifMatch.split(',').flatMap((tag) => /^"(0|[1-9]\d{0,8})"$/.exec(tag.trim())?.[1] ?? []);
  if (versions.length === 0) throw Problem.of('VERSION_MISMATCH');
  return versions.map(Number);
}

const IfMatchParameter = createParamDecorator((optional: boolean, context: ExecutionContext) =>
  expectedVersion(context.switchToHttp().getRequest(), optional),
);

/** The versions in `If-Match`. Without the header the answer is 428, unless it is optional. */
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
