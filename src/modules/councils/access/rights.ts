import type { Actor, Role } from './actor.js';
import type { Scope } from './scopes.js';

export interface RequiredRights {
  /** The scope that an API client needs. `any` means that every client may call the operation, null that none may. */
  readonly scope: Scope | 'any' | null;
  /** The roles of the people who may call the operation. */
  readonly roles: readonly Role[];
}

/** Whether the actor has the rights that an operation requires. */
export function hasRights(actor: Actor, { scope, roles }: RequiredRights): boolean {
  if (actor.scopes) return scope === 'any' || (scope !== null && actor.scopes.has(scope));
  return actor.role !== null && roles.includes(actor.role);
}
