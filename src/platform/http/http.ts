import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Settings } from '../config/settings.js';
import { Metrics } from '../health/metrics.js';
import { ReadinessService } from '../health/readiness.service.js';
import { Log } from '../logging/log.js';
import { readBodies, contentTypeProblem } from './bodies.js';
import { compressPage } from './compression.js';
import { Problem } from './problem.js';
import { routeOf } from './request-context.js';
import { completeServer, standingHeaders, traceIdOf } from './server.js';

/** The only paths that a process of the role `worker` serves. */
const OF_A_WORKER = new Set(['/healthz', '/readyz', '/metrics']);
/** What a page may load: only its own inline style. */
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/** What every request passes through before its handler: content types, ids, headers, a log line, and its duration. */
export function conventions(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const log = app.get(Log);
  const metrics = app.get(Metrics);
  const readiness = app.get(ReadinessService);
  const isWorker = app.get(Settings).role === 'worker';

  fastify.decorateRequest('caller', null);
  fastify.decorateRequest('maker', null);
  fastify.decorateRequest('claim', null);
  fastify.decorateRequest('formDigest', null);
  fastify.decorateRequest('traceId', '');
  fastify.decorateRequest('text', null);
  readBodies(app);
  completeServer(fastify.server);

  fastify.addHook('onRequest', (request, reply, done) => {
    request.traceId = traceIdOf(request.headers.traceparent);
    void reply.headers(standingHeaders(request.id));
    if (isWorker && !OF_A_WORKER.has(routeOf(request))) {
      done(Problem.of('NOT_FOUND'));
      return;
    }
    done(missingHost(request) ?? contentTypeProblem(request) ?? undefined);
  });

  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (readiness.isStopping) void reply.header('connection', 'close');
    if (!/^text\/html/.test(String(reply.getHeader('content-type')))) {
      done();
      return;
    }
    void reply.header('content-security-policy', policyOf(reply));
    compressPage(request.headers['accept-encoding'], reply, payload).then((body) => done(null, body), done);
  });

  const write = (request: FastifyRequest, what: Readonly<Record<string, unknown>>) =>
    log.info('request', {
      requestId: request.id,
      traceId: request.traceId,
      method: request.method,
      route: routeOf(request),
      ...what,
      caller: request.caller?.id,
      council: request.caller?.councilId,
    });

  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.requests.observe({ method: request.method, route: routeOf(request), status: reply.statusCode }, reply.elapsedTime / 1000);
    write(request, { status: reply.statusCode, milliseconds: Math.round(reply.elapsedTime) });
    done();
  });

  // The client closed the connection, so it received no answer.
  fastify.addHook('onRequestAbort', (request, done) => {
    write(request, { hungUp: true });
    done();
  });
}

/** A problem when the header Host is missing. HTTP/1.1 requires it (RFC 9112, 3.2), and links are made from it. */
function missingHost({ raw }: FastifyRequest): Problem | null {
  if (raw.httpVersion !== '1.1' || raw.headers.host !== undefined) return null;
  return Problem.of('MALFORMED_REQUEST', { detail: 'the Host header is missing' });
}

/**
 * The Content-Security-Policy of an answer. No page may be shown inside another one; an answer without a policy of its own may load
 * nothing.
 */
function policyOf(reply: FastifyReply): string {
  const own = reply.getHeader('content-security-policy');
  return `${typeof own === 'string' ? own : PAGE_POLICY}; frame-ancestors 'none'`;
}
