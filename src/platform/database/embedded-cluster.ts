import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, exists, type SystemAccount } from './embedded-binaries.js';

const run = promisify(execFile);
const UNFINISHED = 'postgres.new-';
/** Letters beyond ASCII are letters only to a UTF-8 LC_CTYPE: with `C`, pg_trgm takes "Élève" apart at its accents. */
const CTYPES = ['C.UTF-8', 'en_US.UTF-8'];

/** Makes `<dataDir>/postgres` unless it is there, whole or not at all; gives the superuser's password. */
export async function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  options: { readonly account: SystemAccount | null; readonly ephemeral: boolean },
): Promise<string> {
  const cluster = join(dataDir, 'postgres');
  await removeUnfinished(dataDir);
  const password = await passwordIn(dataDir, await exists(cluster));
  if (await exists(cluster)) return password;

  const workshop = await mkdtemp(join(dataDir, UNFINISHED));
  try {
    const passwordFile = join(workshop, 'password');
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (options.account) {
      for (const path of [workshop, passwordFile]) await chown(path, options.account.uid, options.account.gid);
    }
    const made = join(workshop, 'cluster');
    await initdb(binaries.initdb, made, passwordFile, options);
    await rename(made, cluster);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return password;
}

async function initdb(
  program: string,
  folder: string,
  passwordFile: string,
  { account, ephemeral }: { readonly account: SystemAccount | null; readonly ephemeral: boolean },
): Promise<void> {
  const flags = ['-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const speed = ephemeral ? ['--no-sync'] : []; // syncing costs 50 ms and outlives a power cut
  const asUser = { cwd: '/', env: {}, ...account };
  for (const [index, ctype] of CTYPES.entries()) {
    try {
      await run(program, ['-D', folder, ...flags, ...locale, `--lc-ctype=${ctype}`, ...speed], asUser);
      return;
    } catch (error) {
      const { stderr, message } = error as Error & { stderr?: string };
      if (stderr?.includes('invalid locale name') && index < CTYPES.length - 1) continue;
      throw new Error(`PostgreSQL could not make its data folder. ${stderr?.trim() || message}`, { cause: error });
    }
  }
}

/** The password is made before the cluster, so that there is never a cluster without one. */
async function passwordIn(dataDir: string, clusterExists: boolean): Promise<string> {
  const file = join(dataDir, 'postgres.password');
  const known = (await exists(file)) ? (await readFile(file, 'utf8')).trim() : '';
  if (known !== '') return known;
  if (clusterExists) {
    throw new Error(
      `${file} is missing, so the database beside it cannot be opened. Put it back from a backup, or set DATA_DIR to another folder.`,
    );
  }
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

/** What an initdb left that was killed in the middle. It may still be writing for a moment, hence the retries. */
async function removeUnfinished(dataDir: string): Promise<void> {
  const left = (await readdir(dataDir)).filter((name) => name.startsWith(UNFINISHED));
  for (const name of left) await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
