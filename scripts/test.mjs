// `npm test`: Jest with ES modules on. Arguments go through (`npm test -- src/shared -t "last day"`). The last line is the tally.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { tallyLine } from '../test/support/reporter.js';
import { buildTestPrograms } from './build-test-programs.mjs';

try {
  await buildTestPrograms();
} catch (error) {
  console.error(error);
  console.log(tallyLine({ passed: 0, failed: 1, skipped: 0 }));
  process.exit(1);
}

const root = fileURLToPath(new URL('..', import.meta.url));
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
// A run of all tests looks which statements they sent; `npm run statements` lists them, and with
// `--types` keeps what those that are listed take and give; with `--keep` keeps them and a small council as those of
// this version. `npm run test:thorough`: everything is tried that `npm test` tries a part of.
const [first, ...others] = process.argv.slice(2);
const isRecording = first === '--record-statements';
const isThorough = first === '--thorough';
/** What is kept beside the list itself, and the spec that keeps it. */
const KEEPERS = {
  '--types': { task: 'types', spec: 'test/integration/statement-types.spec.ts' },
  '--keep': { task: 'keep', spec: 'test/integration/schema-history.spec.ts' },
};
const keeper = isRecording ? KEEPERS[others[0]] : undefined;
const given = isRecording || isThorough ? others : process.argv.slice(2);
const words = keeper ? [keeper.spec, ...others.slice(1)] : given;
const flags = ['--experimental-vm-modules', '--no-warnings=ExperimentalWarning'];

// Through NODE_OPTIONS, so that Jest's workers have the flags too.
const child = spawn(process.execPath, [jest, ...words], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  env: {
    ...process.env,
    ...(isRecording ? { STATEMENTS: keeper?.task ?? 'write' } : words.every((word) => word.startsWith('--')) && { STATEMENTS: 'compare' }),
    ...(isThorough && { THOROUGH: 'true' }),
    NODE_OPTIONS: [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' '),
  },
});

let tally = { passed: 0, failed: 0, skipped: 0 };
child.on('message', (message) => {
  if (message?.tally) tally = message.tally;
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));

child.on('close', (code, signal) => {
  const status = code ?? 128 + constants.signals[signal];
  // Whatever else went wrong (no test found, set-up, interruption) is one failure, so that line and status never disagree.
  if (status !== 0 && tally.failed === 0) tally.failed = 1;
  console.log(tallyLine(tally));
  process.exitCode = status;
});
