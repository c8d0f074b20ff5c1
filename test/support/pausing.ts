import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestApp } from './app.js';
import { until } from './until.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The points at which a request can stop, in the order in which it reaches them. Its key is `pause:<point>:…`. */
export const PAUSE_POINTS = [
  'before-the-key-is-taken',
  'after-the-key-is-taken',
  'before-the-effect-is-committed',
  'before-the-answer-is-kept',
  'before-the-answer-is-sent',
] as const;

/** The whole program in a process of its own, in which requests stop at the point that their key names (pausing-program.ts, built). */
export interface PausingProgram {
  readonly url: string;
  /** The keys of the requests that have stopped. */
  readonly paused: ReadonlySet<string>;
  /** Lets the request with this key go on. */
  release(key: string): void;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Sends SIGKILL and resolves once the process is gone. */
  kill(): Promise<void>;
}

/** Starts the program beside the application of a test, with the same database and clock. */
export async function startPausingProgram(app: TestApp, settings: Readonly<Record<string, string>>): Promise<PausingProgram> {
  const program = spawn(process.execPath, ['test/built/pausing-program.js'], {
    cwd: ROOT,
    env: { ...process.env, NOW: app.clock.now().toISOString(), SETTINGS: JSON.stringify({ DATABASE_POOL: '60', ...settings }) },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const paused = new Set<string>();
  let said = '';
  program.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    for (const [, key = ''] of said.matchAll(/^paused (.+)$/gm)) paused.add(key);
  });
  const url = await until('it is ready', () => /ready at (http:\S+)/.exec(said)?.[1], 60_000);
  return {
    url,
    paused,
    release: (key) => void program.stdin.write(`${key}\n`),
    signal: (signal) => void program.kill(signal),
    async kill() {
      const exit = once(program, 'exit');
      program.kill('SIGKILL');
      await exit;
    },
  };
}
