import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, type Role, ROLES } from './actor.js';
import type { RequiredRights } from './rights.js';
import type { Scope } from './scopes.js';

export const RIGHTS = 'identity:rights';

/** Says who may call the operation: API clients with the scope, and people with one of the roles. Only the access guard checks it. */
export function Rights(scope: Scope | null, ...roles: Role[]): MethodDecorator {
  return declare({ scope, roles });
}

/** Every client and everybody who is signed in may call the operation. */
export const SignedIn = (): MethodDecorator => declare({ scope: 'any', roles: ROLES });

function declare(rights: RequiredRights): MethodDecorator {
  return applyDecorators(SetMetadata(RIGHTS, rights), ApiExtension('x-rights', rights));
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
}

/** The caller, with the claim of the request. Only operations with `Rights` have one. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor, claim } = context.switchToHttp().getRequest<FastifyRequest>();
  if (actor === null) throw new Error('an operation without Rights has no actor');
  return claim === null ? actor : { ...actor, claim };
});
