import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(() => app.close());

async function askToken(id: string, secret: string, form: Record<string, string> = { grant_type: 'client_credentials' }) {
  const answer = await fetch(`${app.url}/api/v1/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

const asToken = (body: Record<string, unknown>) => new Api(app.url, { authorization: `Bearer ${String(body.access_token)}` });
const aNewClient = async (scopes = ['settings:read', 'loans:read']) =>
  expectStatus(await council.api.post('/clients', { name: 'A system', scopes }), 201);

test('a client signs in with its secret, for all its scopes or fewer, for an hour', async () => {
  const { id, secret } = await aNewClient();
  const token = await askToken(id, secret);
  expect([token.status, token.body]).toEqual([
    200,
    { access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600, scope: 'settings:read loans:read' },
  ]);
  expect((await asToken(token.body).get('/schools')).status).toBe(200);

  const narrow = await askToken(id, secret, { grant_type: 'client_credentials', scope: 'loans:read' });
  expect(narrow.body.scope).toBe('loans:read');
  expect((await asToken(narrow.body).get('/schools')).status).toBe(403);
  expect((await askToken(id, secret, { grant_type: 'client_credentials', scope: 'audit:read' })).body).toMatchObject({
    status: 422,
    error: 'invalid_scope',
  });

  const start = app.clock.now();
  app.clock.moveTo(new Date(start.getTime() + 3600_000));
  expect((await asToken(token.body).get('/schools')).status).toBe(401);
  app.clock.moveTo(start);
});

test('a wrong secret, an unknown client and no header are answered alike', async () => {
  const { id } = await aNewClient();
  const wrong = await askToken(id, 'wrong');
  const unknown = await askToken('0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', 'wrong');
  expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="passerelle"']);
  expect({ ...wrong.body, traceId: '' }).toEqual({ ...unknown.body, traceId: '' });
  expect((await askToken('not an id', 'wrong')).status).toBe(401);
  expect((await askToken(id, 'x', { grant_type: 'password' })).body).toMatchObject({ status: 422, errors: [{ pointer: '/grant_type' }] });
});

test('the secret is shown once, and stored nowhere in the clear', async () => {
  const headers = { 'idempotency-key': '"a client"' };
  const body = { name: 'Once', scopes: ['loans:read'] };
  const first = await council.api.post('/clients', body, { headers });
  const again = await council.api.post('/clients', body, { headers });
  expect(first.body.secret).toEqual(expect.any(String));
  const { secret: _, ...shown } = first.body;
  expect(again.body).toEqual(shown);
  expect((await council.api.get(`/clients/${first.body.id}`)).body).toEqual(shown);
});

test('revoking ends the client and its tokens at once', async () => {
  const { id, secret } = await aNewClient();
  const token = await askToken(id, secret);
  expect((await council.api.delete(`/clients/${id}`)).status).toBe(204);
  expect((await asToken(token.body).get('/schools')).status).toBe(401);
  expect((await askToken(id, secret)).status).toBe(401);
  expect((await council.api.get(`/clients/${id}`)).status).toBe(404);
  expect((await council.api.delete(`/clients/${id}`)).status).toBe(404);
});

test('a rotation gives another secret; the old one and its tokens end', async () => {
  const { id, secret } = await aNewClient();
  const token = await askToken(id, secret);
  const rotated = expectStatus(await council.api.post(`/clients/${id}/rotation`), 200);
  expect((await askToken(id, secret)).status).toBe(401);
  expect((await asToken(token.body).get('/schools')).status).toBe(401);
  expect((await askToken(id, rotated.secret)).status).toBe(200);
});

test('a client gives only scopes that it has, a manager any', async () => {
  const limited = await aClient(app, council.id, ['settings:write', 'loans:read']);
  expect((await limited.post('/clients', { name: 'x', scopes: ['loans:read'] })).status).toBe(201);
  expect((await limited.post('/clients', { name: 'x', scopes: ['loans:read', 'audit:read'] })).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/scopes/1', code: 'SCOPE_NOT_HELD' }],
  });
  const manager = await aPerson(app, council.id, 'council_manager');
  expect((await manager.post('/clients', { name: 'x', scopes: ['audit:read'] })).status).toBe(201);
});

test('a client ends or changes none that holds more than itself; a manager any', async () => {
  const limited = await aClient(app, council.id, ['settings:write', 'loans:read']);
  const { id: stronger } = await aNewClient(['loans:read', 'audit:read']);
  expect((await limited.delete(`/clients/${stronger}`)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect((await limited.patch(`/clients/${stronger}`, 1, { scopes: ['loans:read'] })).body).toMatchObject({
    status: 403,
    code: 'FORBIDDEN',
  });
  expect((await limited.patch(`/clients/${stronger}`, 1, { name: 'Mine' })).status).toBe(403);
  expect((await council.api.get(`/clients/${stronger}`)).body).toMatchObject({ name: 'A system', scopes: ['loans:read', 'audit:read'] });
  const { id: weaker } = await aNewClient(['loans:read']);
  expect((await limited.patch(`/clients/${weaker}`, 1, { name: 'Mine' })).status).toBe(200);
  expect((await limited.delete(`/clients/${weaker}`)).status).toBe(204);
  expect((await (await aPerson(app, council.id, 'council_manager')).delete(`/clients/${stronger}`)).status).toBe(204);
});

test('a client rotates only the secret of one that has no more than itself', async () => {
  const limited = await aClient(app, council.id, ['settings:write', 'loans:read']);
  const { id: stronger } = await aNewClient(['loans:read', 'audit:read']);
  expect((await limited.post(`/clients/${stronger}/rotation`)).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  const { id: weaker } = await aNewClient(['loans:read']);
  expect((await limited.post(`/clients/${weaker}/rotation`)).status).toBe(200);
});

test.each([
  ['was given more scopes', `scopes = '{loans:read,audit:read}'`, 403],
  ['was revoked', 'revoked_at = now()', 404],
])('a client that %s while its rotation waited is not rotated', async (_, change, status) => {
  const limited = await aClient(app, council.id, ['settings:write', 'loans:read']);
  const { id } = await aNewClient(['loans:read']);
  await onServer(app.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query(`UPDATE api_clients SET ${change} WHERE id = $1`, [id]);
    const rotation = limited.post(`/clients/${id}/rotation`);
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'passerelle'`;
    await until('it waits', async () => ((await onServer(app.databaseUrl, (other) => other.query(waits))).rowCount ?? 0) > 0);
    await client.query('COMMIT');
    expect((await rotation).status).toBe(status);
  });
});

