import type { Claim, Tx } from '../database/index.js';
import { Problem } from '../http/problem.js';
import type { Effect } from './effects.js';
import type { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

/** An effect that a repetition must not have again. */
export type LastingEffect = Extract<Effect, { readonly kinds: readonly string[] }>;

export const inFlight = (): Problem => Problem.of('IDEMPOTENCY_IN_FLIGHT', { headers: { 'retry-after': '1' } });

/**
 * The claim on the key of a running request. Every transaction of its caller first locks the claim, and the one with the effect records it.
 */
export class HeldKey implements Claim {
  constructor(
    readonly id: string,
    private readonly keys: IdempotencyKeysRepository,
    private readonly effect: LastingEffect,
    /** The id in the operation's path, if the operation changes the thing that the path names. */
    private readonly named: string | undefined,
    /** Null while a form is still being read. */
    private readonly bodyHash: () => string | null,
  ) {}

  /** @throws Problem when a repetition has taken the key over; then that one does the work and gives the answer */
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
