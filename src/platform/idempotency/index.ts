export { Changes, HasNoEffect, IgnoresIdempotencyKey, Makes, OneTimeSecrets, Shows } from './effects.js';
export { EffectRegistry } from './effect-registry.js';
export { IdempotencyInterceptor } from './idempotency.interceptor.js';
export { idempotencyKeyOf } from './key.js';
export { IdempotencyKeysRepository } from './idempotency-keys.repository.js';
export { LeaseRenewer } from './lease-renewer.js';
