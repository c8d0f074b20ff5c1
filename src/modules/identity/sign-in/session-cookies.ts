import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem, Settings } from '../../../platform/index.js';

/** How sessions are kept in browsers, of staff and of families. */
@Injectable()
export class SessionCookies {
  constructor(private readonly settings: Settings) {}

  get options() {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.settings.secureCookies } as const;
  }

  /**
   * Requires that a form was sent by a page of this program. A page of another site must not sign somebody in without their knowledge.
   * Browsers say where a page comes from; other clients send no such header. @throws Problem FORBIDDEN
   */
  requireOwnPage(request: FastifyRequest): void {
    if (this.isOwnPage(request) === false) throw Problem.of('FORBIDDEN', { detail: 'a page of another site may not sign people in here' });
  }

  /** Whether a form was sent by a page of this program; null where the client does not say where it comes from. */
  isOwnPage({ headers, host }: FastifyRequest): boolean | null {
    const { origin, 'sec-fetch-site': site } = headers;
    if (site !== undefined) return site === 'same-origin';
    if (origin === undefined) return null;
    const from = URL.canParse(origin) ? new URL(origin).host : null;
    const own = [host, this.settings.baseUrl === null ? null : new URL(this.settings.baseUrl).host];
    return from !== null && own.includes(from);
  }
}
