import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@jest/globals';
import { Redis } from 'ioredis';
import { until } from './until.js';

/** A Redis that belongs to the test, which may wipe, stop and start it. */
export interface TestRedis {
  readonly url: string;
  flushAll(): Promise<void>;
  /** Runs commands on a connection of their own. */
  run<T>(question: (client: Redis) => Promise<T>): Promise<T>;
  /** Kills it, as when its machine fails. What it had not written to its file is lost. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with its file. */
  start(): Promise<void>;
  /** After this it accepts connections and answers nothing, until `thaw`. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

const program = await once(spawn('redis-server', ['--version'], { stdio: 'ignore' }), 'exit').then(
  ([status]) => status === 0,
  () => false,
);

/**
 * Tests that need `redis-server` in the PATH. Without it they are skipped and say so; if CI is set they fail, so that a build cannot pass
 * without Redis.
 */
export const testWithRedis: typeof test = program || process.env.CI ? test : (test.skip as typeof test);
if (!program) console.warn('redis-server is not in the PATH: its tests are skipped (they fail where CI is set)');

/**
 * Starts a Redis on a free port. It writes every change to its file before it answers, so it loses nothing when it is killed. It does not
 * wait for the disk, which would only matter if the machine lost its power.
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
