import type { Refusal } from './refusal.js';
import { refused, type Result } from './result.js';

/** One thing that is wrong in a request, at a JSON pointer into it (RFC 6901). */
export interface Fault {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** A move that the present state does not allow; it can belong to any machine. */
export interface DeniedMove {
  readonly from: string;
  readonly move: string;
  readonly possible: readonly string[];
}

/** Why something was not done. Each of these is an expected answer and not an error of the program. */
export type Denial =
  /** It does not exist, or it is out of the caller's reach. Nobody is told which of the two. */
  | { readonly kind: 'not_found' }
  /** The caller has not the rights for it. */
  | { readonly kind: 'forbidden'; readonly detail: string }
  /**
   * A policy refuses it. All reasons are given, in the order of their table. `detail` says what else the caller should know, for example
   * why an override does not help.
   */
  | { readonly kind: 'refused'; readonly reasons: readonly Refusal[]; readonly detail?: string }
  /** The values could be read but break a rule. */
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  /** The present state does not allow the move. */
  | { readonly kind: 'invalid_move'; readonly move: DeniedMove }
  /** Something with the same key exists already. */
  | { readonly kind: 'exists'; readonly fault: Fault }
  /** Somebody else has changed the thing since the caller read it. */
  | { readonly kind: 'stale' };

/** What a service answers: the value, or why there is none. */
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

/** A fault for an id, or a tag, that names nothing within the caller's reach. */
export const unknownReference = (pointer: string, by: 'id' | 'tag' = 'id'): Fault => ({
  pointer,
  code: 'UNKNOWN_REFERENCE',
  message: `names nothing that you can use; check the ${by}`,
});
