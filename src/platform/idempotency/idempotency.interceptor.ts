import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { firstValueFrom, from, type Observable } from 'rxjs';
import { newId } from '../../shared/ids.js';
import { Clock } from '../clock/clock.js';
import { type Caller, Transactions } from '../database/index.js';
import { AnswerHeadersInterceptor } from '../http/answer-headers.interceptor.js';
import { Problem, problemDocument } from '../http/problem.js';
import { digestForm } from '../http/upload.js';
import { Log } from '../logging/log.js';
import { Every } from '../outbox/index.js';
import { EffectRegistry } from './effect-registry.js';
import { ONE_TIME_SECRETS } from './effects.js';
import { HeldKey, inFlight, type LastingEffect } from './held-key.js';
import { IdempotencyKeysRepository, type KeptAnswer, type KeyName, type KeyRow } from './idempotency-keys.repository.js';
import { idempotencyKeyOf } from './key.js';
import { LeaseRenewer } from './lease-renewer.js';

const KEPT_HEADERS = ['etag', 'location'];
/** The number of tries to claim a key, because it may become free between two steps. */
const LOOKS = 3;

/** One request with a key. */
interface KeyedRequest {
  readonly context: ExecutionContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly caller: Caller;
  readonly effect: LastingEffect;
  readonly name: KeyName;
}

