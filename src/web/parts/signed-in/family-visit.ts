import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { FamilyActor } from '../../../modules/identity/http.js';
import type { TextLanguage } from '../../../shared/language.js';

/** A family that looks at a page: who it is, and what every page of it is made from. */
export interface FamilyVisit {
  /** The contact who is signed in; `actor.family` has its household. */
  readonly actor: FamilyActor;
  readonly council: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly language: TextLanguage;
  /** What each form of the page sends back. */
  readonly token: string;
  /** The address of the page, with its query. */
  readonly path: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    visit: FamilyVisit | undefined;
  }
}

/** The visit, as a parameter of a method with `GetAsFamily` or `PostAsFamily`. */
export const Visit = createParamDecorator((_: unknown, context: ExecutionContext): FamilyVisit => {
  const { visit } = context.switchToHttp().getRequest<FastifyRequest>();
  if (visit === undefined) throw new Error('only a page of a signed-in family has a visit');
  return visit;
});
