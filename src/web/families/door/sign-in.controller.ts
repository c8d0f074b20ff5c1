import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FamilyBrowser } from '../../../modules/identity/http.js';
import { callerNetworkOf, IgnoresIdempotencyKey, Public, RateLimiter } from '../../../platform/http/index.js';
import { Settings } from '../../../platform/index.js';
import { textLanguageOf } from '../../../shared/language.js';
import { FORM, textIn } from '../../parts/forms.js';
import { PostAsFamily } from '../../parts/signed-in/as-family.js';
import { FamilyPageFilter } from '../../parts/signed-in/family-page.filter.js';
import { headPage } from '../../parts/signed-in/family-page.guard.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { rememberLanguage } from '../../parts/visitor-language.js';
import { CodeSignIn } from './code-sign-in.js';
import type { SignInFaults } from './sign-in.page.js';
import { type Caller, onwardOf, ownPage, SignInPages } from './sign-in-pages.js';

/** Where families come in, and where they go out again. */
@Controller('f')
@ApiExcludeController()
@UseFilters(FamilyPageFilter)
export class SignInController {
  constructor(
    private readonly browser: FamilyBrowser,
    private readonly pages: SignInPages,
    private readonly codes: CodeSignIn,
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
    return this.pages.first({ request, reply }, { next: ownPage(next), typed: null, isSignedIn, ...trouble });
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
    headPage(reply);
    const language = textLanguageOf(textIn(body, 'language')) ?? undefined;
    if (language) rememberLanguage(reply.status(200), language, { secure: this.settings.secureCookies });
    else await this.rates.count(callerNetworkOf(request.ip), reply);
    const caller: Caller = { request, reply, language };
    return isByLetter(body) ? this.byLetter(caller, body) : this.codes.answer(caller, body);
  }

  @PostAsFamily('sign-out')
  async signOut(@Visit() { actor }: FamilyVisit, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.browser.signOut(actor, reply);
    void reply.status(303).header('location', '/');
  }

  private async byLetter(caller: Caller, body: unknown): Promise<string | undefined> {
    const { request, reply, language } = caller;
    const [reference, code] = [textIn(body, 'reference').trim(), textIn(body, 'code').trim()];
    const given = { reference, code, stay: textIn(body, 'stay') !== '' };
    const facts = { ...onwardOf(body), given };
    if (language) return this.pages.first(caller, facts);
    if (reference === '' || code === '') {
      const wrong: SignInFaults = {
        ...(reference === '' && { reference: 'referenceMissing' }),
        ...(code === '' && { code: 'codeMissing' }),
      };
      void reply.status(422);
      return this.pages.first(caller, { ...facts, wrong });
    }
    const opened = await this.browser.signIn({ reference, code, ownPhone: given.stay }, request, reply);
    if (opened.ok) return this.pages.goOn(opened.value, caller, facts);
    if (opened.reason.kind === 'wait') return this.pages.wait(caller, opened.reason.seconds, facts);
    void reply.status(422);
    return this.pages.first(caller, { ...facts, wrong: { code: 'wrong' } });
  }
}

/** The forms of the other way have the field of the phone or mailbox, even where nothing was typed into it. */
const isByLetter = (body: unknown): boolean => body === null || typeof body !== 'object' || !Object.hasOwn(body, 'identifier');

/** Whether a browser that was just signed in, or chose a language, has brought none of the cookies that it was given. */
function isWithoutCookies({ headers, cookies }: FastifyRequest): boolean {
  const { referer } = headers;
  const isFromHere = referer !== undefined && URL.canParse(referer) && new URL(referer).pathname === '/f/sign-in';
  return isFromHere && Object.keys(cookies).length === 0;
}
