import type { Caller } from '../../../platform/index.js';
import { NIL_ID } from '../../../shared/ids.js';
import type { Scope } from './scopes.js';

/** The people of a council who sign in (product.md, "People and rights"). */
export const STAFF_ROLES = ['council_manager', 'school_administrator', 'desk_agent', 'auditor'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Everybody who signs in: the people of the council, and a contact of a household. */
export const ROLES = [...STAFF_ROLES, 'family'] as const;
export type Role = (typeof ROLES)[number];

/** How much of the council somebody can see: all of it, one school, or one site. Row-level security keeps the councils apart. */
export interface Reach {
  readonly schoolId: string | null;
  readonly siteId: string | null;
}

/** The contact of a household who is signed in. */
export interface Family {
  readonly householdId: string;
  readonly contactId: string;
  /** Whom the contact lets see all this in its place; they change nothing. Left out: it is the contact. */
  readonly helperId?: string;
}

/** A signed-in person or an API client, of one council. The audit trail names an actor by its id. */
export interface Actor extends Caller {
  /** Null for an API client, whose scopes say what it may do. */
  readonly role: Role | null;
  /** Null for everybody but a family, which reaches its own household and nothing else. */
  readonly family: Family | null;
  /** Null for a person, whose role says what they may do. */
  readonly scopes: ReadonlySet<Scope> | null;
  readonly reach: Reach;
  /** The browser session of a person; null for an API client. */
  readonly sessionId: string | null;
}

export const COUNCIL_WIDE: Reach = { schoolId: null, siteId: null };

/** No school and no site has this id, so a statement that asks for what lies within this reach finds nothing. */
export const NOWHERE: Reach = { schoolId: NIL_ID, siteId: NIL_ID };

/** The id by which the audit trail names a contact of a household. */
export const contactActorId = (contactId: string): string => `contact:${contactId}`;

/** The id by which the audit trail names a helper of a contact. */
export const helperActorId = (helperId: string): string => `helper:${helperId}`;

/**
 * How much the actor can see of what belongs to this household: a family all of its own and nothing of another's, everybody else as much as
 * anywhere. A family's own `reach` is nowhere: an operation that is opened to families without asking here finds nothing.
 */
export function reachInto({ family, reach }: Actor, householdId: string): Reach {
  if (family === null) return reach;
  return family.householdId === householdId.toLowerCase() ? COUNCIL_WIDE : NOWHERE;
}

/** The same for a thing whose household must be asked for; it is asked for a family only. Null: there is no such thing. */
export async function reachOver(actor: Actor, householdOf: () => Promise<string | null>): Promise<Reach> {
  if (actor.family === null) return actor.reach;
  const householdId = await householdOf();
  return householdId === null ? NOWHERE : reachInto(actor, householdId);
}

/** What a list shows that may be narrowed to one household: a family's lists are of its own household, whatever they ask for. */
export function reachOfList(actor: Actor, asked: string | undefined): { readonly householdId: string | undefined; readonly reach: Reach } {
  const householdId = asked ?? actor.family?.householdId;
  return { householdId, reach: householdId === undefined ? actor.reach : reachInto(actor, householdId) };
}

/**
 * Whether the actor may override the overridable reasons about something of these schools. Council managers may override everywhere, school
 * administrators in their own school, and clients with `overrides:write`; desk agents never may.
 */
export function mayOverride(actor: Actor, schoolIds: readonly (string | null)[]): boolean {
  if (actor.scopes) return actor.scopes.has('overrides:write');
  if (actor.role === 'council_manager') return true;
  return actor.role === 'school_administrator' && schoolIds.includes(actor.reach.schoolId);
}
