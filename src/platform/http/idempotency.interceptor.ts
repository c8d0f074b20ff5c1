import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, mergeMap, type Observable, of, switchMap, throwError } from 'rxjs';
import { Clock } from '../clock/clock.js';
import { Transactions } from '../database/index.js';
import { Log } from '../logging/log.js';
import { Every } from '../outbox/index.js';
import { Problem, problemDocument } from './problem.js';
import type { Caller } from './request-context.js';
import { REQUEST_MS } from './server.js';

const KEPT_HOURS = 24;
/** A request whose process died is no longer in flight after this long, in seconds: what it had received is done by then. */
const IN_FLIGHT_SECONDS = 60;
/** The same of one that reads a file while it runs. */
const UPLOADING_SECONDS = REQUEST_MS / 1000 + IN_FLIGHT_SECONDS;
const KEPT_HEADERS = ['etag', 'location'];
const KEY = /^"([\x20-\x7e]{1,255})"$/;

const ONE_TIME_SECRETS = 'http:one-time-secrets';

/** Members of the answer that are shown once: a replay leaves them out. */
export const OneTimeSecrets = (...members: string[]) => SetMetadata(ONE_TIME_SECRETS, members);

const NO_KEYS = 'http:ignores-idempotency-key';

/** The operation takes no notice of `Idempotency-Key`. */
export const IgnoresIdempotencyKey = () => SetMetadata(NO_KEYS, true);

/** Takes the key, unless somebody holds it; one that is past its time or whose request died counts as free. */
const TAKE = `
  INSERT INTO idempotency_keys AS k (council_id, caller, operation, key, body_hash, created_at)
  VALUES (current_council(), $1, $2, $3, $4, $5)
  ON CONFLICT (council_id, caller, operation, key) DO UPDATE
    SET body_hash = excluded.body_hash, created_at = excluded.created_at, answered_at = NULL, status = NULL, headers = NULL, body = NULL
    WHERE k.created_at < $6 OR (k.answered_at IS NULL AND k.created_at < $7 AND k.body_hash = excluded.body_hash)
  RETURNING true AS taken`;
const WHICH = 'caller = $1 AND operation = $2 AND key = $3';
const READ = `SELECT body_hash, status, headers, body FROM idempotency_keys WHERE council_id = current_council() AND ${WHICH}`;
/** The key as this request took it: one that was taken over has no say in it. */
const OURS = `council_id = current_council() AND ${WHICH} AND created_at = $4 AND answered_at IS NULL`;
const KEEP = `UPDATE idempotency_keys SET answered_at = $5, status = $6, headers = $7, body = $8 WHERE ${OURS}`;
const RELEASE = `DELETE FROM idempotency_keys WHERE ${OURS}`;
const FORGET = `DELETE FROM idempotency_keys WHERE created_at < now() - interval '${KEPT_HOURS} hours'`;

interface KeptAnswer {
  body_hash: string;
  status: number | null;
  headers: Record<string, string> | null;
  body: unknown;
}

/** Answers a repeated POST with what it answered the first time. Runs after the caller's rights were checked. */
@Injectable()
export class Idempotency implements NestInterceptor {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
    private readonly log: Log,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const given = request.headers['idempotency-key'];
    const { caller } = request;
    const ignored = this.reflector.get<boolean | undefined>(NO_KEYS, context.getHandler());
    if (request.method !== 'POST' || given === undefined || caller === null || ignored) return next.handle();
    const key = KEY.exec(String(given))?.[1];
    if (key === undefined)
      throw Problem.of('MALFORMED_REQUEST', { detail: 'Idempotency-Key must be a quoted string of 1 to 255 characters' });

    const which = [caller.id, `${request.method} ${request.url.split('?')[0]}`, key];
    const secrets = this.reflector.get<string[] | undefined>(ONE_TIME_SECRETS, context.getHandler()) ?? [];
    const takenAt = this.clock.now();
    return from(this.take(caller, which, request, takenAt)).pipe(
      switchMap((kept) => (kept ? of(replay(kept, reply)) : this.answer(next, caller, [...which, takenAt], request, reply, secrets))),
    );
  }

  @Every(3600)
  forget(): Promise<number> {
    return this.transactions.system((tx) => tx.execute(FORGET));
  }

  /** Null when the key is now ours; else the answer that is kept. */
  private take(caller: Caller, which: string[], request: FastifyRequest, now: Date): Promise<KeptAnswer | null> {
    const hash = bodyHash(request);
    const past = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    const inFlight = request.isMultipart() ? UPLOADING_SECONDS : IN_FLIGHT_SECONDS;
    return this.transactions.write(caller.councilId, async (tx) => {
      if (await tx.one(TAKE, [...which, hash, now, past(KEPT_HOURS * 3600), past(inFlight)])) return null;
      const kept = await tx.one<KeptAnswer>(READ, which);
      if (kept && kept.body_hash !== hash) throw Problem.of('IDEMPOTENCY_KEY_REUSED');
      if (kept?.status == null) throw Problem.of('IDEMPOTENCY_IN_FLIGHT', { headers: { 'retry-after': '1' } });
      return kept;
    });
  }

  private answer(
    next: CallHandler,
    caller: Caller,
    ours: (string | Date)[],
    request: FastifyRequest,
    reply: FastifyReply,
    secrets: string[],
  ): Observable<unknown> {
    const keep = (status: number, body: unknown) => {
      const headers = Object.fromEntries(
        KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
      );
      const values = [...ours, this.clock.now(), status, headers, JSON.stringify(body ?? null)];
      return this.transactions.write(caller.councilId, (tx) => tx.execute(KEEP, values));
    };
    const release = () => this.transactions.write(caller.councilId, (tx) => tx.execute(RELEASE, ours));
    return next.handle().pipe(
      mergeMap(async (body: unknown) => {
        // The effect stands: an answer that cannot be kept is given all the same, and its key stays taken until it counts as in flight no more.
        await keep(reply.statusCode, without(body, secrets)).catch((error: unknown) => {
          this.log.error('the answer to a request with an Idempotency-Key could not be kept', { error: (error as Error).name });
        });
        return body;
      }),
      catchError((error: unknown) => {
        const settled =
          error instanceof Problem && error.status === 422
            ? keep(422, problemDocument(error, request.url.split('?')[0] ?? '', request.traceId))
            : release();
        return from(settled.catch(() => undefined)).pipe(mergeMap(() => throwError(() => error)));
      }),
    );
  }
}

function replay(kept: KeptAnswer, reply: FastifyReply): unknown {
  void reply.status(kept.status ?? 200).headers({ ...kept.headers, 'idempotency-replayed': 'true' });
  if (kept.status === 422) void reply.header('content-type', 'application/problem+json; charset=utf-8');
  return kept.body;
}

/** Of a streamed body only the length is known before it is read: a key sent again with a file of another length is found out. */
function bodyHash(request: FastifyRequest): string {
  const body = request.body === undefined ? (request.headers['content-length'] ?? '') : JSON.stringify(request.body);
  return createHash('sha256').update(body).digest('base64url');
}

function without(body: unknown, members: readonly string[]): unknown {
  if (members.length === 0 || body === null || typeof body !== 'object') return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !members.includes(name)));
}
