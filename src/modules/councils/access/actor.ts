import type { Caller } from '../../../platform/index.js';
import type { Scope } from './scopes.js';

/** The people of a council who sign in (product.md, "People and rights"). */
export const STAFF_ROLES = ['council_manager', 'school_administrator', 'desk_agent', 'auditor'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** How far somebody sees inside the council: everywhere, one school, or one site. Row-level security holds the council itself. */
export interface Reach {
  readonly schoolId: string | null;
  readonly siteId: string | null;
}

/** Who does something: a signed-in person or an API client, of one council; the audit trail names it by its id. */
export interface Actor extends Caller {
  /** Null for an API client: its scopes say what it may. */
  readonly role: StaffRole | null;
  /** Null for a person: the role says what they may. */
  readonly scopes: ReadonlySet<Scope> | null;
  readonly reach: Reach;
  /** The browser session, for people. */
  readonly sessionId: string | null;
}

export const COUNCIL_WIDE: Reach = { schoolId: null, siteId: null };

/**
 * Whether the actor may override overridable reasons about something of these schools: council managers everywhere, school
 * administrators in their own school, clients with `overrides:write`; never desk agents.
 */
export function mayOverride(actor: Actor, schoolIds: readonly (string | null)[]): boolean {
  if (actor.scopes) return actor.scopes.has('overrides:write');
  if (actor.role === 'council_manager') return true;
  return actor.role === 'school_administrator' && schoolIds.includes(actor.reach.schoolId);
}
