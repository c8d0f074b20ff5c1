import type { Role, Scope, StaffRole } from '../../councils/index.js';

interface Operation {
  readonly rights: { readonly scope: Scope | 'any' | null; readonly roles: readonly Role[] } | 'public';
}

/** Roles that may override reasons somewhere, as a client with the scope `overrides:write` may. */
const ROLES_THAT_OVERRIDE: readonly StaffRole[] = ['council_manager', 'school_administrator'];

/** The scopes that a client would need to be able to do everything that the role may do. */
export function scopesOfRole(role: StaffRole, operations: readonly Operation[]): ReadonlySet<Scope> {
  const powers = new Set<Scope>(ROLES_THAT_OVERRIDE.includes(role) ? ['overrides:write'] : []);
  for (const { rights } of operations) {
    if (rights !== 'public' && rights.scope !== null && rights.scope !== 'any' && rights.roles.includes(role)) powers.add(rights.scope);
  }
  return powers;
}
