import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseAway } from '../database/index.js';
import { Log } from '../logging/log.js';
import { unsupportedMediaType } from './bodies.js';
import { Problem, problemDocument, type ProblemCode } from './problem.js';
import { hasDisconnected, routeOf } from './request-context.js';

/** The problem code of each status that Fastify and Nest answer before the code of the program runs. */
const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  414: 'MALFORMED_REQUEST',
  503: 'UNAVAILABLE',
};
/** The error codes of reading from a client that has closed the connection. */
const OF_HANG_UPS = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);
const RETRY_AFTER_SECONDS = '2';

/** Turns every error into a problem document. Nothing else does, but for pages, which tell the problem in words. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = this.problemOf(error, request, reply);
    const headers = { ...(problem.status === 503 && { 'retry-after': RETRY_AFTER_SECONDS }), ...problem.details.headers };
    this.answer(problem, request, reply.status(problem.status).headers(headers));
  }

  /** Writes the problem as a program reads it. What answers with pages writes it in its own way. */
  protected answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
    void reply
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemDocument(problem, request.url.split('?')[0] ?? '', request.traceId)));
  }

  private problemOf(error: unknown, request: FastifyRequest, reply: FastifyReply): Problem {
    if (error instanceof Problem) return error;
    // The client is gone, so nobody receives this answer, and the program is not to blame.
    if (OF_HANG_UPS.has((error as { code?: string }).code ?? '') && hasDisconnected(request, reply))
      return Problem.of('MALFORMED_REQUEST', { detail: 'the connection was closed before the request was complete' });
    if (isDatabaseAway(error)) {
      const { code } = error as { code?: string };
      this.log.warn('the database could not answer', { requestId: request.id, route: routeOf(request), code });
      return Problem.of('UNAVAILABLE');
    }
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    if (error instanceof SyntaxError && status === 400) return Problem.of('MALFORMED_BODY', { detail: 'the body is not valid JSON' });
    if (status === 415) return unsupportedMediaType(request);
    const code = status === undefined ? undefined : BY_STATUS[status];
    if (code !== undefined) return Problem.of(code);
    const { name, code: faultCode, stack } = error as Error & { code?: string };
    // Only the positions of the stack are logged: its first line is the message, which may quote data.
    const places = stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 12)
      .join('\n');
    this.log.error('request failed', { requestId: request.id, route: routeOf(request), error: name, code: faultCode, stack: places });
    return Problem.of('INTERNAL_ERROR');
  }
}
