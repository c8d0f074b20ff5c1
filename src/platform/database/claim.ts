import type { Tx } from './tx.js';

/** What a request holds while it runs, such as an `Idempotency-Key`, and what its effect must write in its own transaction. */
export interface Claim {
  /** At the beginning of the transaction: locks what is held. @throws when it is held no longer: nothing may be done then */
  hold(tx: Tx): Promise<void>;
  /** At its end, when it was not refused: writes down what was done, which stands or falls with the effect. */
  settle(tx: Tx): Promise<void>;
}

/** Who a request comes from, as far as the platform cares: identity says more. */
export interface Caller {
  /** `user:…`, `client:…` or `contact:…`. */
  readonly id: string;
  readonly councilId: string;
  readonly claim?: Claim;
}
