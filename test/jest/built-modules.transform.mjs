import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';

// Jest gives each test file modules of its own, and loads each of them anew: the program with its libraries are 2,800, a second of work. Here
// a test file receives the modules of the worker, which Node loads once: of the program and of test/support as they are built, of libraries
// as they are. What a file of tests must have for itself (hooks, `expect`) is not given to this transform: see jest.config.js.

const root = fileURLToPath(new URL('../..', import.meta.url));
const builtFrom = readFileSync(new URL('../../dist/.built-from', import.meta.url), 'utf8');
const version = createHash('sha256')
  .update(builtFrom)
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex');
const require = createRequire(import.meta.url);

const FOLDERS = { [`src${sep}`]: `dist${sep}`, [`test${sep}support${sep}`]: `test${sep}built${sep}` };

/** The file that Node loads for this one. */
function loadedFor(path) {
  const below = path.slice(root.length);
  const [source, built] = Object.entries(FOLDERS).find(([folder]) => below.startsWith(folder)) ?? [];
  return source === undefined ? path : root + built + below.slice(source.length).replace(/[.]tsx?$/, '.js');
}

export default {
  // What a module exports depends on what it exports again, too: hence on the whole build.
  getCacheKey: (text, path) => createHash('sha256').update(`${version}\n${path}\n${text}`).digest('hex'),

  process(_text, path, { supportsStaticESM }) {
    const file = loadedFor(path);
    const taken = `globalThis.moduleOfWorker(${JSON.stringify(file)})`;
    if (!supportsStaticESM) return { code: `module.exports = ${taken};` };
    const names = Object.keys(require(file)).filter((name) => name !== 'module.exports');
    const exported = names.map((name) => (name === 'default' ? 'export default taken.default;' : `export const ${name} = taken.${name};`));
    return { code: [`const taken = ${taken};`, ...exported].join('\n') };
  },
};
