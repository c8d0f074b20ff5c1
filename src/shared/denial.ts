import type { Refusal } from './refusal.js';
import { refused, type Result } from './result.js';

/** One thing wrong with what was sent, at a JSON pointer into it (RFC 6901). */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** A move that the state does not allow, whichever machine it is of. */
export interface DeniedMove {
  readonly from: string;
  readonly move: string;
  readonly possible: readonly string[];
}

/** Why something was not done: each an expected answer, none an error of ours. */
export type Denial =
  /** Absent, or out of the caller's reach: told apart to nobody. */
  | { readonly kind: 'not_found' }
  /** It would take more rights than the caller has. */
  | { readonly kind: 'forbidden'; readonly detail: string }
  /** Policy says no: every reason at once, in order; `detail`: what else is to be said, as why an override does not help. */
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[]; readonly detail?: string }
  /** Read, but against a rule. */
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  /** Not from this state. */
  | { readonly kind: 'invalid_move'; readonly move: DeniedMove }
  /** Something of that key is there already. */
  | { readonly kind: 'exists'; readonly fault: Fault }
  /** Changed by somebody else since it was read. */
  | { readonly kind: 'stale' };

/** What a service answers: the value, or why not. */
export type Outcome<T> = Result<T, Denial>;

export const notFound = (): Result<never, Denial> => refused({ kind: 'not_found' });
export const forbidden = (detail: string): Result<never, Denial> => refused({ kind: 'forbidden', detail });
export const stale = (): Result<never, Denial> => refused({ kind: 'stale' });
export const refusedFor = (reasons: readonly Refusal[], detail?: string): Result<never, Denial> =>
  refused({ kind: 'refused', reasons, ...(detail !== undefined && { detail }) });
export const invalidMove = (move: DeniedMove): Result<never, Denial> => refused({ kind: 'invalid_move', move });
export const invalid = (...faults: readonly Fault[]): Result<never, Denial> => refused({ kind: 'invalid', faults });
export const alreadyExists = (pointer: string, message: string): Result<never, Denial> =>
  refused({ kind: 'exists', fault: { pointer, code: 'ALREADY_EXISTS', message } });

/** An id, or a tag, in a body that names nothing within the caller's reach. */
export const unknownReference = (pointer: string, by: 'id' | 'tag' = 'id'): Fault => ({
  pointer,
  code: 'UNKNOWN_REFERENCE',
  message: `names nothing that you can use; check the ${by}`,
});
