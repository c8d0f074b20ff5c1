import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor, StaffRole } from './actor.js';
import type { Scope } from './scopes.js';

export interface RequiredRights {
  /** What an API client needs; null: no client may. */
  readonly scope: Scope | null;
  /** The roles of people who may. */
  readonly roles: readonly StaffRole[];
}

export const RIGHTS = 'identity:rights';

/** Who may call the operation: clients with the scope, people with one of the roles. Checked in one place, the gate. */
export function Rights(scope: Scope | null, ...roles: StaffRole[]): MethodDecorator {
  const rights: RequiredRights = { scope, roles };
  return applyDecorators(SetMetadata(RIGHTS, rights), ApiExtension('x-rights', rights));
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
}

/** Who is calling. Only operations with `Rights` have one. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<FastifyRequest>();
  if (actor === null) throw new Error('an operation without Rights has no actor');
  return actor;
});

/** Who is calling, or null where nobody needs to be signed in. */
export const PerhapsActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | null => context.switchToHttp().getRequest<FastifyRequest>().actor,
);
