import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerNetworkOf } from '../../../platform/http/index.js';
import { ok, type Result } from '../../../shared/result.js';
import type { Actor, Family } from '../../councils/index.js';
import { Authenticator, FAMILY_COOKIE, familyActor } from '../access/authenticator.js';
import { OWN_PHONE_SECONDS } from '../domain/family-session.rules.js';
import { BROWSER_COOKIE, KNOWN_DAYS } from '../sign-in/known-browsers.service.js';
import { SessionCookies } from '../sign-in/session-cookies.js';
import type { SignInRefusal } from '../sign-in/sign-in-refusal.js';
import { FamilySessionKeeper } from './family-session-keeper.js';
import type { OpenedFamilySession } from './family-session-opener.js';
import { FamilySignInService, type GivenAccessCode } from './family-sign-in.service.js';
import { type CodeProof, type ProvenAddress, SentCodesService } from './sent-codes/sent-codes.service.js';

/** A contact of a household who is signed in with a browser. */
export interface FamilyActor extends Actor {
  readonly role: 'family';
  readonly family: Family;
  readonly sessionId: string;
}

/** The session of a family in a browser: its cookie, its token for forms, and where a form came from. Staff's cookie is never looked at. */
@Injectable()
export class FamilyBrowser {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly keeper: FamilySessionKeeper,
    private readonly families: FamilySignInService,
    private readonly codes: SentCodesService,
    private readonly cookies: SessionCookies,
  ) {}

  /** The family that is signed in; null when there is none. */
  async actorOf(request: FastifyRequest): Promise<FamilyActor | null> {
    const actor = await this.authenticator.familyOf(request);
    return actor as FamilyActor | null;
  }

  /** The token that each form of the session must send back. */
  tokenOf({ sessionId }: FamilyActor): string {
    return this.authenticator.csrfToken(sessionId);
  }

  isToken(text: string, { sessionId }: FamilyActor): boolean {
    return this.authenticator.isCsrfToken(text, sessionId);
  }

  /** Whether a form was sent by a page of this program; null where the browser does not say where it comes from. */
  isOwnPage(request: FastifyRequest): boolean | null {
    return this.cookies.isOwnPage(request);
  }

  /** Signs in with a printed code, and leaves the cookies in the browser. @throws Problem FORBIDDEN for a form of another site */
  async signIn(given: GivenAccessCode, request: FastifyRequest, reply: FastifyReply): Promise<Result<FamilyActor, SignInRefusal>> {
    this.cookies.requireOwnPage(request);
    const origin = { address: callerNetworkOf(request.ip), browser: request.cookies[BROWSER_COOKIE] };
    const opened = await this.families.signIn(given, origin);
    return opened.ok ? ok(this.keep(opened.value, given.ownPhone, reply)) : opened;
  }

  /** Has a code sent; the value is the id of the request, which goes into the form. @throws Problem FORBIDDEN for a form of another site */
  askForCode(identifier: string, request: FastifyRequest): ReturnType<SentCodesService['ask']> {
    this.cookies.requireOwnPage(request);
    return this.codes.ask({ identifier, network: callerNetworkOf(request.ip) });
  }

  /** Null when it is not the right code, or not any more. @throws Problem FORBIDDEN for a form of another site */
  proveCode(identifier: string, requestId: string, code: string, request: FastifyRequest): Promise<ProvenAddress | null> {
    this.cookies.requireOwnPage(request);
    return this.codes.prove(identifier, requestId, code);
  }

  /** Whom the proof of a code signs in, once more; null when it has signed somebody in already. @throws Problem FORBIDDEN, as above */
  provenContacts(proof: CodeProof, request: FastifyRequest): Promise<ProvenAddress['contacts'] | null> {
    this.cookies.requireOwnPage(request);
    return this.codes.contactsOf(proof);
  }

  /** Signs one of those in whom a code has proven; null when it has signed somebody in already. @throws Problem FORBIDDEN, as above */
  async signInProven(
    proof: CodeProof,
    { contactId, ownPhone }: { readonly contactId: string; readonly ownPhone: boolean },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FamilyActor | null> {
    this.cookies.requireOwnPage(request);
    const opened = await this.codes.open(proof, contactId, ownPhone, request.cookies[BROWSER_COOKIE]);
    return opened && this.keep(opened, ownPhone, reply);
  }

  /** Ends the session, and takes its cookie back. */
  async signOut(actor: FamilyActor, reply: FastifyReply): Promise<void> {
    await this.keeper.signOut(actor);
    void reply.clearCookie(FAMILY_COOKIE, this.cookies.options);
  }

  private keep(opened: OpenedFamilySession, ownPhone: boolean, reply: FastifyReply): FamilyActor {
    // Without an age the cookie goes when the browser is closed.
    const age = ownPhone ? { maxAge: OWN_PHONE_SECONDS } : {};
    void reply.setCookie(FAMILY_COOKIE, opened.token, { ...this.cookies.options, ...age });
    void reply.setCookie(BROWSER_COOKIE, opened.browser, { ...this.cookies.options, maxAge: KNOWN_DAYS * 86_400 });
    return familyActor(opened) as FamilyActor;
  }
}
