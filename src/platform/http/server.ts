import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemDocument } from './problem.js';

/** Every request's headers must be there by then: whoever sends them drop by drop is cut off. */
const HEADERS_MS = 15_000;
/** The largest upload over a slow line takes minutes. */
const REQUEST_MS = 300_000;
/** A connection on which nothing moves; longer than the slowest statement may take. */
const IDLE_MS = 60_000;
/** Longer than proxies keep theirs, so that they and not we end an idle connection. */
const KEEP_ALIVE_MS = 72_000;
/** So long does a connection that was refused wait for its peer to read why. */
const LINGER_MS = 1000;

/** Version 00 ends here; later ones may go on after a dash. */
const TRACEPARENT = /^(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/** Fastify's own options: sizes, times, whom to believe about addresses, ids of requests, and what it says before a route is found. */
export const fastifyOptions = (trustProxy: boolean) => ({
  bodyLimit: 1024 * 1024,
  trustProxy,
  genReqId: () => randomBytes(8).toString('hex'),
  requestIdHeader: false as const,
  routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
  requestTimeout: REQUEST_MS,
  connectionTimeout: IDLE_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  // Node looks at its connections every half minute if not told otherwise: what is promised holds to a second. A missing Host is answered by us.
  http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 1000, requireHostHeader: false },
  // What still comes while the program stops is answered; the connection ends after it.
  return503OnClosing: false,
  frameworkErrors,
  clientErrorHandler,
});

/** The trace that a request belongs to (W3C Trace Context), else a new one. */
export function traceIdOf(traceparent: unknown): string {
  return TRACEPARENT.exec(typeof traceparent === 'string' ? traceparent : '')?.[1] ?? randomBytes(16).toString('hex');
}

/** Headers of every answer. */
export const standingHeaders = (requestId: string) => ({
  'x-request-id': requestId,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
});

/** What the router refuses, such as an address that cannot be decoded: no hook of ours has run. */
function frameworkErrors(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = Problem.of('MALFORMED_REQUEST', { detail: 'the address cannot be read' });
  void reply
    .status(problem.status)
    .headers({ ...standingHeaders(request.id), 'content-type': 'application/problem+json; charset=utf-8' })
    .send(JSON.stringify(problemDocument(problem, request.url.split('?')[0] ?? '', traceIdOf(request.headers.traceparent))));
}

/** What is no HTTP, too long, or too slow: there is no request yet, only a connection. */
function clientErrorHandler(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  answerSocket(
    socket,
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? [408, 'Request Timeout', 'the request did not come in time']
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? [431, 'Request Header Fields Too Large', 'the address and the headers are longer than 16 KiB']
        : [400, 'Bad Request', 'this is not HTTP/1.1'],
  );
}

/** What Node would answer by itself, without a word, before a request is one of ours. */
export function completeServer(server: Server): void {
  server.on('checkExpectation', ({ headers }: IncomingMessage, response: ServerResponse) => {
    const problem = Problem.of('MALFORMED_REQUEST', { detail: 'Expect may be 100-continue and nothing else' });
    const body = JSON.stringify({ ...problemDocument(problem, '', traceIdOf(headers.traceparent)), status: 417 });
    response.writeHead(417, { ...headersOfProblem(body), connection: 'close' }).end(body);
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    answerSocket(socket, [400, 'Bad Request', 'this is no proxy']);
  });
}

/** Node watches this connection no more: whatever the peer does, it ends here. */
function answerSocket(socket: Socket, [status, reason, detail]: readonly [number, string, string]): void {
  const destroy = () => socket.destroy();
  socket.once('end', destroy).on('error', destroy).resume();
  setTimeout(destroy, LINGER_MS).unref();
  const problem = Problem.of('MALFORMED_REQUEST', { detail });
  const body = JSON.stringify({ ...problemDocument(problem, '', traceIdOf(undefined)), status });
  const lines = Object.entries({ ...headersOfProblem(body), connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n${body}`);
}

const headersOfProblem = (body: string) => ({
  ...standingHeaders(randomBytes(8).toString('hex')),
  'content-type': 'application/problem+json; charset=utf-8',
  'content-length': Buffer.byteLength(body),
});
