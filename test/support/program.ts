import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

/**
 * Settings for a process whose system clock differs from the machine's: by `byMs` from its start, and by `laterMs` once it has received
 * SIGUSR2.
 */
export const clockApart = (byMs: number, laterMs = byMs): Record<string, string> => ({
  NODE_OPTIONS: `--import=${new URL('./shifted-clock.mjs', import.meta.url).href}`,
  CLOCK_SHIFT_MS: String(byMs),
  CLOCK_SHIFT_LATER_MS: String(laterMs),
});

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The program in a process of its own. */
export interface TestProgram {
  /** The address at which it listens, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly pid: number;
  /** Everything that it has printed and logged. */
  said(): string;
  /** Resolves when the process ends by itself. */
  readonly ended: Promise<{ status: number | null; signal: string | null }>;
  /** Sends a signal; resolves when the process has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ status: number | null; signal: string | null }>;
}

/**
 * Starts the program and waits until it is ready. It uses the given database, or makes one of its own first. `environment` has further
 * settings.
 */
export async function startTestProgram(
  databaseUrl: string | null,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'passerelle-program-'));
  const program = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js'], {
    cwd: ROOT,
    env: { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  let warned = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    warned += text;
    process.stderr.write(text);
  });
  const ended = once(program, 'exit').then(([status, signal]) => ({ status: status as number | null, signal: signal as string | null }));
  const url = await until('it is ready', () => /ready at (http:\S+)/.exec(said)?.[1], 150_000).catch((error: unknown) => {
    program.kill('SIGTERM');
    throw error;
  });
  return {
    url,
    pid: program.pid as number,
    said: () => said + warned,
    ended,
    async end(by) {
      program.kill(by);
      const end = await ended;
      await rm(dataDir, { recursive: true, force: true });
      return end;
    },
  };
}