/** Answers a repeated POST with the answer of the first one. Runs after the caller's rights were checked. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly transactions: Transactions,
    private readonly keys: IdempotencyKeysRepository,
    private readonly leases: LeaseRenewer,
    private readonly effects: EffectRegistry,
    private readonly headers: AnswerHeadersInterceptor,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
    private readonly log: Log,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const effect = this.effects.effectOf(context.getHandler());
    const { caller } = request;
    if (caller === null || effect === undefined || !('kinds' in effect)) return next.handle();
    const key = idempotencyKeyOf(request);
    if (key === null) return next.handle();
    const name = { caller: caller.id, operation: `${request.method} ${request.url.split('?')[0]}`, key };
    return from(this.once({ context, request, reply: context.switchToHttp().getResponse(), caller, effect, name }, next));
  }

  @Every(3600)
  forget(): Promise<number> {
    return this.transactions.system((tx) => this.keys.forget(tx));
  }

  private async once(keyed: KeyedRequest, next: CallHandler): Promise<unknown> {
    const claim = newId();
    const kept = await this.take(keyed, claim);
    if (kept === null) return this.run(keyed, claim, next);
    if (kept.bodyHash !== null && kept.bodyHash !== (await bodyHash(keyed.request))) throw Problem.of('IDEMPOTENCY_KEY_REUSED');
    return kept.status === null ? this.showAgain(keyed, kept) : replay(kept, keyed.reply);
  }

  /** Claims the key. Returns null when it now belongs to this claim, else what was done or answered under it. */
  private async take({ request, caller, name }: KeyedRequest, claim: string): Promise<KeyRow | null> {
    const taking = { claim, bodyHash: jsonHash(request) };
    for (let look = 1; look <= LOOKS; look++) {
      const found = await this.transactions.write(caller.councilId, async (tx) =>
        (await this.keys.take(tx, name, taking)) ? 'taken' : this.keys.find(tx, name),
      );
      if (found === 'taken') return null;
      if (found === null) continue;
      const isDone = found.status !== null || found.madeKind !== null;
      if (isDone && !found.isPast) return found;
      if (!found.isPast && isOther(found.bodyHash, taking.bodyHash)) throw Problem.of('IDEMPOTENCY_KEY_REUSED');
      if (!found.isPast && !found.isAbandoned) throw inFlight();
      if (await this.transactions.write(caller.councilId, (tx) => this.keys.takeOver(tx, name, found.claim, taking))) return null;
    }
    throw inFlight();
  }

  private async run(keyed: KeyedRequest, claim: string, next: CallHandler): Promise<unknown> {
    const { request, effect } = keyed;
    const parameters = request.params as Readonly<Record<string, string>>;
    const named = effect.effect === 'changes' ? parameters[this.effects.parameterOf(effect.kinds[0])] : undefined;
    request.claim = new HeldKey(claim, this.keys, effect, named, () => knownHash(request));
    this.leases.add(claim);
    try {
      const body: unknown = await firstValueFrom(next.handle());
      await this.keep(keyed, claim, body);
      return body;
    } catch (error) {
      await this.settleRefused(keyed, claim, error);
      throw error;
    } finally {
      this.leases.drop(claim);
    }
  }

  /**
   * Shows what was made under the key as it is now. The process that made it died before its answer was stored, or is about to store it.
   */
  private async showAgain(keyed: KeyedRequest, { claim, madeKind, madeId, isAbandoned }: KeyRow): Promise<unknown> {
    const { context, request, reply } = keyed;
    const { maker } = request;
    if (maker === null || madeKind === null || madeId === null) throw new Error('a key under which nothing was made');
    const shown = await this.effects.show({ kind: madeKind, id: madeId }, maker, request.params as Readonly<Record<string, string>>);
    const body = this.withoutSecrets(keyed, shown);
    this.headers.set(context, body);
    if (isAbandoned) await this.keep(keyed, claim, body);
    void reply.header('idempotency-replayed', 'true');
    return body;
  }

  /**
   * Stores the answer. If that fails, the answer is given all the same, because the effect is committed; a repetition then shows what was
   * made.
   */
  private async keep(keyed: KeyedRequest, claim: string, body: unknown): Promise<void> {
    const { reply, request, caller } = keyed;
    const headers = Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
    );
    const answer = { status: reply.statusCode, headers, body: this.withoutSecrets(keyed, body), bodyHash: knownHash(request) };
    await this.transactions
      .write(caller.councilId, (tx) => this.keys.keep(tx, claim, answer, this.clock.now()))
      .catch((error: unknown) => {
        this.log.error('the answer to a request with an Idempotency-Key could not be kept', { error: (error as Error).name });
      });
  }

  /** A refusal with 422 is stored. After any other refusal the key is free, unless something was made before. */
  private async settleRefused({ request, caller }: KeyedRequest, claim: string, error: unknown): Promise<void> {
    const answer: KeptAnswer | null =
      error instanceof Problem && error.status === 422
        ? {
            status: 422,
            headers: {},
            body: problemDocument(error, request.url.split('?')[0] ?? '', request.traceId),
            bodyHash: knownHash(request),
          }
        : null;
    await this.transactions
      .write(caller.councilId, (tx) => (answer ? this.keys.keep(tx, claim, answer, this.clock.now()) : this.keys.release(tx, claim)))
      .catch(() => undefined);
  }

  private withoutSecrets({ context }: KeyedRequest, body: unknown): unknown {
    const members = this.reflector.get<string[] | undefined>(ONE_TIME_SECRETS, context.getHandler()) ?? [];
    if (members.length === 0 || body === null || typeof body !== 'object') return body;
    return Object.fromEntries(Object.entries(body).filter(([name]) => !members.includes(name)));
  }
}

function replay(kept: KeyRow, reply: FastifyReply): unknown {
  void reply.status(kept.status ?? 200).headers({ ...kept.headers, 'idempotency-replayed': 'true' });
  if (kept.status === 422) void reply.header('content-type', 'application/problem+json; charset=utf-8');
  return kept.body;
}

const isOther = (kept: string | null, sent: string | null): boolean => kept !== null && sent !== null && kept !== sent;

/** Null for a form, whose file has not been read yet. */
function jsonHash(request: FastifyRequest): string | null {
  if (request.isMultipart()) return null;
  return createHash('sha256')
    .update(request.body === undefined ? '' : JSON.stringify(request.body))
    .digest('base64url');
}

/** The hash of the body as far as it has been read; null when it is not known yet. */
const knownHash = (request: FastifyRequest): string | null => jsonHash(request) ?? request.formDigest;

/** The hash of a body that nothing else reads; a form is read to its end for it. */
async function bodyHash(request: FastifyRequest): Promise<string> {
  return jsonHash(request) ?? (await digestForm(request));
}
