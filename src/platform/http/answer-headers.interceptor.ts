import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { EffectRegistry } from '../idempotency/effect-registry.js';
import type { Page } from './page.js';
import { etagOf } from './version.js';

/**
 * Sets the headers that follow from the answer itself: the ETag from a version, the Location of what was created, the Link to the next
 * page. The version protects changes; computed members, such as a place in the queue, change without it, and so no GET is answered with
 * 304.
 */
@Injectable()
export class AnswerHeadersInterceptor implements NestInterceptor {
  constructor(private readonly effects: EffectRegistry) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((answer: unknown) => {
        this.set(context, answer);
        return answer;
      }),
    );
  }

  /** Sets these headers for the answer to this request. */
  set(context: ExecutionContext, answer: unknown): void {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (answer === null || typeof answer !== 'object' || reply.sent) return;
    const path = request.url.split('?')[0] ?? '';
    const { version, id, nextCursor } = answer as { version?: unknown; id?: unknown } & Partial<Page<unknown>>;
    if (typeof version === 'number' || version === null) void reply.header('etag', etagOf(version));
    if ([201, 202].includes(reply.statusCode) && !reply.hasHeader('location')) {
      const below = typeof id === 'string' ? `${path}/${id}` : null;
      const address = this.effects.addressOf(context.getHandler(), answer as Record<string, unknown>) ?? below;
      if (address !== null) void reply.header('location', address);
    }
    if (typeof nextCursor === 'string') void reply.header('link', `<${nextPage(request, path, nextCursor)}>; rel="next"`);
  }
}

function nextPage(request: FastifyRequest, path: string, cursor: string): string {
  const query = new URLSearchParams(request.url.slice(path.length));
  query.set('cursor', cursor);
  return `${path}?${query.toString()}`;
}
