import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { Metrics } from '../health/metrics.js';
import { Log } from '../logging/log.js';
import { Problem } from './problem.js';
import { routeOf } from './request-context.js';

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** Fastify's own options: how large a body may be, whom to believe about addresses, ids of requests. */
export const fastifyOptions = (trustProxy: boolean) => ({
  bodyLimit: 1024 * 1024,
  trustProxy,
  genReqId: () => randomBytes(8).toString('hex'),
  requestIdHeader: false as const,
  routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
});

/** What every request goes through before its handler: content types, ids, headers, a line in the log, its time. */
export function conventions(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const log = app.get(Log);
  const metrics = app.get(Metrics);

  fastify.decorateRequest('caller', null);
  fastify.decorateRequest('traceId', '');
  readBodies(app);

  fastify.addHook('onRequest', (request, reply, done) => {
    request.traceId = TRACEPARENT.exec(String(request.headers.traceparent ?? ''))?.[1] ?? randomBytes(16).toString('hex');
    void reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    done(unreadable(request) ?? undefined);
  });

  fastify.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    log.info('request', {
      requestId: request.id,
      traceId: request.traceId,
      method: request.method,
      route,
      status: reply.statusCode,
      milliseconds: Math.round(reply.elapsedTime),
      caller: request.caller?.id,
      council: request.caller?.councilId,
    });
    done();
  });
}

/** JSON everywhere; a form only where the route says so, since browsers send forms across sites without asking. */
function readBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const readJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else
      void readJson(request, body as string, (error, value) => {
        done(error ? Problem.of('MALFORMED_BODY', { detail: 'the body is not valid JSON' }) : null, value);
      });
  });
  fastify.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body as string)));
  });
}

function unreadable(request: FastifyRequest): Problem | null {
  const contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (contentType === undefined || request.is404) return null;
  const wanted = request.routeOptions.config.consumes ?? 'application/json';
  return [FORM, MULTIPART].includes(contentType) && contentType !== wanted ? Problem.of('UNSUPPORTED_MEDIA_TYPE') : null;
}
