import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../platform/index.js';
import { callerNetworkOf, RateLimiter, routeOf } from '../../../platform/http/index.js';
import { type Actor, COUNCIL_WIDE, hasRights, type RequiredRights } from '../../councils/index.js';
import { AccessRegistry } from './access-registry.js';
import { mayHelperCall } from '../domain/helper.rules.js';
import { Authenticator } from './authenticator.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Decides who may call what. Nothing else does. It runs before the body is read and before anything of the operation. */
@Injectable()
export class AccessGuard {
  constructor(
    private readonly access: AccessRegistry,
    private readonly authenticator: Authenticator,
    private readonly rates: RateLimiter,
  ) {}

  /** Installs the guard in front of every route of the application. */
  guard(app: NestFastifyApplication): void {
    const fastify = app.getHttpAdapter().getInstance();
    fastify.decorateRequest('actor', null);
    fastify.addHook('onRequest', (request, reply) => this.admit(request, reply));
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const rights = request.is404 ? 'public' : this.access.of(request.method, routeOf(request));
    if (rights === undefined) throw new Error(`${request.method} ${routeOf(request)} is not in the access table`);
    // Health and metrics are answered while the database cannot be reached, so no caller is looked up for them.
    if (rights === 'public' && !isOfTheApi(request)) return;
    const actor = await this.authenticator.actorOf(request);
    request.actor = actor;
    request.caller = actor && { id: actor.id, councilId: actor.councilId };
    const maker: Actor | null = actor && { ...actor, reach: actor.family ? actor.reach : COUNCIL_WIDE };
    request.maker = maker;
    await this.rates.count(actor?.id ?? callerNetworkOf(request.ip), reply);
    if (rights === 'public') return;
    if (actor === null) throw Problem.of('UNAUTHENTICATED', { headers: { 'www-authenticate': 'Bearer realm="passerelle"' } });
    if (!hasRights(actor, rights)) throw Problem.of('FORBIDDEN', { detail: `needed: ${needed(actor, rights)}` });
    if (actor.family?.helperId !== undefined && !mayHelperCall(request.method, routeOf(request)))
      throw Problem.of('FORBIDDEN', { detail: 'a helper reads, and changes nothing' });
    if (actor.sessionId !== null && !SAFE.has(request.method) && !this.authenticator.hasCsrfToken(request, actor.sessionId)) {
      throw Problem.of('CSRF_TOKEN_INVALID');
    }
  }
}

/** Whether the request is for the API. Supervisors and Prometheus do not call it. */
function isOfTheApi(request: FastifyRequest): boolean {
  return request.is404 || routeOf(request).startsWith('/api/');
}

function needed(actor: Actor, { scope, roles }: RequiredRights): string {
  return actor.scopes ? `the scope ${scope ?? '(none: people only)'}` : `the role ${roles.join(' or ')}`;
}
