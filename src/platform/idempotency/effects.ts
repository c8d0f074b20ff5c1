import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** What a POST does, as far as a repetition of it is concerned. Each declares one of these; one that does not stops the start. */
export type Effect =
  /** It makes something of one of these kinds: its service says which with `Tx.made`. */
  | { readonly effect: 'makes'; readonly kinds: readonly string[] }
  /** It changes what its path names. */
  | { readonly effect: 'changes'; readonly kinds: readonly [string] }
  /** It computes, and stores nothing. */
  | { readonly effect: 'none' }
  /** It is told apart from its repetitions in a way of its own: it takes no notice of `Idempotency-Key`. */
  | { readonly effect: 'own' };

/** How a kind of thing is shown. */
export interface ShowOptions {
  /** The path parameter that names the thing. */
  readonly by?: string;
}

export interface Shown {
  readonly kind: string;
  readonly by: string;
}

export const EFFECT = 'idempotency:effect';
export const SHOWS = 'idempotency:shows';
export const ONE_TIME_SECRETS = 'idempotency:one-time-secrets';

const declare = (effect: Effect): MethodDecorator => applyDecorators(SetMetadata(EFFECT, effect), ApiExtension('x-effect', effect.effect));

/** The operation makes something of one of these kinds, which its service names in its transaction: `tx.made('loan', id)`. */
export const Makes = (...kinds: readonly string[]): MethodDecorator => declare({ effect: 'makes', kinds });

/** The operation changes the thing of this kind that its path names, and answers with it. */
export const Changes = (kind: string): MethodDecorator => declare({ effect: 'changes', kinds: [kind] });

/** The operation computes and stores nothing: a repetition computes again. */
export const HasNoEffect = (): MethodDecorator => declare({ effect: 'none' });

/** The operation takes no notice of `Idempotency-Key`: a repetition is told by something else. */
export const IgnoresIdempotencyKey = (): MethodDecorator => declare({ effect: 'own' });

/**
 * The method shows a thing of this kind as the operations do that make or change it: it takes the actor, then what a path holds. After a
 * crash a repetition is answered by it. Each kind has one; where it is a GET, its address is the Location of what was made.
 */
export const Shows = (kind: string, { by = 'id' }: ShowOptions = {}): MethodDecorator => SetMetadata(SHOWS, { kind, by } satisfies Shown);

/** Members of the answer that are shown once: a replay leaves them out. */
export const OneTimeSecrets = (...members: string[]) => SetMetadata(ONE_TIME_SECRETS, members);
