import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Settings } from '../config/settings.js';
import { Metrics } from '../health/metrics.js';
import { Readiness } from '../health/readiness.js';
import { Log } from '../logging/log.js';
import { depthOfJson } from './json-depth.js';
import { Problem } from './problem.js';
import { routeOf } from './request-context.js';
import { standingHeaders, traceIdOf } from './server.js';

/** No body of ours is nested deeper; one that is could exhaust the stack of whoever walks it. */
const DEEPEST_BODY = 32;
/** What a process of role `worker` serves. */
const OF_A_WORKER = new Set(['/healthz', '/readyz', '/metrics']);
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** What every request goes through before its handler: content types, ids, headers, a line in the log, its time. */
export function conventions(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const log = app.get(Log);
  const metrics = app.get(Metrics);
  const readiness = app.get(Readiness);
  const isWorker = app.get(Settings).role === 'worker';

  fastify.decorateRequest('caller', null);
  fastify.decorateRequest('maker', null);
  fastify.decorateRequest('claim', null);
  fastify.decorateRequest('formDigest', null);
  fastify.decorateRequest('traceId', '');
  fastify.decorateRequest('text', null);
  readBodies(app);

  fastify.addHook('onRequest', (request, reply, done) => {
    request.traceId = traceIdOf(request.headers.traceparent);
    void reply.headers(standingHeaders(request.id));
    if (isWorker && !OF_A_WORKER.has(routeOf(request))) {
      done(Problem.of('NOT_FOUND'));
      return;
    }
    done(unreadable(request) ?? undefined);
  });

  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isStopping) void reply.header('connection', 'close');
    done();
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
    if (request.routeOptions.config.keepsText === true) request.text = body as string;
    if (body.length === 0) done(null, undefined);
    else if (depthOfJson(body as string) > DEEPEST_BODY) done(Problem.of('MALFORMED_BODY', { detail: 'the body is nested too deep' }));
    else
      void readJson(request, body as string, (error, value) => {
        done(error ? Problem.of('MALFORMED_BODY', { detail: 'the body is not valid JSON' }) : null, value);
      });
  });
  fastify.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, done) => {
    const fields = [...new URLSearchParams(body as string)];
    const isTwice = new Set(fields.map(([name]) => name)).size < fields.length;
    if (isTwice) done(Problem.of('MALFORMED_BODY', { detail: 'the form has a field twice' }));
    else done(null, Object.fromEntries(fields));
  });
}

function unreadable(request: FastifyRequest): Problem | null {
  const contentType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (contentType === undefined || request.is404) return null;
  const { consumes } = request.routeOptions.config;
  const isWanted = consumes === undefined ? ![FORM, MULTIPART].includes(contentType) : contentType === consumes;
  return isWanted ? null : Problem.of('UNSUPPORTED_MEDIA_TYPE');
}