test('a scope that is named twice is held once', async () => {
  const { id, secret } = await aNewClient(['loans:read', 'loans:read']);
  expect((await askToken(id, secret)).body.scope).toBe('loans:read');
  expectStatus(await council.api.patch(`/clients/${id}`, 1, { scopes: ['loans:read', 'settings:read', 'loans:read'] }), 200);
  expect((await askToken(id, secret)).body.scope).toBe('loans:read settings:read');
  const asked = { grant_type: 'client_credentials', scope: 'loans:read audit:read' };
  expect((await askToken(id, secret, asked)).body).toMatchObject({ status: 422, error: 'invalid_scope' });
});

test('the scheme of an access token is read in any case', async () => {
  const { id, secret } = await aNewClient();
  const token = String((await askToken(id, secret)).body.access_token);
  for (const scheme of ['bearer', 'BEARER']) {
    expect((await new Api(app.url, { authorization: `${scheme} ${token}` }).get('/session')).status).toBe(200);
  }
});

test('a form that says something twice is not read', async () => {
  const { id, secret } = await aNewClient();
  for (const body of [
    'grant_type=client_credentials&grant_type=client_credentials',
    'grant_type=client_credentials&scope=loans%3Aread&scope=settings%3Aread',
  ]) {
    const answer = await fetch(`${app.url}/api/v1/oauth/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
      },
      body,
    });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ code: 'MALFORMED_BODY' })]);
  }
});

test('who sends id and secret in the body is told where they belong', async () => {
  const { id, secret } = await aNewClient();
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  const answer = await fetch(`${app.url}/api/v1/oauth/token`, { method: 'POST', body: new URLSearchParams(form) });
  const problem = (await answer.json()) as Record<string, unknown>;
  expect(problem).toMatchObject({
    status: 401,
    code: 'UNAUTHENTICATED',
    error: 'invalid_client',
    detail: expect.stringContaining('Authorization: Basic'),
  });
  expect(JSON.stringify(problem)).not.toContain(secret);
  // Beside a header that holds, they are no fault.
  expect((await askToken(id, secret, form)).status).toBe(200);
});

test('many tokens asked for at once are all given', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id, secret } = await aNewClient();
    const answers = await Promise.all(Array.from({ length: 10 }, () => askToken(id, secret)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  }
});

test('changing needs the version, and narrower scopes hold at once', async () => {
  const { id, secret } = await aNewClient();
  const token = await askToken(id, secret);
  expect((await council.api.send('PATCH', `/clients/${id}`, { name: 'y' })).status).toBe(428);
  expect((await council.api.patch(`/clients/${id}`, 7, { name: 'y' })).status).toBe(412);
  expect(expectStatus(await council.api.patch(`/clients/${id}`, 1, { scopes: ['loans:read'] }), 200).scopes).toEqual(['loans:read']);
  expect((await asToken(token.body).get('/schools')).status).toBe(401);
});

test('nobody, a wrong scope, a wrong role and another council are kept out', async () => {
  const { id } = await aNewClient();
  expect((await council.api.anonymous.get('/clients')).status).toBe(401);
  expect((await (await aClient(app, council.id, ['loans:read'])).get('/clients')).status).toBe(403);
  expect((await (await aPerson(app, council.id, 'auditor')).post('/clients', { name: 'x', scopes: ['loans:read'] })).status).toBe(403);
  const other = (await aCouncil(app)).api;
  expect((await other.get(`/clients/${id}`)).status).toBe(404);
  expect((await other.delete(`/clients/${id}`)).status).toBe(404);
  expect((await other.post(`/clients/${id}/rotation`)).status).toBe(404);
  expect(JSON.stringify((await other.get('/clients')).body)).not.toContain(id);
});
