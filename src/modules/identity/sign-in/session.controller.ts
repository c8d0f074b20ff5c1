import { Body, Controller, Delete, Get, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../platform/index.js';
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
import type { Actor } from '../../councils/index.js';
import { CurrentActor, SignedIn } from '../../councils/http.js';
import { FAMILY_COOKIE, SESSION_COOKIE } from '../access/authenticator.js';
import { FamilySessionKeeper } from '../family-sign-in/family-session-keeper.js';
import { SessionBody, SessionView } from './dto/session.dto.js';
import { BROWSER_COOKIE, KNOWN_DAYS } from './known-browsers.service.js';
import { SessionCookies } from './session-cookies.js';
import { SessionReader } from './session-reader.js';
import { SESSION_HOURS, SessionsService } from './sessions.service.js';
import type { SignInRefusal } from './sign-in-refusal.js';
import { tooManyAttempts } from './too-many-attempts.js';

@ApiTags('sign-in')
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly families: FamilySessionKeeper,
    private readonly reader: SessionReader,
    private readonly cookies: SessionCookies,
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
    this.cookies.requireOwnPage(request);
    const opened = await this.sessions.signIn(body, { address: callerNetworkOf(request.ip), browser: request.cookies[BROWSER_COOKIE] });
    if (!opened.ok) throw notSignedIn(opened.reason);
    const { token, browser, sessionId, councilId, userId } = opened.value;
    void reply.setCookie(SESSION_COOKIE, token, { ...this.cookies.options, maxAge: SESSION_HOURS * 3600 });
    void reply.setCookie(BROWSER_COOKIE, browser, { ...this.cookies.options, maxAge: KNOWN_DAYS * 86_400 });
    const { role, schoolId, siteId } = await this.sessions.identity({ id: `user:${userId}`, councilId });
    const reach = { schoolId, siteId };
    return this.reader.view({ id: `user:${userId}`, councilId, role, family: null, scopes: null, reach, sessionId });
  }

  @Get()
  @About(
    'Read who I am',
    'The person, client or family that calls, their reach, the operations that they may call, and the CSRF token of the session.',
  )
  @SignedIn()
  @Answers(SessionView, 'who I am, and what I may')
  read(@CurrentActor() actor: Actor): Promise<SessionView> {
    return this.reader.view(actor);
  }

  @Delete()
  @About('Sign out', 'Ends the session and takes its cookie back.')
  @SignedIn()
  @AnswersNothing()
  async signOut(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await (actor.family ? this.families.signOut(actor) : this.sessions.signOut(actor));
    void reply.clearCookie(actor.family ? FAMILY_COOKIE : SESSION_COOKIE, this.cookies.options);
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
