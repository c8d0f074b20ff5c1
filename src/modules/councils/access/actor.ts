import type { Caller } from '../../../platform/index.js';
import type { Scope } from './scopes.js';

/** The people of a council who sign in (product.md, "People and rights"). */
export const STAFF_ROLES = ['council_manager', 'school_administrator', 'desk_agent', 'auditor'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** How much of the council somebody can see: all of it, one school, or one site. Row-level security keeps the councils apart. */
export interface Reach {
  readonly schoolId: string | null;
  readonly siteId: string | null;
}

/** A signed-in person or an API client, of one council. The audit trail names an actor by its id. */
export interface Actor extends Caller {
  /** Null for an API client, whose scopes say what it may do. */
  readonly role: StaffRole | null;
  /** Null for a person, whose role says what they may do. */
  readonly scopes: ReadonlySet<Scope> | null;
  readonly reach: Reach;
  /** The browser session of a person; null for an API client. */
  readonly sessionId: string | null;
}

export const COUNCIL_WIDE: Reach = { schoolId: null, siteId: null };

/**
 * Whether the actor may override the overridable reasons about something of these schools. Council managers may override everywhere, school
 * administrators in their own school, and clients with `overrides:write`; desk agents never may.
 */
export function mayOverride(actor: Actor, schoolIds: readonly (string | null)[]): boolean {
  if (actor.scopes) return actor.scopes.has('overrides:write');
  if (actor.role === 'council_manager') return true;
  return actor.role === 'school_administrator' && schoolIds.includes(actor.reach.schoolId);
}
