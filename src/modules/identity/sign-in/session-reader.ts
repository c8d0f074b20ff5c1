import { Injectable } from '@nestjs/common';
import { type Actor, hasRights } from '../../councils/index.js';
import { AccessRegistry } from '../access/access-registry.js';
import { Authenticator } from '../access/authenticator.js';
import type { SessionView } from './dto/session.dto.js';
import { SessionsService } from './sessions.service.js';

/** What a family's session says of it: nothing that stands in its file. */
const NAMELESS = { name: null, email: null, schoolId: null, siteId: null, totp: false } as const;

/** Tells callers who they are, and what they may do. */
@Injectable()
export class SessionReader {
  constructor(
    private readonly sessions: SessionsService,
    private readonly authenticator: Authenticator,
    private readonly access: AccessRegistry,
  ) {}

  async view(actor: Actor): Promise<SessionView> {
    const { family } = actor;
    const { id, name, email, schoolId, siteId, totp } = family
      ? { ...NAMELESS, id: family.contactId }
      : await this.sessions.identity(actor);
    const operations = this.access
      .all()
      .flatMap(({ method, path, rights }) => (rights !== 'public' && hasRights(actor, rights) ? [`${method} ${path}`] : []));
    return {
      kind: kindOf(actor),
      id,
      name,
      email,
      councilId: actor.councilId,
      role: actor.role,
      householdId: family?.householdId ?? null,
      schoolId,
      siteId,
      totp,
      scopes: actor.scopes && [...actor.scopes],
      operations,
      csrfToken: actor.sessionId === null ? null : this.authenticator.csrfToken(actor.sessionId),
    };
  }
}

function kindOf({ scopes, family }: Actor): SessionView['kind'] {
  if (scopes) return 'client';
  return family ? 'family' : 'user';
}
