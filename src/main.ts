import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { demoFile, prepareRuntime, readySchema, type Runtime } from './boot.js';
import { InvalidSettings } from './platform/config/invalid-settings.js';
import { settingsOfProcess } from './platform/config/settings.js';
import type { DemoPeople, DemoSignIns } from './seed/seed.js';
import { welcome } from './welcome.js';

/** Running work has this long to end once the program is asked to stop: it promises to be gone within 15 seconds, its own end included. */
const PATIENCE_MS = 14_000;
/**
 * How much dead memory may pile up, in percent of what lived after the last full collection, before V8 collects again. Left to itself V8 waits until
 * the heap is up to four times as large: an import, of which 60 MB live, grew by 200 MiB of rows long done. V8 reads this at every
 * collection; one that no longer knew it would say so on standard error and go on.
 */
const HEAP_GROWING_PERCENT = 50;

async function main(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  const settings = settingsOfProcess();
  const onDatabaseLost = (reason: string) => {
    process.stderr.write(`Passerelle ends: ${reason}. The server's own words are in ${join(settings.dataDir, 'postgres.log')}\n`);
    void starting.then((runtime) => runtime.stop()).finally(() => process.exit(1));
  };
  const starting = prepareRuntime(settings, { mode: 'own', onDatabaseLost });
  // Loaded while PostgreSQL starts.
  const [runtime, { createApplication }] = await Promise.all([starting, import('./application.js')]);
  const { log } = runtime.platform;
  try {
    await readySchema(runtime);
    const hasDemo = runtime.embedded && settings.demoData && !settings.isProduction;
    const seeded = hasDemo ? await makeDemo(runtime) : null;
    const app = await createApplication(runtime.platform);

    let stopping: Promise<void> | undefined;
    const stop = (signal: string) => {
      stopping ??= (async () => {
        log.info('stopping', { signal });
        const impatience = setTimeout(() => {
          log.error('running work did not end in time');
          process.exit(1);
        }, PATIENCE_MS);
        await app.close();
        await runtime.stop();
        clearTimeout(impatience);
        process.exit(0);
      })();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);

    await app.listen({ host: settings.host, port: settings.port });
    const { port } = app.getHttpServer().address() as { port: number };
    // Links in messages lead to where it listens, whichever port it took.
    const baseUrl = (settings.baseUrl ??= urlOf(settings.host, port));
    const file = demoFile(settings);
    let signIns: DemoSignIns | null = null;
    if (hasDemo) {
      const { readSignIns, writeSignIns } = await import('./seed/seed.js');
      if (seeded) await writeSignIns(file, { baseUrl, ...seeded });
      signIns = await readSignIns(file);
    }
    process.stdout.write(welcome({ baseUrl, showMessages: settings.showMessages, demo: signIns && { file, signIns } }));
  } catch (error) {
    await runtime.stop();
    throw error;
  }
}

/** Makes the demonstration council before anybody can come, so nobody meets it half made; null where there is a council already. */
async function makeDemo(runtime: Runtime): Promise<DemoPeople | null> {
  const { seedWhenEmpty } = await import('./seed/seed.js');
  return runtime.platform.log.withWarningsOnly(() => seedWhenEmpty(runtime));
}

function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

try {
  await main();
} catch (error) {
  if (error instanceof InvalidSettings) process.stderr.write(`${error.faults.join('\n')}\n`);
  else process.stderr.write(`Passerelle could not start: ${(error as Error).message}\n`);
  process.exit(1);
}
