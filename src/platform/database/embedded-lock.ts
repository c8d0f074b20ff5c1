import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processStart } from './embedded-process.js';

/** Who holds a data folder. */
export interface Holder {
  /** Random: tells one holding from every other. */
  readonly token: string;
  readonly pid: number;
  readonly birth: string;
  /** When the program was started. */
  readonly since: string;
  readonly command: string;
}

export class DataFolderInUse extends Error {
  constructor(
    readonly dataDir: string,
    readonly holder: Holder,
  ) {
    super(
      `The data folder ${dataDir} is in use by process ${holder.pid} (${holder.command}), which runs since ${holder.since}. ` +
        'Stop that program first, or set DATA_DIR to another folder.',
    );
    this.name = 'DataFolderInUse';
  }
}

export interface Lock {
  readonly holder: Holder;
  release(): Promise<void>;
}

/** Takes the lock file, also from a holder that died; held until released or until this process ends. @throws DataFolderInUse */
export async function takeLock(path: string): Promise<Lock> {
  const holder: Holder = {
    token: randomBytes(8).toString('hex'),
    pid: process.pid,
    birth: (await processStart(process.pid)) ?? '',
    since: new Date(performance.timeOrigin).toISOString(),
    command: process.argv.join(' '),
  };
  // Written aside and linked into place: the lock is never seen half written, and of two takers one link fails.
  const draft = `${path}.${holder.token}`;
  await writeFile(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    for (;;) {
      if (await linked(draft, path)) return { holder, release: () => rm(path, { force: true }) };
      const found = await readLock(path);
      if (found === null) continue;
      if ((await processStart(found.pid)) === found.birth) throw new DataFolderInUse(dirname(path), found);
      await removeStale(path, found);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when there is no lock file. One that cannot be read as a holder (a crash of the machine) is nobody's. */
async function readLock(path: string): Promise<Holder | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as Holder;
    if (/^[0-9a-f]{16}$/.test(holder.token) && Number.isInteger(holder.pid)) return holder;
  } catch {
    // damaged: falls through
  }
  return { token: 'damaged', pid: 0, birth: 'never', since: '', command: '' };
}

/**
 * Removes the lock of a dead holder. Two programs may see the same dead lock; were both to remove it, the slower one would remove
 * the quicker one's new lock. So whoever removes it first takes a lock on that very removal, which is stale-proof in the same way.
 */
async function removeStale(path: string, stale: Holder): Promise<void> {
  let turn: Lock;
  try {
    turn = await takeLock(`${path}.${stale.token}.stale`);
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error;
    await pause(5); // another program is removing it this instant
    return;
  }
  try {
    if ((await readLock(path))?.token === stale.token) await rm(path, { force: true });
  } finally {
    await turn.release();
  }
}
