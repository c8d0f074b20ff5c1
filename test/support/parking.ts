import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestApp } from './app.js';
import { until } from './until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where a request may stop for good, in their order: its key is `park:<point>:…`. */
export const PARKING_POINTS = [
  'before-the-key-is-taken',
  'after-the-key-is-taken',
  'before-the-effect-is-committed',
  'before-the-answer-is-kept',
  'before-the-answer-is-sent',
] as const;

/** A process of the whole program in which requests stop where their key says (parking-program.ts). */
export interface ParkingProgram {
  readonly url: string;
  /** The keys of the requests that came to where they go no further. */
  readonly parked: ReadonlySet<string>;
  /** Lets the request with this key go on. */
  release(key: string): void;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** SIGKILL; resolves once it is gone. */
  kill(): Promise<void>;
}

/** Starts it beside the application of a test, on its database and with its clock. */
export async function startParkingProgram(app: TestApp, settings: Readonly<Record<string, string>>): Promise<ParkingProgram> {
  const program = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', 'test/support/parking-program.ts'], {
    cwd: ROOT,
    env: { ...process.env, NOW: app.clock.now().toISOString(), SETTINGS: JSON.stringify({ DATABASE_POOL: '60', ...settings }) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const parked = new Set<string>();
  let said = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    for (const [, key = ''] of said.matchAll(/^parked (.+)$/gm)) parked.add(key);
  });
  const url = await until('it is ready', () => /ready at (http:\S+)/.exec(said)?.[1], 60_000);
  return {
    url,
    parked,
    release: (key) => void program.stdin.write(`${key}\n`),
    signal: (signal) => void program.kill(signal),
    async kill() {
      const exit = once(program, 'exit');
      program.kill('SIGKILL');
      await exit;
    },
  };
}
