import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock, Secrets, Transactions } from '../../../platform/index.js';
import { type Actor, contactActorId, COUNCIL_WIDE, helperActorId, NOWHERE, type Scope, type StaffRole } from '../../councils/index.js';
import { FamilySessionKeeper, type FamilySessionOwner } from '../family-sign-in/family-session-keeper.js';

export const SESSION_COOKIE = 'passerelle_session';
/** A cookie of its own: on a phone that both use, neither a family nor staff ends the session of the other. */
export const FAMILY_COOKIE = 'passerelle_family';

const CLIENT_OF_TOKEN = 'SELECT council_id, client_id, scopes FROM client_of_token($1, $2)';
const USER_OF_SESSION = 'SELECT council_id, session_id, user_id, role, school_id, site_id FROM user_of_session($1, $2)';

interface UserRow {
  council_id: string;
  session_id: string;
  user_id: string;
  role: StaffRole;
  school_id: string | null;
  site_id: string | null;
}

/**
 * The hash under which a token is stored: SHA-256 in base64url. A token has 256 random bits, so a plain hash is enough, because nobody can
 * guess it.
 */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** Finds out who sent a request, by its access token or its session cookie. */
@Injectable()
export class Authenticator {
  private readonly csrfKey: Buffer;

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly families: FamilySessionKeeper,
    secrets: Secrets,
  ) {
    this.csrfKey = secrets.key('csrf');
  }

  /**
   * The caller; null when there is none, and when the token or the cookie is not valid any more. Where staff and a family are signed in with
   * one browser, staff calls.
   */
  async actorOf(request: FastifyRequest): Promise<Actor | null> {
    const bearer = /^Bearer +([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return this.client(bearer);
    const staff = cookieOf(request, SESSION_COOKIE);
    const user = staff === null ? null : await this.user(staff);
    return user ?? this.familyOf(request);
  }

  /** The family that is signed in with this browser, whether or not staff is as well; null when there is none. */
  async familyOf(request: FastifyRequest): Promise<Actor | null> {
    const token = cookieOf(request, FAMILY_COOKIE);
    const session = token === null ? null : await this.families.sessionOf(tokenHash(token));
    return session && familyActor(session);
  }

  /** The token that a page must send back with every write. Only pages of the program can read it. */
  csrfToken(sessionId: string): string {
    return createHmac('sha256', this.csrfKey).update(sessionId).digest('base64url');
  }

  hasCsrfToken(request: FastifyRequest, sessionId: string): boolean {
    return this.isCsrfToken(String(request.headers['x-csrf-token'] ?? ''), sessionId);
  }

  /** Whether a text is the token of this session; a plain form sends it in a field. */
  isCsrfToken(text: string, sessionId: string): boolean {
    const given = Buffer.from(text);
    const expected = Buffer.from(this.csrfToken(sessionId));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  private async client(token: string): Promise<Actor | null> {
    const [row] = await this.transactions.platformCall<{ council_id: string; client_id: string; scopes: Scope[] }>(CLIENT_OF_TOKEN, [
      tokenHash(token),
      this.clock.now(),
    ]);
    if (!row) return null;
    return {
      id: `client:${row.client_id}`,
      councilId: row.council_id,
      role: null,
      family: null,
      scopes: new Set(row.scopes),
      reach: COUNCIL_WIDE,
      sessionId: null,
    };
  }

  private async user(token: string): Promise<Actor | null> {
    const [row] = await this.transactions.platformCall<UserRow>(USER_OF_SESSION, [tokenHash(token), this.clock.now()]);
    if (!row) return null;
    return {
      id: `user:${row.user_id}`,
      councilId: row.council_id,
      role: row.role,
      family: null,
      scopes: null,
      reach: { schoolId: row.school_id, siteId: row.site_id },
      sessionId: row.session_id,
    };
  }
}

/** A family that is signed in. */
export function familyActor({ councilId, contactId, householdId, sessionId, helperId }: FamilySessionOwner): Actor {
  const family = { householdId, contactId, ...(helperId !== null && { helperId }) };
  return {
    id: helperId === null ? contactActorId(contactId) : helperActorId(helperId),
    councilId,
    role: 'family',
    family,
    scopes: null,
    reach: NOWHERE,
    sessionId,
  };
}

/** The value of a cookie; null when there is none that the program can have set. */
function cookieOf(request: FastifyRequest, name: string): string | null {
  const value = request.cookies[name];
  return value === undefined || value.length > 200 ? null : value;
}
