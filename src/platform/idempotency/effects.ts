import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';

/** What a POST does, which decides how a repetition is answered. Each POST declares one of these, or the start fails. */
export type Effect =
  /** It makes a thing of one of these kinds; its service says which one with `Tx.made`. */
  | { readonly effect: 'makes'; readonly kinds: readonly string[] }
  /** It changes the thing that its path names. */
  | { readonly effect: 'changes'; readonly kinds: readonly [string] }
  /** It computes something and stores nothing. */
  | { readonly effect: 'none' }
  /** It recognises repetitions in its own way and ignores `Idempotency-Key`. */
  | { readonly effect: 'own' };

/** Options of `Shows`. */
export interface ShowOptions {
  /** The path parameter that names the thing. */
  readonly by?: string;
}

export interface ShownKind {
  readonly kind: string;
  readonly by: string;
}

export const EFFECT = 'idempotency:effect';
export const SHOWS = 'idempotency:shows';
export const ONE_TIME_SECRETS = 'idempotency:one-time-secrets';

const declare = (effect: Effect): MethodDecorator => applyDecorators(SetMetadata(EFFECT, effect), ApiExtension('x-effect', effect.effect));

/** The operation makes a thing of one of these kinds, which its service names in the transaction: `tx.made('loan', id)`. */
export const Makes = (...kinds: readonly string[]): MethodDecorator => declare({ effect: 'makes', kinds });

/** The operation changes the thing of this kind that its path names, and answers with it. */
export const Changes = (kind: string): MethodDecorator => declare({ effect: 'changes', kinds: [kind] });

/** The operation computes something and stores nothing, so a repetition computes it again. */
export const HasNoEffect = (): MethodDecorator => declare({ effect: 'none' });

/** The operation ignores `Idempotency-Key`, since it recognises repetitions in another way. */
export const IgnoresIdempotencyKey = (): MethodDecorator => declare({ effect: 'own' });

/**
 * The method shows a thing of this kind as the operations that make or change it do. Its arguments are the actor and then the path. After a
 * crash a repetition is answered by it. Each kind has one such method; if it is a GET, its address is the Location of what was made.
 */
export const Shows = (kind: string, { by = 'id' }: ShowOptions = {}): MethodDecorator =>
  SetMetadata(SHOWS, { kind, by } satisfies ShownKind);

/** Members of the answer that are shown only once; a replayed answer leaves them out. */
export const OneTimeSecrets = (...members: string[]) => SetMetadata(ONE_TIME_SECRETS, members);
