import { randomBytes } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemDocument } from './problem.js';

/** The time within which all headers of a request must have arrived. A client that sends them byte by byte is disconnected. */
const HEADERS_MS = 15_000;
/** The time within which a whole request must have arrived. The largest upload takes minutes on a slow line. */
const REQUEST_MS = 300_000;
/** The time after which a connection without traffic is closed. It is longer than the slowest statement may take. */
const IDLE_MS = 60_000;
/** Longer than proxies keep a connection open, so that the proxy and not this program closes an idle one. */
const KEEP_ALIVE_MS = 72_000;
/** How long a refused connection stays open, so that the client can read why. */
const LINGER_MS = 1000;

/** Version 00 of the header ends here; later versions may continue after a dash. */
const TRACEPARENT = /^(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/**
 * The options of Fastify: sizes, times, whose word about addresses is trusted, request ids, and the answers to requests without a route.
 */
export const fastifyOptions = (trustProxy: boolean) => ({
  bodyLimit: 1024 * 1024,
  trustProxy,
  genReqId: () => randomBytes(8).toString('hex'),
  requestIdHeader: false as const,
  routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
  requestTimeout: REQUEST_MS,
  connectionTimeout: IDLE_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  // By default Node checks its connections every half minute; with this interval the times above are kept to a second. A missing Host is
  // answered by our own hook.
  http: { headersTimeout: HEADERS_MS, connectionsCheckingInterval: 1000, requireHostHeader: false },
  // Requests that arrive while the program stops are answered, and then the connection is closed.
  return503OnClosing: false,
  frameworkErrors,
  clientErrorHandler,
});

/** The trace id that the client sent (W3C Trace Context), else a new one. */
export function traceIdOf(traceparent: unknown): string {
  return TRACEPARENT.exec(typeof traceparent === 'string' ? traceparent : '')?.[1] ?? randomBytes(16).toString('hex');
}

/** The headers of every answer. */
export const standingHeaders = (requestId: string) => ({
  'x-request-id': requestId,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
});

/** Answers what the router refuses, such as an address that cannot be decoded. None of our hooks has run then. */
function frameworkErrors(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = Problem.of('MALFORMED_REQUEST', { detail: 'the address cannot be read' });
  void reply
    .status(problem.status)
    .headers({ ...standingHeaders(request.id), 'content-type': 'application/problem+json; charset=utf-8' })
    .send(JSON.stringify(problemDocument(problem, request.url.split('?')[0] ?? '', traceIdOf(request.headers.traceparent))));
}

/** Answers what is not HTTP, is too long or too slow. There is a connection then, but no request. */
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

/** Answers in our form what Node would otherwise answer by itself, before a request reaches Fastify. */
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

/** Answers on the connection itself. Node no longer watches it, so the connection ends here whatever the client does. */
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
