import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FamilyActor, FamilyBrowser } from '../../../modules/identity/http.js';
import { CouncilsService } from '../../../modules/councils/index.js';
import { callerNetworkOf, IgnoresIdempotencyKey, Public, RateLimiter, showPage } from '../../../platform/http/index.js';
import { orProblem, Settings } from '../../../platform/index.js';
import { textLanguageOf } from '../../../shared/language.js';
import { CouncilAtDoor } from '../../parts/council-at-door.service.js';
import { type Fields, FORM, textIn } from '../../parts/forms.js';
import { localPath } from '../../parts/local-path.js';
import { PostAsFamily } from '../../parts/signed-in/as-family.js';
import { carriedIn } from '../../parts/signed-in/carried-fields.js';
import { FamilyPageFilter } from '../../parts/signed-in/family-page.filter.js';
import { headPage } from '../../parts/signed-in/family-page.guard.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { sendAgainPage } from '../../parts/signed-in/send-again.page.js';
import { languageOf, rememberLanguage } from '../../parts/visitor-language.js';
import { SIGN_IN_POLICY, type SignInFacts, type SignInFaults, signInPage } from './sign-in.page.js';

const MY_FILE = '/f';

/** Where families come in, and where they go out again. */
@Controller('f')
@ApiExcludeController()
@UseFilters(FamilyPageFilter)
export class SignInController {
  constructor(
    private readonly browser: FamilyBrowser,
    private readonly councils: CouncilsService,
    private readonly door: CouncilAtDoor,
    private readonly rates: RateLimiter,
    private readonly settings: Settings,
  ) {}

  /** Opening the page, or a link of a letter to it, signs nobody in and uses nothing up. */
  @Get('sign-in')
  @Public()
  async ask(
    @Query('next') next: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const isSignedIn = (await this.browser.actorOf(request)) !== null;
    const trouble = isWithoutCookies(request) ? { trouble: 'cookies' as const } : {};
    return this.show(request, reply, { next: ownPage(next), typed: {}, isSignedIn, ...trouble });
  }

  @Post('sign-in')
  @Public()
  @IgnoresIdempotencyKey()
  @RouteConfig({ consumes: FORM })
  async signIn(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const [reference, code] = [textIn(body, 'reference').trim(), textIn(body, 'code').trim()];
    const given = { reference, code, stay: textIn(body, 'stay') !== '' };
    const through = { next: ownPage(textIn(body, 'next')), typed: carriedIn(body), given };
    const language = textLanguageOf(textIn(body, 'language'));
    if (language) {
      rememberLanguage(reply, language, { secure: this.settings.secureCookies });
      return this.show(request, reply.status(200), { ...through, language });
    }
    if (reference === '' || code === '') {
      const wrong: SignInFaults = {
        ...(reference === '' && { reference: 'referenceMissing' }),
        ...(code === '' && { code: 'codeMissing' }),
      };
      return this.show(request, reply.status(422), { ...through, wrong });
    }
    headPage(reply);
    await this.rates.count(callerNetworkOf(request.ip), reply);
    const opened = await this.browser.signIn({ reference, code, ownPhone: given.stay }, request, reply);
    if (opened.ok) return this.goOn(opened.value, request, reply, through);
    if (opened.reason.kind !== 'wait') return this.show(request, reply.status(422), { ...through, wrong: { code: 'wrong' } });
    const { seconds } = opened.reason;
    return this.show(request, reply.status(429).header('retry-after', seconds), { ...through, waitSeconds: seconds });
  }

  @PostAsFamily('sign-out')
  async signOut(@Visit() { actor }: FamilyVisit, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.browser.signOut(actor, reply);
    void reply.status(303).header('location', '/');
  }

  /** To the page that was asked for; what was typed before the session ended stands ready to be sent. */
  private async goOn(
    actor: FamilyActor,
    request: FastifyRequest,
    reply: FastifyReply,
    { next, typed }: { next: string; typed: Fields },
  ): Promise<string | undefined> {
    if (Object.keys(typed).length === 0) {
      void reply.status(303).header('location', next);
      return undefined;
    }
    const council = orProblem(await this.councils.get(actor.councilId));
    const language = languageOf(request, council.locale);
    const visit = { actor, council, language, token: this.browser.tokenOf(actor), path: next };
    return showPage(reply.status(200), sendAgainPage({ visit, action: next, fields: typed }));
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    { language, ...facts }: Omit<SignInFacts, 'language' | 'councilName'> & Partial<Pick<SignInFacts, 'language'>>,
  ): Promise<string> {
    const council = await this.door.find();
    headPage(reply);
    void reply.header('content-security-policy', SIGN_IN_POLICY);
    return showPage(
      reply,
      signInPage({ language: language ?? languageOf(request, council?.locale), councilName: council?.name ?? null, ...facts }),
    );
  }
}

/** A page of a family to which it goes back; its file for anything else. */
function ownPage(next: unknown): string {
  const path = localPath(next);
  return /^\/f(?:[/?]|$)/.test(path) && !path.startsWith('/f/sign-') ? path : MY_FILE;
}

/** Whether a browser that was just signed in, or chose a language, has brought none of the cookies that it was given. */
function isWithoutCookies({ headers, cookies }: FastifyRequest): boolean {
  const { referer } = headers;
  const isFromHere = referer !== undefined && URL.canParse(referer) && new URL(referer).pathname === '/f/sign-in';
  return isFromHere && Object.keys(cookies).length === 0;
}
