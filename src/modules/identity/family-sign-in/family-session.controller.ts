import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../platform/index.js';
import { About, AlsoAnswers, Creates, IgnoresIdempotencyKey, Public } from '../../../platform/http/index.js';
import { SessionView } from '../sign-in/dto/session.dto.js';
import { SessionReader } from '../sign-in/session-reader.js';
import { tooManyAttempts } from '../sign-in/too-many-attempts.js';
import { FamilySessionBody } from './dto/family-session.dto.js';
import { FamilyBrowser } from './family-browser.js';

@ApiTags('sign-in')
@Controller('api/v1/session/family')
export class FamilySessionController {
  constructor(
    private readonly browser: FamilyBrowser,
    private readonly reader: SessionReader,
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
    const opened = await this.browser.signIn({ reference, code, ownPhone }, request, reply);
    if (!opened.ok) {
      if (opened.reason.kind === 'wait') throw tooManyAttempts(opened.reason);
      throw Problem.of('UNAUTHENTICATED', { detail: 'unknown reference, or wrong code; the school prints a new one' });
    }
    return this.reader.view(opened.value);
  }
}
