import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The built program, running by itself as in production. */
export interface Program {
  /** Where it listens. */
  readonly url: string;
  /** Its resident size in bytes, without PostgreSQL. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const READY = /ready at (http:\S+)/;

/** Starts it on a database, with the role `all` unless the further settings say another; it keeps what else it needs in `dataDir`. */
export async function startProgram(
  databaseUrl: string,
  dataDir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: '0', RATE_LIMIT: '100000000', LOG_LEVEL: 'warn', ...environment };
  const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  let said = '';
  for await (const text of child.stdout.setEncoding('utf8') as AsyncIterable<string>) {
    said += text;
    if (READY.test(said)) break;
  }
  const [, url] = READY.exec(said) ?? [];
  if (url === undefined) throw new Error('the program did not start: see above');
  return {
    url,
    async memory() {
      const status = await readFile(`/proc/${child.pid ?? 0}/status`, 'utf8').catch(() => {
        throw new Error('the size of a program is read from /proc: this benchmark needs Linux');
      });
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
