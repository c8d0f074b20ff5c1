import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { Page } from './page.js';
import { etagOf } from './version.js';

/**
 * Headers that follow from the answer itself: ETag from a version, Location of what was created, Link to the next page. The version guards
 * changes; what is computed beside it (a place in the queue) moves without it, so no GET is answered 304.
 */
@Injectable()
export class AnswerHeaders implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (answer === null || typeof answer !== 'object' || reply.sent) return answer;
        const path = request.url.split('?')[0] ?? '';
        const { version, id, nextCursor } = answer as { version?: unknown; id?: unknown } & Partial<Page<unknown>>;
        if (typeof version === 'number') void reply.header('etag', etagOf(version));
        if ([201, 202].includes(reply.statusCode) && typeof id === 'string' && !reply.hasHeader('location'))
          void reply.header('location', `${path}/${id}`);
        if (typeof nextCursor === 'string') void reply.header('link', `<${nextPage(request, path, nextCursor)}>; rel="next"`);
        return answer;
      }),
    );
  }
}

function nextPage(request: FastifyRequest, path: string, cursor: string): string {
  const query = new URLSearchParams(request.url.slice(path.length));
  query.set('cursor', cursor);
  return `${path}?${query.toString()}`;
}
