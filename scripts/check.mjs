// `npm run check`: types, lint, formatting, import rules, the API's document and dead code, two at a time; what each says stays together.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The longest first. */
const checks = [
  ['eslint', '.'],
  ['prettier', '--check', '.', '--log-level', 'warn'],
  ['tsc', '--noEmit'],
  ['depcruise', 'src', 'test', 'demo', 'bench', 'scripts'],
  ['knip'],
  ['node', 'scripts/lint-document.mjs'],
];

/** The exit status of one; npm has its programs in the PATH. */
const run = ([program, ...words]) =>
  new Promise((resolve) => {
    const pieces = [];
    const child = spawn(program, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    child.stdout.on('data', (piece) => pieces.push(piece));
    child.stderr.on('data', (piece) => pieces.push(piece));
    child.on('error', (error) => pieces.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (status) => {
      process.stdout.write(Buffer.concat(pieces));
      if (status !== 0) console.error(`failed: ${program}`);
      resolve(status ?? 1);
    });
  });

const waiting = [...checks];
const worker = async () => {
  for (let check = waiting.shift(); check; check = waiting.shift()) if ((await run(check)) !== 0) process.exitCode = 1;
};
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
