import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linkLibraries } from '../../src/platform/database/embedded-binaries.js';
import { takeLock } from '../../src/platform/database/embedded-lock.js';
import { DataFolderInUse, startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';
import { endProcess, processStart, until } from '../../src/platform/database/embedded-process.js';
import { onServer, testDatabaseUrl, truncateAll } from '../support/test-database.js';

const AS_ROOT = process.getuid?.() === 0;
const NOBODY = 65534;
const LIMIT_MS = 20_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A program that starts the server, says where it is, stops on SIGTERM, and takes no notice of Ctrl-C. */
const PROGRAM = `
  const { startEmbeddedPostgres } = await import(process.argv[1]);
  process.on('SIGINT', () => console.log('interrupted'));
  const postgres = await startEmbeddedPostgres(JSON.parse(process.argv[2]));
  process.on('SIGTERM', () => postgres.stop().then(() => process.exit(0)));
  process.on('SIGHUP', () => process.exit(1));
  setInterval(() => undefined, 1e6);
  console.log(postgres.url);
`;

let dataDir: string;
let undo: (() => unknown)[];

/** A folder whose first start is over, shared: making and deleting one costs most of a test's time. */
let used: string;
const inUsedFolder = async () => {
  dataDir = used;
  await rm(join(used, 'postgres.log'), { force: true });
};

beforeAll(async () => {
  used = await mkdtemp(join(tmpdir(), 'passerelle-embedded-'));
  await (await startEmbeddedPostgres({ dataDir: used, mode: 'own', ephemeral: true })).stop();
});
afterAll(() => rm(used, { recursive: true, force: true }));

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-embedded-'));
  dataDir = folder;
  undo = [() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })];
});
afterEach(async () => {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
});

async function start(options: { mode?: 'own' | 'attach'; ephemeral?: boolean } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, mode: 'own', ephemeral: true, ...options });
  undo.push(() => postgres.stop());
  return postgres;
}

interface Program {
  readonly process: ChildProcess;
  /** The next line that it prints; fails with what it said when it ends first. */
  line(): Promise<string>;
}

function launch(options: { mode: 'own' | 'attach'; ephemeral?: boolean }, asUser?: { uid: number; gid: number }): Program {
  const module = new URL('../../dist/platform/database/embedded-postgres.js', import.meta.url).href;
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM, module, JSON.stringify({ dataDir, ...options })], {
    cwd: ROOT,
    detached: true, // a process group of its own: that is what Ctrl-C reaches
    stdio: ['ignore', 'pipe', 'pipe'],
    ...asUser,
  });
  undo.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  child.stdout.setEncoding('utf8');
  const line = () =>
    new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (text: string) => resolve(text.trim()));
      child.once('close', () => reject(new Error(complaint)));
    });
  return { process: child, line };
}

async function kill(program: Program): Promise<void> {
  program.process.kill('SIGKILL');
  await once(program.process, 'exit');
}

const ask = <Row extends object>(url: string, sql: string): Promise<Row[]> =>
  onServer(url, async (client) => (await client.query<Row>(sql)).rows);
