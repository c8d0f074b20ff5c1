export { Changes, HasNoEffect, IgnoresIdempotencyKey, Makes, OneTimeSecrets, Shows } from './effects.js';
export { EffectTable } from './effect-table.js';
export { Idempotency } from './idempotency.interceptor.js';
export { idempotencyKeyOf } from './key.js';
export { IdempotencyKeys } from './keys.repository.js';
export { Leases } from './leases.js';
