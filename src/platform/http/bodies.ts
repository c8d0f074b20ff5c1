import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { exceededLimit } from './json-size.js';
import { Problem } from './problem.js';

/** No body of the API is nested deeper. One that is could exhaust the stack of the code that reads it. */
const DEEPEST_BODY = 32;
/**
 * The most values and members that a body may have. The largest that the API needs is a thousand rules of twenty settings each. A body with
 * more is not even parsed.
 */
export const MOST_VALUES = 50_000;
/** The most fields of a form; forms have only a few. */
const MOST_FIELDS = 100;
const LARGEST_FORM = 64 * 1024;
const JSON_TYPE = 'application/json';
/** With these methods a body is not read, whatever the headers say. */
const BODYLESS = new Set(['GET', 'HEAD']);
const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** Bodies are JSON. A form is accepted only where the route says so, since browsers send forms across sites without asking. */
export function readBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const readJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(JSON_TYPE, { parseAs: 'string' }, (request, body, done) => {
    const text = body as string;
    const { keepsText, takesText } = request.routeOptions.config;
    if (keepsText === true) request.text = text;
    if (text.length === 0) done(null, undefined);
    else if (takesText === true) done(null, text);
    else {
      const limit = exceededLimit(text, { depth: DEEPEST_BODY, values: MOST_VALUES });
      if (limit === 'depth') done(malformed('the body is nested too deep'));
      else if (limit === 'values') done(malformed(`the body has more than ${MOST_VALUES} values`));
      else void readJson(request, text, (error, value) => done(error ? malformed('the body is not valid JSON') : null, value));
    }
  });
  fastify.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: LARGEST_FORM }, (_request, body, done) => {
    const text = body as string;
    if (text.split('&', MOST_FIELDS + 1).length > MOST_FIELDS) {
      done(malformed(`a form may have ${MOST_FIELDS} fields`));
      return;
    }
    const fields = [...new URLSearchParams(text)];
    const isTwice = new Set(fields.map(([name]) => name)).size < fields.length;
    if (isTwice) done(malformed('the form has a field twice'));
    else done(null, Object.fromEntries(fields));
  });
}

/** A problem when the content type is not the one that the operation takes. It is found before the body is read. */
export function contentTypeProblem(request: FastifyRequest): Problem | null {
  const contentType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (contentType === undefined || request.is404 || BODYLESS.has(request.method)) return null;
  const { consumes } = request.routeOptions.config;
  const isWanted = consumes === undefined ? ![FORM, MULTIPART].includes(contentType) : contentType === consumes;
  return isWanted ? null : unsupportedMediaType(request);
}

/** The problem that names the accepted content type, in words and in the header of RFC 9110, 15.5.16. */
export function unsupportedMediaType(request: FastifyRequest): Problem {
  const wanted = request.routeOptions.config.consumes ?? JSON_TYPE;
  return Problem.of('UNSUPPORTED_MEDIA_TYPE', { detail: `send ${wanted}`, headers: { accept: wanted } });
}

const malformed = (detail: string): Problem => Problem.of('MALFORMED_BODY', { detail });
