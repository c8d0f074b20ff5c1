import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { JSX } from 'preact';
import { CouncilsService } from '../../../modules/councils/index.js';
import { type FamilyActor, FamilyBrowser } from '../../../modules/identity/http.js';
import { showPage } from '../../../platform/http/index.js';
import { orProblem } from '../../../platform/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { CouncilAtDoor } from '../../parts/council-at-door.service.js';
import { type Fields, textIn } from '../../parts/forms.js';
import { localPath } from '../../parts/local-path.js';
import { carriedIn } from '../../parts/signed-in/carried-fields.js';
import { headPage } from '../../parts/signed-in/family-page.guard.js';
import { sendAgainPage } from '../../parts/signed-in/send-again.page.js';
import { languageOf } from '../../parts/visitor-language.js';
import { SIGN_IN_POLICY, type SignInFacts, signInPage } from './sign-in.page.js';

const MY_FILE = '/f';

/** Somebody at the door. */
export interface Caller {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** The language that was just chosen. */
  readonly language?: TextLanguage | undefined;
}

/** What goes through all pages of the sign-in. */
export interface Onward {
  readonly next: string;
  readonly typed: Fields | null;
}

/** What every page knows of whoever is at the door. */
interface AtDoor {
  readonly language: TextLanguage;
  readonly councilName: string | null;
}

/** Where the form of a sign-in goes on, and what it carries. */
export const onwardOf = (body: unknown): Onward => ({ next: ownPage(textIn(body, 'next')), typed: carriedIn(body) });

/** A page of a family to which it goes back; its file for anything else. */
export function ownPage(next: unknown): string {
  const path = localPath(next);
  return /^\/f(?:[/?]|$)/.test(path) && !path.startsWith('/f/sign-') ? path : MY_FILE;
}

/** Shows the pages of the sign-in, and leads on from it. */
@Injectable()
export class SignInPages {
  constructor(
    private readonly browser: FamilyBrowser,
    private readonly councils: CouncilsService,
    private readonly door: CouncilAtDoor,
  ) {}

  async show({ request, reply, language }: Caller, page: (door: AtDoor) => JSX.Element): Promise<string> {
    const council = await this.door.find();
    headPage(reply);
    void reply.header('content-security-policy', SIGN_IN_POLICY);
    return showPage(reply, page({ language: language ?? languageOf(request, council?.locale), councilName: council?.name ?? null }));
  }

  /** The first page. */
  first(caller: Caller, facts: Omit<SignInFacts, keyof AtDoor>): Promise<string> {
    return this.show(caller, (door) => signInPage({ ...door, ...facts }));
  }

  /** The first page, which says how long to wait. */
  wait(caller: Caller, seconds: number, facts: Omit<SignInFacts, keyof AtDoor>): Promise<string> {
    void caller.reply.status(429).header('retry-after', seconds);
    return this.first(caller, { ...facts, waitSeconds: seconds });
  }

  /** To the page that was asked for; what was typed before the session ended stands ready to be sent. */
  async goOn(actor: FamilyActor, { request, reply }: Caller, { next, typed }: Onward): Promise<string | undefined> {
    headPage(reply);
    if (typed === null) {
      void reply.status(303).header('location', next);
      return undefined;
    }
    const council = orProblem(await this.councils.get(actor.councilId));
    const language = languageOf(request, council.locale);
    const visit = { actor, council, language, token: this.browser.tokenOf(actor), path: next };
    return showPage(reply.status(200), sendAgainPage({ visit, action: next, fields: typed }));
  }
}
