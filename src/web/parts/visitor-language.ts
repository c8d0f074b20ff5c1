import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage, hasText, textLanguage, type TextLanguage, textLanguageOf } from '../../shared/language.js';

/** The cookie holds the language that the visitor chose, and nothing else. */
const COOKIE = 'language';
const A_YEAR = 365 * 24 * 3600;

/** The language of a page: the one that was chosen, else the one that the browser asks for, else the council's, else French. */
export function languageOf(request: FastifyRequest, locale: string | undefined): TextLanguage {
  const chosen = textLanguageOf(request.cookies[COOKIE] ?? '');
  return chosen ?? textLanguage(preferredLanguage(request.headers['accept-language'], hasText) ?? locale ?? '');
}

/** Remembers the language that was chosen, for a year. */
export function rememberLanguage(reply: FastifyReply, language: TextLanguage, { secure }: { readonly secure: boolean }): void {
  void reply.setCookie(COOKIE, language, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: A_YEAR });
}
