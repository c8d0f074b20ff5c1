import { createInterface } from 'node:readline';
import { createApplication } from '../../src/application.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { IdempotencyKeysRepository } from '../../src/platform/idempotency/index.js';
import { schema } from '../../src/schema.js';
import { testPlatform } from './platform.js';

// The whole program in a process of its own, on the database of the Jest worker that started it. A request whose Idempotency-Key is
// "pause:<point>:…" stops at that point. Whoever started the program then kills it, or writes the key to it to let the request go on.

const { NOW = '', SETTINGS = '{}' } = process.env;
const settings = JSON.parse(SETTINGS) as Record<string, string>;
const { options } = await testPlatform(schema, settings, { beside: { clock: new SetClock(new Date(NOW)) } });
const app = await createApplication(options);

const keys = app.get(IdempotencyKeysRepository);
const keyOf = new Map<string, string>();
const waiting = new Map<string, () => void>();
createInterface({ input: process.stdin }).on('line', (key) => waiting.get(key)?.());

/** Resolves at once when the key names another point or none, else when the request is let go. */
async function at(point: string, key: string | undefined): Promise<void> {
  if (key?.startsWith(`pause:${point}:`) !== true) return;
  await new Promise<void>((resolve) => {
    waiting.set(key, resolve);
    process.stdout.write(`paused ${key}\n`);
  });
}

const { take, hold, settle, keep } = keys;
Object.assign(keys, {
  take: async (...[tx, name, taking]: Parameters<typeof take>) => {
    await at('before-the-key-is-taken', name.key);
    keyOf.set(taking.claim, name.key);
    return take.call(keys, tx, name, taking);
  },
  hold: async (...[tx, claim]: Parameters<typeof hold>) => {
    await at('after-the-key-is-taken', keyOf.get(claim));
    return hold.call(keys, tx, claim);
  },
  settle: async (...[tx, claim, made, bodyHash]: Parameters<typeof settle>) => {
    await settle.call(keys, tx, claim, made, bodyHash);
    await at('before-the-effect-is-committed', keyOf.get(claim));
  },
  keep: async (...[tx, claim, answer, now]: Parameters<typeof keep>) => {
    await at('before-the-answer-is-kept', keyOf.get(claim));
    return keep.call(keys, tx, claim, answer, now);
  },
});
app
  .getHttpAdapter()
  .getInstance()
  .addHook('onSend', async (request) => {
    await at('before-the-answer-is-sent', String(request.headers['idempotency-key']).slice(1, -1));
  });

await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`ready at ${await app.getUrl()}\n`);
