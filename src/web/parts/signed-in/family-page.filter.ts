import { type ArgumentsHost, Catch, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FamilyBrowser } from '../../../modules/identity/http.js';
import { ProblemFilter, showPage } from '../../../platform/http/index.js';
import { Log, type Problem } from '../../../platform/index.js';
import { SIGN_IN_POLICY, signInPage } from '../../families/door/sign-in.page.js';
import { localPath } from '../local-path.js';
import { problemPage } from '../problems/problem.page.js';
import { languageOf } from '../visitor-language.js';
import { fieldsOfForm } from './carried-fields.js';
import { headPage } from './family-page.guard.js';
import { sendAgainPage } from './send-again.page.js';
import { FormOutlived, SignInNeeded } from './sign-in-needed.js';

/** Answers a family's page with a page, whatever goes wrong: in its language, with what it can do now, and with what it had typed. */
@Catch()
@Injectable()
export class FamilyPageFilter extends ProblemFilter {
  constructor(
    log: Log,
    private readonly browser: FamilyBrowser,
  ) {
    super(log);
  }

  override catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (error instanceof SignInNeeded) this.askToSignIn(request, reply);
    else if (error instanceof FormOutlived && request.visit) {
      const { visit, body } = request;
      void reply.status(403).send(showPage(reply, sendAgainPage({ visit, action: visit.path, fields: fieldsOfForm(body) })));
    } else super.catch(error, host);
  }

  protected override answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
    headPage(reply);
    const { visit, method, body } = request;
    const page = problemPage({
      language: visit?.language ?? languageOf(request, undefined),
      councilName: visit?.council.name ?? null,
      problem,
      path: localPath(request.url),
      // The token stays in it: it may be that nobody could be asked whose it is.
      fields: method === 'POST' && this.browser.isOwnPage(request) !== false ? (body as Record<string, string> | null) : null,
    });
    void reply.send(showPage(reply, page));
  }

  /** A page is asked for again after the sign-in; what a form brought is carried through it, if one of our pages sent it. */
  private askToSignIn(request: FastifyRequest, reply: FastifyReply): void {
    const next = localPath(request.url);
    if (request.method !== 'POST') {
      void reply
        .status(303)
        .header('location', `/f/sign-in?next=${encodeURIComponent(next)}`)
        .send();
      return;
    }
    // Who wanted to sign out is out.
    const isCarried = this.browser.isOwnPage(request) === true && next !== '/f/sign-out';
    const page = signInPage({
      language: languageOf(request, undefined),
      councilName: null,
      next,
      typed: isCarried ? fieldsOfForm(request.body) : null,
      trouble: 'ended',
    });
    void reply.status(401).header('content-security-policy', SIGN_IN_POLICY).send(showPage(reply, page));
  }
}
