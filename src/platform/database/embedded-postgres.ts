import { access, chmod, constants, mkdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { accountFor, findBinaries, mustReach } from './embedded-binaries.js';
import { ensureCluster } from './embedded-cluster.js';
import { DataFolderInUse, takeLock, type Holder } from './embedded-lock.js';
import { SupervisedServer, type Supervision } from './embedded-supervisor.js';
import { until } from './embedded-process.js';
import { startServer } from './embedded-server.js';

export { DataFolderInUse } from './embedded-lock.js';

const DATABASE = 'passerelle';
const ATTACH_LIMIT_MS = 60_000;
/** Any constant: the advisory lock that those who attached to a server hold shared; a host that waits for them takes it whole. */
const ATTACHED_CLIENTS = 0x67756573;

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** Data need not survive a crash: for tests and demonstrations. */
  readonly ephemeral?: boolean;
  /** `own`: the folder is ours, or the start fails (the program). `attach`: use the server of whoever has it, else our own (commands). */
  readonly mode: 'own' | 'attach';
  /** Whom a server that ends without being asked to is told, and is started again for (mode `own`); left out: for nobody. */
  readonly supervision?: Supervision;
}

export interface EmbeddedPostgres {
  /** The superuser's URL of the database `passerelle`. */
  readonly url: string;
  /** Ends what was started here, and only that. May be called again. */
  stop(): Promise<void>;
}

/** `<dataDir>/postgres.json`: where the server of the lock's holder is. */
interface Running {
  readonly url: string;
  readonly pid: number;
  readonly holder: string;
}

/** A real PostgreSQL with its data in `<dataDir>/postgres`, for as long as this program runs. @throws DataFolderInUse in mode `own` */
export async function startEmbeddedPostgres({ dataDir, ephemeral = false, mode, supervision }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = await openFolder(dataDir);
  if (mode === 'own') return host(folder, { ephemeral, waitForClients: false, supervision });

  // The holder may be starting or stopping just now: then neither way works yet, and it is tried again.
  let postgres: EmbeddedPostgres | undefined;
  let reason: unknown;
  await until(async () => {
    try {
      postgres = await host(folder, { ephemeral, waitForClients: true });
    } catch (error) {
      if (!(error instanceof DataFolderInUse)) throw error;
      reason = error;
      postgres = await attach(folder, error.holder).catch((refusal: unknown) => {
        reason = refusal;
        return undefined;
      });
    }
    return postgres !== undefined;
  }, ATTACH_LIMIT_MS);
  if (postgres) return postgres;
  throw new Error(`The program that holds ${folder} has not let us into its database within a minute. Try again, or stop it first.`, {
    cause: reason,
  });
}

/** Takes the folder and runs its server. */
async function host(
  folder: string,
  options: { ephemeral: boolean; waitForClients: boolean; supervision?: Supervision },
): Promise<EmbeddedPostgres> {
  const lock = await takeLock(join(folder, 'passerelle.lock'));
  const undo = [() => lock.release()];
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const binaries = await findBinaries();
    const account = await accountFor(join(folder, 'postgres'));
    if (account) for (const path of [folder, dirname(binaries.postgres)]) await mustReach(account, path);

    const password = await ensureCluster(folder, binaries, { account, ephemeral: options.ephemeral });
    const place = { postgres: binaries.postgres, dataDir: folder, account, ephemeral: options.ephemeral };
    const server = await startServer(place);
    const { port } = server;
    const tell = (pid: number) => announce(folder, { url, pid, holder: lock.holder.token });
    // Where it was: the pools of this program and of those who attached know that place only.
    const again = async (stopping: AbortSignal) => {
      const next = await startServer({ ...place, port, stopping });
      await tell(next.pid);
      return next;
    };
    const supervised = options.supervision ? new SupervisedServer(server, again, options.supervision) : server;
    undo.push(() => supervised.stop());

    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/${DATABASE}`;
    await ensureDatabase(url);
    undo.push(await tell(server.pid));
    if (options.waitForClients) undo.push(() => clientsGone(url));

    let stopping: Promise<void> | undefined;
    return { url, stop: () => (stopping ??= close()) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Uses the holder's server; undefined while there is none (the holder is starting or stopping). */
async function attach(folder: string, holder: Holder): Promise<EmbeddedPostgres | undefined> {
  const running = await readRunning(folder);
  if (running?.holder !== holder.token) return undefined;
  const client = await connectToServer(running.url);
  const { rows } = await client.query<{ admitted: boolean }>('SELECT pg_try_advisory_lock_shared($1) AS admitted', [ATTACHED_CLIENTS]);
  if (rows[0]?.admitted) return { url: running.url, stop: () => client.end() };
  await client.end();
  return undefined;
}

/** Waits until the last who attached has left, and lets none in any more. */
async function clientsGone(url: string): Promise<void> {
  const client = await connectToServer(url).catch(() => null); // a server that is down has none
  await client?.query('SELECT pg_advisory_lock($1)', [ATTACHED_CLIENTS]).catch(() => undefined);
  // The connection stays open and keeps the lock; the server's end closes it.
}

async function ensureDatabase(url: string): Promise<void> {
  const client = await connectToServer(url);
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** A connection to the server's own database, `postgres`. */
async function connectToServer(url: string): Promise<pg.Client> {
  const address = new URL(url);
  address.pathname = '/postgres';
  const client = new pg.Client({ connectionString: address.href, application_name: 'passerelle-embedded' });
  client.on('error', () => undefined); // the server may end before its clients: their own queries will tell
  await client.connect();
  return client;
}

/** Writes where the server is, for other programs of the same user. Gives the way to take it back. */
async function announce(folder: string, running: Running): Promise<() => Promise<void>> {
  const file = join(folder, 'postgres.json');
  await writeFile(`${file}.new`, JSON.stringify(running), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return () => rm(file, { force: true });
}

async function readRunning(folder: string): Promise<Running | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'postgres.json'), 'utf8')) as Running;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes the folder where there is none; gives its one true path. */
async function openFolder(dataDir: string): Promise<string> {
  const path = resolve(dataDir);
  try {
    await mkdir(path, { recursive: true, mode: 0o711 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    // As root, PostgreSQL's own user must pass through; it can list and read nothing but its own folder.
    if (process.getuid?.() === 0) await chmod(path, (await stat(path)).mode | 0o011);
    return await realpath(path);
  } catch (error) {
    throw new Error(
      `The data folder ${path} cannot be used (${(error as Error).message}). Start as the user whom it belongs to, or set DATA_DIR.`,
      {
        cause: error,
      },
    );
  }
}
