import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The program in a process of its own. */
export interface TestProgram {
  /** Where it listens, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Sends it a signal; how it then ends. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<{ status: number | null; signal: string | null }>;
}

/** Starts it on a database, or on its own, which it makes first, and waits until it is ready. `environment` gives further settings. */
export async function startTestProgram(
  databaseUrl: string | null,
  environment: Readonly<Record<string, string>> = {},
): Promise<TestProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'passerelle-program-'));
  const program = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', 'src/main.ts'], {
    cwd: ROOT,
    env: { DATABASE_URL: databaseUrl ?? '', DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  const url = await until('it is ready', () => /ready at (http:\S+)/.exec(said)?.[1], databaseUrl === null ? 150_000 : 30_000).catch(
    (error: unknown) => {
      program.kill('SIGTERM');
      throw error;
    },
  );
  return {
    url,
    async end(by) {
      const exit = once(program, 'exit') as Promise<[number | null, string | null]>;
      program.kill(by);
      const [status, signal] = await exit;
      await rm(dataDir, { recursive: true, force: true });
      return { status, signal };
    },
  };
}
