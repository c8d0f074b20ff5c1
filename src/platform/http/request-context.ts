import type { FastifyRequest } from 'fastify';

/** Who a request comes from, as far as the platform cares: identity says more. */
export interface Caller {
  /** `user:…` or `client:…`. */
  readonly id: string;
  readonly councilId: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
    traceId: string;
    /** The JSON body as it was sent, where the route keeps it: for signatures. */
    text: string | null;
  }
  interface FastifyContextConfig {
    /** The one content type that a route takes, in JSON's place. */
    consumes?: string;
    /** The handler needs the body as it was sent. */
    keepsText?: boolean;
    /** The body is streamed by the handler; this many bytes at most. */
    bodyLimit?: number;
  }
}

/** The route as declared, such as `/api/v1/devices/:deviceId`: safe to log, unlike the address with its query. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? '(none)';
}
