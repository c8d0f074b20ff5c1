import type { Claim, Tx } from '../database/index.js';
import { Problem } from '../http/problem.js';
import type { Effect } from './effects.js';
import type { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

/** What a POST does that a repetition must not do again. */
export type LastingEffect = Extract<Effect, { readonly kinds: readonly string[] }>;

export const inFlight = (): Problem => Problem.of('IDEMPOTENCY_IN_FLIGHT', { headers: { 'retry-after': '1' } });

/** The key of a request that runs: every transaction of its caller locks it first, and the one that does something writes down what. */
export class HeldKey implements Claim {
  constructor(
    readonly id: string,
    private readonly keys: IdempotencyKeysRepository,
    private readonly effect: LastingEffect,
    /** What the operation's path names, for one that changes it. */
    private readonly named: string | undefined,
    /** Null while a form is still being read. */
    private readonly bodyHash: () => string | null,
  ) {}

  /** @throws Problem when a repetition took the key over: it does the work, and tells what came of it */
  async hold(tx: Tx): Promise<void> {
    if (!(await this.keys.hold(tx, this.id))) throw inFlight();
  }

  async settle(tx: Tx): Promise<void> {
    const { effect, kinds } = this.effect;
    const made = effect === 'makes' ? tx.firstMade(kinds) : this.named === undefined ? null : { kind: kinds[0], id: this.named };
    if (!made) throw new Error(`a POST that makes ${kinds.join(' or ')} did not say which: its service must call tx.made`);
    await this.keys.settle(tx, this.id, made, this.bodyHash());
  }
}
