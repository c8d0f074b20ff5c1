import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Claim } from '../database/index.js';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    /** The caller with the reach of the whole council: what they made is shown to them again wherever it lies by now. */
    maker: Caller | null;
    /** What this request holds while it runs: its `Idempotency-Key`. */
    claim: Claim | null;
    /** What the form that was read held, its file too; null before it was read to its end. */
    formDigest: string | null;
    traceId: string;
    /** The JSON body as it was sent, where the route keeps it: for signatures. */
    text: string | null;
  }
  interface FastifyContextConfig {
    /** The one content type that a route takes, in JSON's place. */
    consumes?: string;
    /** The handler needs the body as it was sent. */
    keepsText?: boolean;
    /** The handler is given the text of the JSON body, which is read elsewhere. */
    takesText?: boolean;
    /** The body is streamed by the handler; this many bytes at most. */
    bodyLimit?: number;
  }
}

/** The caller closed the connection before the answer was written. */
export function hasDisconnected({ raw }: FastifyRequest, reply: FastifyReply): boolean {
  return raw.socket.destroyed && !reply.raw.writableFinished;
}

/** The route as declared, such as `/api/v1/devices/:deviceId`: safe to log, unlike the address with its query. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}
