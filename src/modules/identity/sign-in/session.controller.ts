import { Body, Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, Settings } from '../../../platform/index.js';
import {
  About,
  AlsoAnswers,
  Answers,
  AnswersNothing,
  Creates,
  IgnoresIdempotencyKey,
  callerNetworkOf,
  Public,
} from '../../../platform/http/index.js';
import { type Actor, hasRights } from '../../councils/index.js';
import { CurrentActor, SignedIn } from '../../councils/http.js';
import { AccessRegistry } from '../access/access-registry.js';
import { Authenticator, SESSION_COOKIE } from '../access/authenticator.js';
import { SessionBody, SessionView } from './dto/session.dto.js';
import { BROWSER_COOKIE, KNOWN_DAYS } from './known-browsers.service.js';
import { SESSION_HOURS, SessionsService } from './sessions.service.js';
import type { SignInRefusal } from './sign-in-refusal.js';
import { tooManyAttempts } from './too-many-attempts.js';

@ApiTags('sign-in')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly authenticator: Authenticator,
    private readonly access: AccessRegistry,
    private readonly settings: Settings,
  ) {}

  @Post()
  @About(
    'Sign in',
    'Opens a session for a person: the answer sets a cookie, and gives the CSRF token that every write must send along. A second factor is asked for with a 401 whose `needs` is `totp`.',
  )
  @Public()
  @IgnoresIdempotencyKey()
  @Creates(SessionView, 'signed in; the cookie holds the session')
  @AlsoAnswers('UNAUTHENTICATED', 'FORBIDDEN')
  async signIn(
    @Body() body: SessionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    if (!this.isOwnPage(request)) throw Problem.of('FORBIDDEN', { detail: 'a page of another site may not sign people in here' });
    const opened = await this.sessions.signIn(body, { address: callerNetworkOf(request.ip), browser: request.cookies[BROWSER_COOKIE] });
    if (!opened.ok) throw notSignedIn(opened.reason);
    const { token, browser, sessionId, councilId, userId } = opened.value;
    void reply.setCookie(SESSION_COOKIE, token, { ...this.cookie, maxAge: SESSION_HOURS * 3600 });
    void reply.setCookie(BROWSER_COOKIE, browser, { ...this.cookie, maxAge: KNOWN_DAYS * 86_400 });
    const identity = await this.sessions.identity({ id: `user:${userId}`, councilId });
    const reach = { schoolId: identity.schoolId, siteId: identity.siteId };
    return this.view({ id: `user:${userId}`, councilId, role: identity.role, scopes: null, reach, sessionId });
  }

  @Get()
  @About(
    'Read who I am',
    'The person or client that calls, their reach, the operations that they may call, and the CSRF token of the session.',
  )
  @SignedIn()
  @Answers(SessionView, 'who I am, and what I may')
  read(@CurrentActor() actor: Actor): Promise<SessionView> {
    return this.view(actor);
  }

  @Delete()
  @About('Sign out', 'Ends the session and takes its cookie back.')
  @SignedIn()
  @AnswersNothing()
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.signOut(actor);
    void reply.clearCookie(SESSION_COOKIE, this.cookie);
  }

  private async view(actor: Actor): Promise<SessionView> {
    const { id, name, email, role, schoolId, siteId, totp } = await this.sessions.identity(actor);
    const operations = this.access
      .all()
      .flatMap(({ method, path, rights }) => (rights !== 'public' && hasRights(actor, rights) ? [`${method} ${path}`] : []));
    return {
      kind: actor.scopes ? 'client' : 'user',
      id,
      name,
      email,
      councilId: actor.councilId,
      role,
      schoolId,
      siteId,
      totp,
      scopes: actor.scopes && [...actor.scopes],
      operations,
      csrfToken: actor.sessionId === null ? null : this.authenticator.csrfToken(actor.sessionId),
    };
  }

  /**
   * Whether a form was sent by a page of this program. A page of another site must not sign somebody in without their knowledge. Browsers
   * say where a page comes from; other clients send no such header.
   */
  private isOwnPage({ headers, host }: FastifyRequest): boolean {
    const { origin } = headers;
    if (origin === undefined) return true;
    if (!URL.canParse(origin)) return false;
    const from = new URL(origin).host;
    return from === host || (this.settings.baseUrl !== null && from === new URL(this.settings.baseUrl).host);
  }

  private get cookie() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.settings.secureCookies } as const;
  }
}

function notSignedIn(refusal: SignInRefusal): Problem {
  switch (refusal.kind) {
    case 'wrong':
      return Problem.of('UNAUTHENTICATED', { detail: 'unknown e-mail, or wrong password' });
    case 'needs_totp':
      return Problem.of('UNAUTHENTICATED', {
        detail: 'the code of the authenticator app is missing, wrong or used',
        members: { needs: 'totp' },
      });
    case 'wait':
      return tooManyAttempts(refusal);
  }
}
