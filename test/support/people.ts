import { randomBytes } from 'node:crypto';
import type { Scope } from '../../src/modules/councils/index.js';
import { SCOPES } from '../../src/modules/councils/index.js';
import { tokenHash } from '../../src/modules/identity/access/authenticator.js';
import { Transactions } from '../../src/platform/index.js';
import { dayIn } from '../../src/shared/day.js';
import { newId } from '../../src/shared/ids.js';
import { Api } from './api.js';
import type { TestApp } from './app.js';

/** A council with a client of its own that has all scopes. */
export interface TestCouncil {
  readonly id: string;
  readonly api: Api;
}

let number = 0;

/** Makes a council and a client with all scopes directly in the database. */
export async function aCouncil(app: TestApp): Promise<TestCouncil> {
  const id = newId();
  const now = app.clock.now();
  await app.nest.get(Transactions).write(id, (tx) =>
    tx.execute(
      `INSERT INTO councils (id, code, name, time_zone, locale, languages, created_at, updated_at)
       VALUES ($1, $2, 'Council of a test', 'Europe/Paris', 'fr', '{fr,en}', $3, $3)`,
      [id, `T${process.pid}-${++number}`, now],
    ),
  );
  return { id, api: await aClient(app, id, SCOPES) };
}

/** A client of the council with these scopes and a token. */
export async function aClient(app: TestApp, councilId: string, scopes: readonly Scope[]): Promise<Api> {
  const token = randomBytes(32).toString('base64url');
  const now = app.clock.now();
  const clientId = newId();
  await app.nest.get(Transactions).write(councilId, async (tx) => {
    await tx.execute(
      `INSERT INTO api_clients (council_id, id, name, scopes, secret_hash, created_at, updated_at) VALUES ($1, $2, 'test', $3, '-', $4, $4)`,
      [councilId, clientId, scopes, now],
    );
    await tx.execute('INSERT INTO access_tokens (council_id, token_hash, client_id, scopes, expires_at) VALUES ($1, $2, $3, $4, $5)', [
      councilId,
      tokenHash(token),
      clientId,
      scopes,
      new Date('2100-01-01T00:00:00Z'),
    ]);
  });
  return new Api(app.url, { authorization: `Bearer ${token}` });
}

/** A contact of a household, as `aHousehold` answers it. */
interface HouseholdOfContacts {
  readonly id: string;
  readonly contacts: readonly { readonly id: string }[];
}

/** A signed-in contact of a household (the first, or the one with this number), where the council is open to families. */
export async function aFamily(app: TestApp, councilId: string, { id, contacts }: HouseholdOfContacts, number = 0): Promise<Api> {
  const { Authenticator } = await import('../../src/modules/identity/access/authenticator.js');
  const token = randomBytes(32).toString('base64url');
  const now = app.clock.now();
  const sessionId = newId();
  await app.nest.get(Transactions).write(councilId, async (tx) => {
    await tx.execute(
      `INSERT INTO family_sessions (council_id, id, contact_id, household_id, token_hash, own_phone, opened_at, seen_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, true, $6, $6, $7)`,
      [councilId, sessionId, contacts[number]?.id, id, tokenHash(token), now, new Date('2100-01-01T00:00:00Z')],
    );
  });
  return new Api(app.url, { cookie: `passerelle_family=${token}`, 'x-csrf-token': app.nest.get(Authenticator).csrfToken(sessionId) });
}

/** Somebody whom a contact of a household lets help (the first, or the one with this number), signed in with the code of its own. */
export async function aHelper(
  app: TestApp,
  { api }: Pick<TestCouncil, 'api'>,
  { id, reference, contacts }: HouseholdOfContacts & { readonly reference: string },
  number = 0,
): Promise<Api> {
  const until = dayIn(new Date(app.clock.now().getTime() + 30 * 24 * 3600 * 1000), 'UTC');
  const allowed = await api.post(`/households/${id}/helpers`, { name: 'Association', until, contactId: contacts[number]?.id });
  return signedInFamily(app, { reference, code: String(allowed.body.code) });
}

/** Signs in with a printed code. */
export async function signedInFamily(app: TestApp, given: { readonly reference: string; readonly code: string }): Promise<Api> {
  const opened = await new Api(app.url, {}).post('/session/family', given);
  if (opened.status !== 201) throw new Error(`not signed in: ${opened.status} ${JSON.stringify(opened.body)}`);
  const cookie = opened.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
  return new Api(app.url, { cookie: cookie.join('; '), 'x-csrf-token': String(opened.body.csrfToken) });
}

export type Role = 'council_manager' | 'school_administrator' | 'desk_agent' | 'auditor';

/** A signed-in person of the council, with a session cookie and a CSRF token. */
export async function aPerson(
  app: TestApp,
  councilId: string,
  role: Role,
  place: { schoolId?: string; siteId?: string } = {},
): Promise<Api> {
  const { Authenticator } = await import('../../src/modules/identity/access/authenticator.js');
  const token = randomBytes(32).toString('base64url');
  const now = app.clock.now();
  const userId = newId();
  const sessionId = newId();
  const email = `${role}.${userId}@example.org`;
  await app.nest.get(Transactions).write(councilId, async (tx) => {
    await tx.execute(
      `INSERT INTO users (council_id, id, name, email, email_key, role, school_id, site_id, created_at, updated_at)
       VALUES ($1, $2, 'Somebody', $3, $3, $4, $5, $6, $7, $7)`,
      [councilId, userId, email, role, place.schoolId ?? null, place.siteId ?? null, now],
    );
    await tx.execute('INSERT INTO sessions (council_id, id, user_id, token_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      councilId,
      sessionId,
      userId,
      tokenHash(token),
      now,
      new Date('2100-01-01T00:00:00Z'),
    ]);
  });
  return new Api(app.url, { cookie: `passerelle_session=${token}`, 'x-csrf-token': app.nest.get(Authenticator).csrfToken(sessionId) });
}