const serverPid = async () => Number((await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
const mode = async (name: string) => ((await stat(join(dataDir, name))).mode & 0o777).toString(8);
const gone = async (pid: number) => expect(await until(async () => (await processStart(pid)) === null, LIMIT_MS)).toBe(true);

describe('the first start', () => {
  test('makes a server that keeps its data and leaves no trace of running', async () => {
    const first = await start({ ephemeral: false });
    const pid = await serverPid();
    await ask(first.url, `CREATE TABLE kept (word text); INSERT INTO kept VALUES ('Élève')`);
    expect(new URL(first.url).hostname).toBe('127.0.0.1');
    expect(JSON.parse(await readFile(join(dataDir, 'postgres.json'), 'utf8'))).toMatchObject({ url: first.url, pid });
    expect(await Promise.all(['postgres.json', 'postgres.password', 'postgres.log', 'passerelle.lock'].map(mode))).toEqual(
      Array(4).fill('600'),
    );
    await first.stop();
    await first.stop();
    expect(await processStart(pid)).toBeNull();
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log', 'postgres.password']);

    const second = await start({ ephemeral: false });
    expect(await ask(second.url, 'SELECT word FROM kept')).toEqual([{ word: 'Élève' }]);
  });

  test('killed in the middle, is begun again', async () => {
    const killed = launch({ mode: 'own', ephemeral: true });
    const first = killed.line().catch(() => 'killed');
    const begun = async () => {
      const workshop = (await readdir(dataDir)).find((name) => name.startsWith('postgres.new-'));
      return workshop !== undefined && (await readdir(join(dataDir, workshop, 'cluster')).catch((): string[] => [])).includes('PG_VERSION');
    };
    expect(await until(begun, LIMIT_MS)).toBe(true);
    await kill(killed);
    expect(await first).toBe('killed');
    expect(await readdir(dataDir)).not.toContain('postgres');

    await start();
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });
});

describe('the server', () => {
  beforeEach(inUsedFolder);

  test.each([
    [false, 'on'],
    [true, 'off'],
  ])('with ephemeral %s has fsync %s, UTC, and listens to this machine only', async (ephemeral, fsync) => {
    const { url } = await start({ ephemeral });
    const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'TimeZone', 'listen_addresses', 'unix_socket_directories'];
    const rows = await ask<{ value: string }>(
      url,
      `SELECT current_setting(name) AS value FROM unnest('{${names.join()}}'::text[]) WITH ORDINALITY AS n (name, i) ORDER BY i`,
    );
    expect(rows.map(({ value }) => value)).toEqual([fsync, fsync, fsync, 'UTC', '127.0.0.1', '']);
  });

  test('takes accented letters for letters, in lower case, in trigrams and in words', async () => {
    const { url } = await start();
    await ask(url, 'CREATE EXTENSION pg_trgm');
    const rows = await ask(
      url,
      `SELECT lower('ÉLÈVE') AS lower, cardinality(show_trgm('Élève')) AS trigrams, to_tsvector('simple', 'À Nîmes')::text AS words`,
    );
    expect(rows).toEqual([{ lower: 'élève', trigrams: 6, words: `'nîmes':2 'à':1` }]);
  });

  test('refuses a wrong password', async () => {
    const url = new URL((await start()).url);
    url.password = 'wrong';
    await expect(ask(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('keeps values and statements out of its log', async () => {
    const { url } = await start();
    await ask(url, 'CREATE TABLE family (mail text PRIMARY KEY)');
    await ask(url, `INSERT INTO family VALUES ('zoe@example.org')`);
    await expect(ask(url, `INSERT INTO family VALUES ('zoe@example.org')`)).rejects.toThrow('duplicate key');
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('zoe');
  });

  test('begins a new log when the old one has grown large', async () => {
    await writeFile(join(dataDir, 'postgres.log'), '');
    await truncate(join(dataDir, 'postgres.log'), 10_000_001);
    await start();
    expect((await stat(join(dataDir, 'postgres.log.1'))).size).toBe(10_000_001);
    expect((await stat(join(dataDir, 'postgres.log'))).size).toBeLessThan(10_000);
  });

  test('that cannot start says why in its own words, and lets go of the folder', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '9.6\n');
    await expect(start()).rejects.toThrow(/did not start on .*incompatible with server/s);
    expect(await readdir(dataDir)).not.toContain('passerelle.lock');
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '18\n');
    await start();
  });

  test('whose password is lost is not made anew over the data', async () => {
    await (await start()).stop();
    const file = join(dataDir, 'postgres.password');
    await rename(file, `${file}.lost`);
    await expect(start()).rejects.toThrow('postgres.password is missing');
    await rename(`${file}.lost`, file);
    await start();
  });
});

describe('one folder, one program', () => {
  beforeEach(inUsedFolder);

  test('a second program fails at once and is told who holds it', async () => {
    const holder = launch({ mode: 'own', ephemeral: true });
    await holder.line();
    const error: unknown = await start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataFolderInUse);
    expect(error).toMatchObject({ holder: { pid: holder.process.pid } });
    expect((error as Error).message).toMatch(
      /in use by process \d+ \(.*node.*\), which runs since 20.*Stop that program first, or set DATA_DIR/s,
    );
  });

  test('a command uses the running server and leaves it running', async () => {
    const owner = await start();
    const attached = launch({ mode: 'attach' });
    expect(await attached.line()).toBe(owner.url);
    attached.process.kill('SIGTERM');
    expect(await once(attached.process, 'exit')).toEqual([0, null]);
    expect(await ask(owner.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('commands alone share the server of the first, which waits for the last', async () => {
    const [one, two] = [launch({ mode: 'attach', ephemeral: true }), launch({ mode: 'attach', ephemeral: true })];
    const [url, same] = await Promise.all([one.line(), two.line()]);
    expect(same).toBe(url);
    const lock = JSON.parse(await readFile(join(dataDir, 'passerelle.lock'), 'utf8')) as { pid: number };
    const [host, attached] = one.process.pid === lock.pid ? [one, two] : [two, one];

    host.process.kill('SIGTERM');
    const waiting = `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
    expect(await until(async () => (await ask(url, waiting)).length === 1, LIMIT_MS)).toBe(true);
    expect(host.process.exitCode).toBeNull();
    attached.process.kill('SIGTERM');
    expect(await once(host.process, 'exit')).toEqual([0, null]);
    await start();
  });
});

describe('the lock', () => {
  test('a lock whose number now belongs to another program is taken over', async () => {
    const lock = { token: '0123456789abcdef', pid: process.pid, birth: 'another boot:1', since: '', command: '' };
    await writeFile(join(dataDir, 'passerelle.lock'), JSON.stringify(lock));
    await start();
  });

  test.each(['', '{"pid":', JSON.stringify({ token: '0123456789abcdef', pid: 999_999_999, birth: 'x', since: '', command: '' })])(
    'of many that find the dead lock %j, one takes it',
    async (dead) => {
      const path = join(dataDir, 'passerelle.lock');
      for (let round = 0; round < 20; round++) {
        await writeFile(path, dead);
        const results = await Promise.allSettled(Array.from({ length: 12 }, () => takeLock(path)));
        const taken = results.filter((result) => result.status === 'fulfilled');
        expect(taken).toHaveLength(1);
        for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(DataFolderInUse);
        await taken[0]!.value.release();
        expect(await readdir(dataDir)).toEqual([]);
      }
    },
  );
});

describe('after kill -9', () => {
  beforeEach(inUsedFolder);

  test('of the program, its server is replaced and what was committed is there', async () => {
    const killed = launch({ mode: 'own' });
    const url = await killed.line();
    await ask(url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (1)');
    const orphan = await serverPid();
    await kill(killed);
    expect(await processStart(orphan)).not.toBeNull();

    const next = await start({ ephemeral: false });
    expect(await processStart(orphan)).toBeNull();
    expect(await ask(next.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  test('of the program and its server, the next start recovers', async () => {
    const killed = launch({ mode: 'own' });
    await ask(await killed.line(), 'CREATE TABLE recovered (n int)');
    process.kill(await serverPid(), 'SIGKILL');
    await kill(killed);
    expect(await ask((await start({ ephemeral: false })).url, 'SELECT n FROM recovered')).toEqual([]);
  });

  test('of the machine, a server number that is now another program’s is no obstacle, and that program lives', async () => {
    await (await start()).stop();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1e6)']);
    undo.push(() => other.kill('SIGKILL'));
    await once(other, 'spawn');
    await writeFile(join(dataDir, 'postgres', 'postmaster.pid'), `${other.pid}\n${dataDir}/postgres\n1\n5432\n\n127.0.0.1\n\nready\n`);
    await start();
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });
});

describe('the end', () => {
  beforeEach(inUsedFolder);

  test('does not wait for open transactions', async () => {
    const postgres = await start();
    const pid = await serverPid();
    const interrupted = onServer(postgres.url, async (client) => {
      client.on('error', () => undefined);
      await client.query('BEGIN; CREATE TABLE t (n int)');
      await postgres.stop();
      await client.query('COMMIT');
    });
    await expect(interrupted).rejects.toThrow();
    await gone(pid);
  });

  test('Ctrl-C at the terminal leaves the server to the program', async () => {
    const program = launch({ mode: 'own', ephemeral: true });
    const url = await program.line();
    const next = program.line();
    process.kill(-(program.process.pid as number), 'SIGINT');
    expect(await next).toBe('interrupted');
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await readFile(join(dataDir, 'postgres.log'), 'utf8')).not.toContain('shutdown request');
  });

  test('a program that exits without stopping the server takes it along', async () => {
    const program = launch({ mode: 'own', ephemeral: true });
    await program.line();
    const pid = await serverPid();
    program.process.kill('SIGHUP');
    await once(program.process, 'exit');
    await gone(pid);
    await start();
  });

  test('what ignores the gentle signals is ended by force', async () => {
    const deaf = spawn(process.execPath, [
      '-e',
      `process.on('SIGINT', () => undefined); setInterval(() => undefined, 1e6); console.log('up')`,
    ]);
    await once(deaf.stdout, 'data');
    const exit = once(deaf, 'exit');
    await endProcess(deaf.pid as number, [
      ['SIGINT', 100],
      ['SIGKILL', LIMIT_MS],
    ]);
    expect(await exit).toEqual([null, 'SIGKILL']);
  });
});

describe('users', () => {
  const asRoot = AS_ROOT ? test : test.skip;

  asRoot('as root, the server runs as another user, who owns its folder alone', async () => {
    await start();
    const { uid } = await stat(join(dataDir, 'postgres'));
    expect(uid).not.toBe(0);
    expect((await stat(`/proc/${await serverPid()}`)).uid).toBe(uid);
    expect(await mode('postgres')).toBe('700');
    expect((await stat(join(dataDir, 'postgres.password'))).uid).toBe(0);
  });

  asRoot('an ordinary user needs nothing of that, and root can take over the folder later', async () => {
    await chown(dataDir, NOBODY, NOBODY);
    const program = launch({ mode: 'own', ephemeral: true }, { uid: NOBODY, gid: NOBODY });
    await ask(await program.line(), 'CREATE TABLE kept (n int)');
    program.process.kill('SIGTERM');
    await once(program.process, 'exit');
    expect(await ask((await start()).url, 'SELECT n FROM kept')).toEqual([]);
  });

  asRoot('a folder below a private one is refused, naming the private one', async () => {
    const home = dataDir;
    await chmod(home, 0o700);
    dataDir = join(home, 'data');
    await expect(start()).rejects.toThrow(`who may not enter ${home}. Start as an ordinary user`);
  });

  asRoot('a folder of somebody else is refused in words', async () => {
    const program = launch({ mode: 'own' }, { uid: NOBODY, gid: NOBODY });
    await expect(program.line()).rejects.toThrow('Start as the user whom it belongs to, or set DATA_DIR');
  });
});

describe('library links', () => {
  const packages = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(dirname(packages.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '..', 'native');

  test('are made where the install script did not run, and once only', async () => {
    const copy = join(dataDir, 'native');
    await mkdir(join(copy, 'lib'), { recursive: true });
    await cp(join(native, 'pg-symlinks.json'), join(copy, 'pg-symlinks.json'));
    const links = JSON.parse(await readFile(join(copy, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
    for (const { source } of links) await writeFile(join(dataDir, source), '');

    await Promise.all([linkLibraries(copy), linkLibraries(copy)]);
    await linkLibraries(copy);
    for (const { source, target } of links) expect(join(dirname(target), await readlink(join(dataDir, target)))).toBe(source);
  });

  (AS_ROOT ? test : test.skip)('that are there need no right to write; one that is missing is named', async () => {
    // PROGRAM as `nobody` above ran from a node_modules that belongs to root; here the link is taken away.
    const copy = join(dataDir, 'native');
    await mkdir(join(copy, 'lib'), { recursive: true });
    await writeFile(join(copy, 'pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/a.so.1', target: 'native/lib/a.so' }]));
    await chmod(dataDir, 0o755);
    const module = new URL('../../dist/platform/database/embedded-binaries.js', import.meta.url).href;
    const script = `const { linkLibraries } = await import(process.argv[1]); await linkLibraries(process.argv[2])`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, module, copy], {
      cwd: ROOT,
      uid: NOBODY,
      gid: NOBODY,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    await once(child, 'close');
    expect(complaint).toContain(`lacks the library link ${join(copy, 'lib', 'a.so')}, and it cannot be made (EACCES)`);
  });
});

test('a worker’s database is migrated, its own, and emptied but for the record of migrations', async () => {
  const url = await testDatabaseUrl();
  expect(await testDatabaseUrl()).toBe(url);
  await ask(url, 'CREATE TABLE leftover (n int); INSERT INTO leftover VALUES (1)');
  undo.push(() => ask(url, 'DROP TABLE leftover'));
  await truncateAll(url);
  const [counts] = await ask(url, 'SELECT (SELECT count(*)::int FROM leftover) AS left, (SELECT count(*) > 0 FROM migrations) AS migrated');
  expect(counts).toEqual({ left: 0, migrated: true });
});
