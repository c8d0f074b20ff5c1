import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Benchmark } from './support/benchmark.js';

// `npm run bench` runs every benchmark; `npm run bench -- reads [--name value …]` one. A benchmark is a file beside this one that exports
// `benchmark`; its tables are printed and written to bench/results/<name>.json.

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = (await readdir(folder))
  .filter((file) => /^[a-z-]+[.]ts$/.test(file) && file !== 'index.ts')
  .map((file) => file.replace('.ts', ''))
  .sort();
const [name, ...words] = process.argv.slice(2);

if (name !== undefined && !names.includes(name)) {
  process.stderr.write(`There is no benchmark "${name}". There are: ${names.join(', ')}\n`);
  process.exit(2);
}
let held = true;
for (const chosen of name === undefined ? names : [name]) {
  const { benchmark } = (await import(`./${chosen}.ts`)) as { benchmark: Benchmark };
  process.stdout.write(`\n${chosen}: ${benchmark.about}\n`);
  const result = await benchmark.run(words);
  for (const [title, rows] of Object.entries(result.tables)) {
    process.stdout.write(`${title}\n`);
    console.table(rows);
  }
  for (const fault of result.faults) process.stdout.write(`NOT HELD: ${fault}\n`);
  held &&= result.faults.length === 0;
  await mkdir(`${folder}results`, { recursive: true });
  await writeFile(`${folder}results/${chosen}.json`, `${JSON.stringify(result, null, 2)}\n`);
}
process.exit(held ? 0 : 1);
