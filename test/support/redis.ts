import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@jest/globals';
import { Redis } from 'ioredis';
import { until } from './until.js';

/** A Redis of the test's own, that it may wipe, stop and start again. */
export interface TestRedis {
  readonly url: string;
  flushAll(): Promise<void>;
  /** Asks it over a connection of its own. */
  run<T>(question: (client: Redis) => Promise<T>): Promise<T>;
  /** As when its machine goes: what it held is gone unless it kept it. */
  kill(): Promise<void>;
  /** On the same port, with what it kept. */
  start(): Promise<void>;
  /** It takes connections and answers nothing, until it is thawed. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

const program = await once(spawn('redis-server', ['--version'], { stdio: 'ignore' }), 'exit').then(
  ([status]) => status === 0,
  () => false,
);

/**
 * Tests that need `redis-server` in the PATH: without it they are skipped, aloud; where CI is set they fail, so that a gate cannot pass by
 * having no Redis.
 */
export const testWithRedis: typeof test = program || process.env.CI ? test : (test.skip as typeof test);
if (!program) console.warn('redis-server is not in the PATH: its tests are skipped (they fail where CI is set)');

/**
 * Starts a Redis on a free port that writes every change to its file before it answers: killed, it has lost nothing. It does not wait for the
 * disk, which only a machine that loses its power would need.
 */
export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}/0`;
  const options = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'yes',
    '--appendfsync',
    'no',
  ];
  let server: ChildProcess | undefined;

  const run = async <T>(question: (client: Redis) => Promise<T>): Promise<T> => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await question(client);
    } finally {
      client.disconnect();
    }
  };
  const start = async () => {
    server = spawn('redis-server', options, { stdio: 'ignore' });
    await until('Redis answers', () => run((client) => client.ping()).catch(() => null));
  };
  const kill = async () => {
    const ended = server && once(server, 'exit');
    server?.kill('SIGKILL');
    await ended;
    server = undefined;
  };
  await start();
  return {
    url,
    start,
    kill,
    run,
    flushAll: () => run((client) => client.flushall()).then(() => undefined),
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
    close: async () => {
      if (server) await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
