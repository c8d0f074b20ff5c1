import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, readlink, rename, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SystemAccount } from './embedded-binaries.js';
import { commandOf, endProcess, processStart, until } from './embedded-process.js';

const LOG_LIMIT_BYTES = 10_000_000;
/** Recovery after a crash takes as long as there is log to replay. */
const START_LIMIT_MS = 300_000;
/** Fast shutdown, then immediate, then by force: together inside the 15 s that the program has to stop. */
const STOP_STEPS = [
  ['SIGINT', 8_000],
  ['SIGQUIT', 2_000],
  ['SIGKILL', 2_000],
] as const;
/** Nobody waits for what they do: their server is gone. */
const BACKEND_STEPS = [
  ['SIGQUIT', 500],
  ['SIGKILL', 2_000],
] as const;
/** Faults that pass: another program took the port first, or backends of a killed server are on their way out. */
const WORTH_ANOTHER_TRY = /could not create any TCP\/IP sockets|pre-existing shared memory block/;
const TRIES = 25;
const RETRY_MS = 200;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log is not the place for people's data: neither the values of a broken constraint nor the statement.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};
/** For tests and benchmarks: nothing outlives them, and several applications, some of them killed with all that they hold, share one server. */
const EPHEMERAL_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

export interface Server {
  readonly port: number;
  readonly pid: number;
  /** Settles once it has ended, asked to or not: how. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

interface ServerOptions {
  readonly postgres: string;
  readonly dataDir: string;
  readonly account: SystemAccount | null;
  readonly ephemeral: boolean;
  /** Where it was before; a free one when left out. */
  readonly port?: number;
  /** It is not wanted any more, even before it is ready. */
  readonly stopping?: AbortSignal;
}

/** Starts PostgreSQL on `<dataDir>/postgres` and waits until it takes connections. */
export async function startServer(options: ServerOptions): Promise<Server> {
  await endOrphan(join(options.dataDir, 'postgres'));
  await boundLog(join(options.dataDir, 'postgres.log'));
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryStart(options, options.port ?? (await freePort()));
    } catch (error) {
      if (attempt === TRIES || options.stopping?.aborted || !WORTH_ANOTHER_TRY.test((error as Error).message)) throw error;
      await pause(RETRY_MS);
    }
  }
}

async function tryStart({ postgres, dataDir, account, ephemeral, stopping }: ServerOptions, port: number): Promise<Server> {
  const cluster = join(dataDir, 'postgres');
  const settings = { ...SETTINGS, port: String(port), ...(ephemeral ? EPHEMERAL_SETTINGS : {}) };
  const logFile = join(dataDir, 'postgres.log');
  const log = await open(logFile, 'a', 0o600);
  const logStart = (await log.stat()).size;
  // In a session of its own, so that Ctrl-C at the terminal reaches us alone and the server ends when we say so.
  const child = spawn(postgres, ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    ...account,
  });
  try {
    await once(child, 'spawn');
  } catch (error) {
    throw new Error(
      `PostgreSQL (${postgres}) cannot be run on this machine: ${(error as Error).message}. Set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  } finally {
    await log.close();
  }
  child.unref();
  const pid = child.pid as number;
  // Should the program end without stopping the server, at least tell it to.
  const onExit = () => child.kill('SIGINT');
  process.once('exit', onExit);
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (status, signal) => {
      process.off('exit', onExit);
      resolve(signal === null ? `exit status ${status}` : `signal ${signal}`);
    });
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  // The number of a process that has ended may be another's by now.
  const stop = () => (hasEnded() ? Promise.resolve() : endProcess(pid, STOP_STEPS));
  const ready = async () => {
    const file = await readPidFile(cluster);
    return file !== null && file.pid === pid && file.status === 'ready';
  };
  const decided = await until(async () => hasEnded() || stopping?.aborted === true || (await ready()), START_LIMIT_MS);
  if (decided && !hasEnded() && !stopping?.aborted) return { port, pid, ended, stop };
  await stop();
  const words = (await readFile(logFile)).subarray(logStart).toString().trim().split('\n').slice(-15).join('\n');
  throw new Error(`PostgreSQL ${decided ? 'did not start' : 'was not ready in time'} on ${cluster}. It said (${logFile}):\n${words}`);
}

/** Stops a server that outlived the program which started it (kill -9): its settings are unknown, and it is nobody's child. */
async function endOrphan(cluster: string): Promise<void> {
  const file = await readPidFile(cluster);
  if (file === null) return;
  const command = (await processStart(file.pid)) === null ? '' : await commandOf(file.pid);
  if (command.includes('postgres') && command.includes(cluster)) await endProcess(file.pid, STOP_STEPS);
  await endBackends(cluster);
  // A server that was killed a moment ago leaves the file. PostgreSQL would take its zombie, or another program that now has the
  // number, for its server. Without the file it still refuses while backends of a killed server live, whom it knows by their shared memory.
  await rm(join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Backends of a killed server end by themselves when they next wait for something; one that computes holds the shared memory for as long as
 * that takes. They are known by their name and by the folder that they work in; elsewhere than on Linux they are waited for.
 */
async function endBackends(cluster: string): Promise<void> {
  const pids = process.platform === 'linux' ? (await readdir('/proc')).filter((name) => /^\d+$/.test(name)) : [];
  for (const pid of pids) {
    if ((await readlink(`/proc/${pid}/cwd`).catch(() => '')) !== cluster) continue;
    if ((await commandOf(Number(pid))).startsWith('postgres:')) await endProcess(Number(pid), BACKEND_STEPS);
  }
}

/** postmaster.pid: the server's number on line 1, its status on line 8. */
async function readPidFile(cluster: string): Promise<{ pid: number; status: string } | null> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  return Number.isInteger(pid) && pid > 0 ? { pid, status: lines[7]?.trim() ?? '' } : null;
}

/** Keeps one log before this one, once it has grown large. */
async function boundLog(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found !== null && found.size > LOG_LIMIT_BYTES) await rename(file, `${file}.1`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
