import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface RecordedCommand {
  readonly status: number;
  readonly output: string;
  /** Each package, or part of one, that a file of the program imported. */
  readonly packages: readonly string[];
}

/** Runs a command of the built program, and sees what it loads. */
export async function recordedCommand(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): Promise<RecordedCommand> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-packages-'));
  const list = join(folder, 'packages');
  await writeFile(list, '');
  try {
    const recorder = new URL('./imported-packages.mjs', import.meta.url).href;
    const { status, output } = await new Promise<Omit<RecordedCommand, 'packages'>>((resolve) => {
      const child = execFile(
        process.execPath,
        ['--import', recorder, PROGRAM, ...words],
        { env: { ...env, IMPORTED_PACKAGES: list } },
        (_, said) => {
          resolve({ status: child.exitCode ?? -1, output: said });
        },
      );
      child.stdin?.end(input);
    });
    return { status, output, packages: (await readFile(list, 'utf8')).split('\n').filter((name) => name !== '') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
