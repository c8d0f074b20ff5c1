import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CouncilsService } from '../../../modules/councils/index.js';
import { FamilyBrowser, mayHelperCall } from '../../../modules/identity/http.js';
import { callerNetworkOf, RateLimiter, routeOf } from '../../../platform/http/index.js';
import { orProblem, Problem } from '../../../platform/index.js';
import { textIn } from '../forms.js';
import { FAMILY_POLICY } from '../layout.js';
import { localPath } from '../local-path.js';
import { languageOf } from '../visitor-language.js';
import { TOKEN } from './family-form.js';
import { FormOutlived, SignInNeeded } from './sign-in-needed.js';

/**
 * Lets a family that is signed in come to its pages, and nobody else. Only the family's cookie is asked for: staff who are signed in with the
 * same browser see nothing here, and no token of theirs sends a form.
 */
@Injectable()
export class FamilyPageGuard implements CanActivate {
  constructor(
    private readonly browser: FamilyBrowser,
    private readonly councils: CouncilsService,
    private readonly rates: RateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    headPage(reply);
    const isForm = request.method === 'POST';
    if (isForm && this.browser.isOwnPage(request) === false) throw Problem.of('FORBIDDEN', { detail: 'the form is of another site' });
    const actor = await this.browser.actorOf(request);
    if (actor) {
      request.actor = actor;
      request.caller = { id: actor.id, councilId: actor.councilId };
    }
    await this.rates.count(actor?.id ?? callerNetworkOf(request.ip), reply);
    if (!actor) throw new SignInNeeded();
    const council = orProblem(await this.councils.get(actor.councilId));
    request.visit = {
      actor,
      council,
      language: languageOf(request, council.locale),
      token: this.browser.tokenOf(actor),
      path: localPath(request.url),
    };
    if (isForm && !this.browser.isToken(textIn(request.body, TOKEN), actor)) {
      throw this.browser.isOwnPage(request) === true ? new FormOutlived() : Problem.of('CSRF_TOKEN_INVALID');
    }
    if (actor.family.helperId !== undefined && !mayHelperCall(request.method, routeOf(request))) throw Problem.of('HELPER_READS_ONLY');
    return true;
  }
}

/**
 * The headers of a page under `/f`. Browsers must say to us where a form comes from, and to nobody else: with `no-referrer`, which all other
 * answers have, they would hide it from ourselves.
 */
export function headPage(reply: FastifyReply): void {
  void reply.headers({
    'cache-control': 'no-store',
    'content-security-policy': FAMILY_POLICY,
    'referrer-policy': 'same-origin',
  });
}
