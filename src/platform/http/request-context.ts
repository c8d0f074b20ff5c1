import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, Claim } from '../database/index.js';

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    /**
     * The caller with the reach of the whole council. After a repeated POST the caller is shown what it made, wherever that belongs by now.
     */
    maker: Caller | null;
    /** The claim on the `Idempotency-Key` that this request holds while it runs. */
    claim: Claim | null;
    /** The digest of the form with its file; null until the form has been read to its end. */
    formDigest: string | null;
    traceId: string;
    /** The JSON body as it was sent, if the route keeps it to check a signature. */
    text: string | null;
  }
  interface FastifyContextConfig {
    /** The only content type that the route takes, instead of JSON. */
    consumes?: string;
    /** The handler needs the JSON body as it was sent. */
    keepsText?: boolean;
    /** The handler receives the JSON body as text and reads it elsewhere. */
    takesText?: boolean;
    /** The handler reads the body as a stream; this is the most bytes that it may have. */
    bodyLimit?: number;
  }
}

/** Whether the client closed the connection before the answer was written. */
export function hasDisconnected({ raw }: FastifyRequest, reply: FastifyReply): boolean {
  return raw.socket.destroyed && !reply.raw.writableFinished;
}

/** The route as it is declared, such as `/api/v1/devices/:deviceId`. Unlike the address with its query, it is safe to log. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}
