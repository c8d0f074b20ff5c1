import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../platform/index.js';
import { About, AlsoAnswers, callerNetworkOf, Creates, IgnoresIdempotencyKey, Public } from '../../../platform/http/index.js';
import { FAMILY_COOKIE, familyActor } from '../access/authenticator.js';
import { OWN_PHONE_SECONDS } from '../domain/family-session.rules.js';
import { SessionView } from '../sign-in/dto/session.dto.js';
import { BROWSER_COOKIE, KNOWN_DAYS } from '../sign-in/known-browsers.service.js';
import { SessionCookies } from '../sign-in/session-cookies.js';
import { SessionReader } from '../sign-in/session-reader.js';
import { tooManyAttempts } from '../sign-in/too-many-attempts.js';
import { FamilySessionBody } from './dto/family-session.dto.js';
import { FamilySignInService } from './family-sign-in.service.js';

@ApiTags('sign-in')
@Controller('api/v1/session/family')
export class FamilySessionController {
  constructor(
    private readonly families: FamilySignInService,
    private readonly reader: SessionReader,
    private readonly cookies: SessionCookies,
  ) {}

  @Post()
  @About(
    'Sign a family in',
    'With the reference of its file and the code of its letter, in whichever council that is open to families. The answer sets a cookie of its own, beside that of staff, and gives the CSRF token that every write must send along. The code is not used up, and no other session ends. An unknown reference and a wrong code get the same answer.',
  )
  @Public()
  @IgnoresIdempotencyKey()
  @Creates(SessionView, 'signed in; the cookie holds the session')
  @AlsoAnswers('UNAUTHENTICATED', 'FORBIDDEN')
  async signIn(
    @Body() { reference, code, ownPhone = false }: FamilySessionBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    this.cookies.requireOwnPage(request);
    const origin = { address: callerNetworkOf(request.ip), browser: request.cookies[BROWSER_COOKIE] };
    const opened = await this.families.signIn({ reference, code, ownPhone }, origin);
    if (!opened.ok) {
      if (opened.reason.kind === 'wait') throw tooManyAttempts(opened.reason);
      throw Problem.of('UNAUTHENTICATED', { detail: 'unknown reference, or wrong code; the school prints a new one' });
    }
    // Without an age the cookie goes when the browser is closed.
    const age = ownPhone ? { maxAge: OWN_PHONE_SECONDS } : {};
    void reply.setCookie(FAMILY_COOKIE, opened.value.token, { ...this.cookies.options, ...age });
    void reply.setCookie(BROWSER_COOKIE, opened.value.browser, { ...this.cookies.options, maxAge: KNOWN_DAYS * 86_400 });
    return this.reader.view(familyActor(opened.value));
  }
}
