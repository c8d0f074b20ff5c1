import type { RequiredWait } from './attempt-limiter.js';

/** Why nobody was signed in. `needs_totp` means that the password is right, and the code is missing, wrong or already used. */
export type SignInRefusal = { readonly kind: 'wrong' | 'needs_totp' } | RequiredWait;
