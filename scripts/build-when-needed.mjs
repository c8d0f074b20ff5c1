// Builds dist/ when what it is made of has changed. All words go to standard error: standard output belongs to the command that follows.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const inRoot = (...names) => join(root, ...names);
const stamp = inRoot('dist', '.built-from');
const lockFolder = inRoot('node_modules', '.cache');
const lock = join(lockFolder, 'passerelle-build.lock');
const settings = ['package-lock.json', '.swcrc', 'nest-cli.json', 'tsconfig.json'];

/**
 * Builds when needed, or always with `force`. Without the build tools (a production image) an existing dist/ is taken as it is.
 * @throws an error with the `status` to exit with, and a message that says everything
 */
export async function buildWhenNeeded({ force = false } = {}) {
  if (!force && isBuilt()) return;
  const nest = nestCommand();
  if (nest === null) {
    if (existsSync(inRoot('dist', 'main.js'))) return;
    throw Object.assign(new Error('There is no dist/, and no build tools to make it: run `npm ci` first.'), { status: 1 });
  }
  const unlock = await takeLock();
  try {
    if (!force && isBuilt()) return; // another command has just built it
    const builtFrom = fingerprint(); // before the build: what changes meanwhile asks for the next one
    await run([nest, 'build'], process.stderr);
    await documentApi();
    writeFileSync(stamp, builtFrom);
  } finally {
    unlock();
  }
}

function isBuilt() {
  // An image without src/ holds nothing newer than its dist/.
  if (!existsSync(inRoot('src'))) return existsSync(inRoot('dist', 'main.js'));
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/** One hash over the names and contents of everything that dist/ is made of: deletions and old dates count too. */
function fingerprint() {
  const sources = readdirSync(inRoot('src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[.]spec[.]tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...settings.map((name) => inRoot(name)).filter(existsSync), ...sources]) {
    const content = readFileSync(file);
    hash.update(`${file.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function nestCommand() {
  try {
    return createRequire(import.meta.url).resolve('@nestjs/cli/bin/nest.js');
  } catch {
    return null;
  }
}

/** Two commands started together must not write dist/ together. */
async function takeLock() {
  await mkdir(lockFolder, { recursive: true });
  for (;;) {
    try {
      const file = openSync(lock, 'wx');
      writeFileSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(lock, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!holderLives()) rmSync(lock, { force: true });
      else await wait(100);
    }
  }
}

function holderLives() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return true; // being written this very moment
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The OpenAPI document is a part of the build: the program reads it and does not make it. */
async function documentApi() {
  const pieces = [];
  await run([inRoot('dist', 'cli.js'), 'docs:openapi'], new Writable({ write: (piece, _, done) => done(void pieces.push(piece)) }));
  writeFileSync(inRoot('dist', 'openapi.json'), JSON.stringify(JSON.parse(Buffer.concat(pieces).toString())));
}

/** Runs a script of Node; what it prints goes to `output`. */
function run(words, output) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(process.stderr, { end: false });
    const pass = (signal) => child.kill(signal);
    process.once('SIGINT', pass).once('SIGTERM', pass);
    child.on('error', failed);
    child.on('close', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      if (code === 0) done();
      else failed(Object.assign(new Error(`The build failed (${signal ?? code}).`), { status: code ?? 128 + constants.signals[signal] }));
    });
  });
}
