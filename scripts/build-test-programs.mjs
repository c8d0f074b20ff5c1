// Tests start processes of their own: the program, and programs of test/support around it. They start what is built, since a process that
// compiles all sources first takes four seconds longer. This builds dist/ when needed, and test/built/ from test/support.
import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';
import { buildWhenNeeded } from './build-when-needed.mjs';

const support = fileURLToPath(new URL('../test/support', import.meta.url));
const built = fileURLToPath(new URL('../test/built', import.meta.url));

/** Both folders are equally far from the root: only the sources have another place there. */
const fromDist = (code) => code.replaceAll(/(['"])[.][.]\/[.][.]\/src\//g, '$1../../dist/');

export async function buildTestPrograms() {
  await buildWhenNeeded();
  await mkdir(built, { recursive: true });
  const files = readdirSync(support).filter((file) => /[.](ts|js|mjs)$/.test(file));
  await Promise.all(
    files.map(async (file) => {
      const { code } = await transformFile(join(support, file), { sourceMaps: 'inline' });
      await writeFile(join(built, file.replace(/[.]ts$/, '.js')), fromDist(code));
    }),
  );
}
