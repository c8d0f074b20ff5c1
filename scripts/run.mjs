// Starts one of the programs: `node scripts/run.mjs <build|start|cli|demo|bench> [arguments]`.
// The program runs in this very process, so signals, standard streams and exit status are its own. (package.json says `exec`,
// because Debian's sh would otherwise stand between npm and it, and die alone of the signal that npm passes on.)
import module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildWhenNeeded } from './build-when-needed.mjs';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const [name, ...rest] = process.argv.slice(2);

const compiled = (path) => async () => {
  await buildWhenNeeded();
  // From Node 22 on, what V8 compiles is kept, and the next start takes a third less.
  module.enableCompileCache?.(fromRoot('node_modules/.cache/v8'));
  await become(fromRoot(path));
};
/** Demonstration and benchmarks are tools: they are read as TypeScript, and bring the sources they import with them. */
const typescript = (path) => async () => {
  await buildWhenNeeded(); // they start the built program too
  await import('@swc-node/register/esm-register');
  await become(fromRoot(path));
};

const programs = {
  build: () => buildWhenNeeded({ force: true }),
  start: compiled('dist/main.js'),
  cli: compiled('dist/cli.js'),
  demo: typescript('demo/demo.ts'),
  bench: typescript('bench/index.ts'),
};

async function become(file) {
  process.argv.splice(1, process.argv.length, file, ...rest);
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}

if (!Object.hasOwn(programs, name ?? '')) {
  console.error(`usage: run.mjs <${Object.keys(programs).join('|')}> [arguments]`);
  process.exit(2);
}
try {
  await programs[name]();
} catch (error) {
  console.error(error.status === undefined ? error : error.message);
  process.exit(error.status ?? 1);
}
