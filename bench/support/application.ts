import { randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../../src/application.js';
import { SCOPES } from '../../src/modules/councils/index.js';
import { tokenHash } from '../../src/modules/identity/access/authenticator.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { Secrets } from '../../src/platform/config/secrets.js';
import { readSettings } from '../../src/platform/config/settings.js';
import { Transactions } from '../../src/platform/index.js';
import { Log } from '../../src/platform/logging/log.js';
import { newId } from '../../src/shared/ids.js';
import { schema } from '../../src/schema.js';

/** The application on a database, and one client of it with every scope. */
export interface BenchApplication {
  readonly nest: NestFastifyApplication;
  /** What its client says of itself. */
  readonly headers: Readonly<Record<string, string>>;
  /** Asks for a path after `/api/v1`. @throws Error where the answer is not 200 */
  get(path: string): Promise<BenchAnswer>;
  /** Sends a body to a path. @throws Error where the answer is not a success */
  post(path: string, body?: object): Promise<Readonly<Record<string, unknown>>>;
  /** Replaces what stands at a path and has this version. @throws Error where the answer is not a success */
  put(path: string, version: number, body: object): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

export interface BenchAnswer {
  readonly data?: readonly unknown[];
  readonly nextCursor?: string | null;
  readonly truncated?: boolean;
}

export async function startBenchApplication(databaseUrl: string, councilId: string, clock = new Clock()): Promise<BenchApplication> {
  const settings = readSettings({ DATABASE_URL: databaseUrl, RATE_LIMIT: '100000000', LOG_LEVEL: 'warn' });
  const nest = await createApplication({
    settings,
    secrets: new Secrets('a secret of benchmarks, long enough for it'),
    log: new Log(settings),
    clock,
    database: { url: databaseUrl, pool: settings.databasePool, schema, asApplication: true },
    runsJobs: false,
  });
  await nest.listen(0, '127.0.0.1');
  const url = await nest.getUrl();
  const headers = { authorization: `Bearer ${await aToken(nest, councilId)}` };
  const send = async (method: string, path: string, more: Readonly<Record<string, string>>, body: object) => {
    const sent = { method, headers: { ...headers, ...more, 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/api/v1${path}`, sent);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  };
  return {
    nest,
    headers,
    async get(path) {
      const answer = await fetch(`${url}/api/v1${path}`, { headers });
      const text = await answer.text();
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text}`);
      return JSON.parse(text) as BenchAnswer;
    },
    post: (path, body = {}) => send('POST', path, {}, body),
    put: (path, version, body) => send('PUT', path, { 'if-match': `"${version}"` }, body),
    stop: () => nest.close(),
  };
}

async function aToken(nest: NestFastifyApplication, councilId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const clientId = newId();
  await nest.get(Transactions).write(councilId, async (tx) => {
    await tx.execute(
      `INSERT INTO api_clients (council_id, id, name, scopes, secret_hash, created_at, updated_at) VALUES ($1, $2, 'bench', $3, '-', now(), now())`,
      [councilId, clientId, SCOPES],
    );
    await tx.execute(
      `INSERT INTO access_tokens (council_id, token_hash, client_id, scopes, expires_at) VALUES ($1, $2, $3, $4, now() + interval '1 day')`,
      [councilId, tokenHash(token), clientId, SCOPES],
    );
  });
  return token;
}
