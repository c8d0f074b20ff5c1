import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, STAFF_ROLES, type StaffRole } from './actor.js';
import type { Scope } from './scopes.js';

export interface RequiredRights {
  /** What an API client needs; `any`: whatever it holds; null: no client may. */
  readonly scope: Scope | 'any' | null;
  /** The roles of people who may. */
  readonly roles: readonly StaffRole[];
}

export const RIGHTS = 'identity:rights';

/** Who may call the operation: clients with the scope, people with one of the roles. Checked in one place, the access guard. */
export function Rights(scope: Scope | null, ...roles: StaffRole[]): MethodDecorator {
  return declare({ scope, roles });
}

/** Every client and everybody who is signed in may call the operation. */
export const SignedIn = (): MethodDecorator => declare({ scope: 'any', roles: STAFF_ROLES });

function declare(rights: RequiredRights): MethodDecorator {
  return applyDecorators(SetMetadata(RIGHTS, rights), ApiExtension('x-rights', rights));
}

/** Whether somebody has the rights that an operation needs. */
export function hasRights(actor: Actor, { scope, roles }: RequiredRights): boolean {
  if (actor.scopes) return scope === 'any' || (scope !== null && actor.scopes.has(scope));
  return actor.role !== null && roles.includes(actor.role);
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
}

/** Who is calling, with what their request claims. Only operations with `Rights` have one. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor, claim } = context.switchToHttp().getRequest<FastifyRequest>();
  if (actor === null) throw new Error('an operation without Rights has no actor');
  return claim === null ? actor : { ...actor, claim };
});
