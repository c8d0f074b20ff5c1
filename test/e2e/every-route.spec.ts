import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SCOPES, type Scope } from '../../src/modules/councils/index.js';
import { type Answer, Api } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Conformance, conformanceOf, type Operation } from '../support/conformance.js';
import { aHousehold } from '../support/builders.js';
import { aClient, aCouncil, aFamily, aPerson, type Role, type TestCouncil } from '../support/people.js';
import { aWorld, bodyIn, pathIn, type World } from '../support/world.js';

// Every operation of the OpenAPI document, found by itself: an operation that is added is in these tests at once.

let app: TestApp;
let ours: TestCouncil;
let theirs: TestCouncil;
let world: World;
let theirWorld: World;
let people: Record<Role | 'family', Api>;
let anotherFamily: Api;
let theirFamily: Api;
let stranger: Api;
let api: Conformance;

beforeAll(async () => {
  app = await startTestApp();
  ours = await aCouncil(app);
  theirs = await aCouncil(app);
  world = await aWorld(ours.api, app.drain);
  theirWorld = await aWorld(theirs.api, app.drain);
  people = {
    council_manager: await aPerson(app, ours.id, 'council_manager'),
    school_administrator: await aPerson(app, ours.id, 'school_administrator', { schoolId: world.ids['/schools/{id}'] }),
    desk_agent: await aPerson(app, ours.id, 'desk_agent', { siteId: world.ids['/sites/{id}'] }),
    auditor: await aPerson(app, ours.id, 'auditor'),
    family: await aFamily(app, ours.id, await fileIn(ours, world)),
  };
  anotherFamily = await aFamily(app, ours.id, (await aHousehold(ours.api)) as FileOfFamily);
  theirFamily = await aFamily(app, theirs.id, await fileIn(theirs, theirWorld));
  stranger = await aPerson(app, theirs.id, 'council_manager');
  api = await conformanceOf(app.url);
});
afterAll(() => app.close());

type FileOfFamily = Parameters<typeof aFamily>[2];

/** The file of the family that the world has made. */
const fileIn = async ({ api }: TestCouncil, { ids }: World) =>
  (await api.get(`/households/${ids['/households/{id}']}`)).body as FileOfFamily;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const idsIn = (body: unknown): string[] => JSON.stringify(body).match(UUID) ?? [];
const guarded = () => api.operations.filter(({ isPublic }) => !isPublic);
/** Its path names something by an id; a number or a code is each council's own. */
const hasParameter = (operation: Operation) => operation.path.includes('{') && idsIn(pathIn(world, operation)).length > 0;
/** Any client may call it, whatever its scopes. */
const isForAnyClient = ({ rights }: Operation) => rights?.scope === 'any';
/** What every family of the council may read, such as what it is invited to. */
const FOR_ALL_FAMILIES = ['GET /training-sessions'];
const isRead = ({ method }: Operation) => method === 'GET';

/** Calls the operation with the path, the query and the body of these worlds. */
function call(caller: Api, operation: Operation, { path = world, body = world }: { path?: World; body?: World } = {}): Promise<Answer> {
  const precondition: Record<string, string> = ['PUT', 'PATCH', 'DELETE'].includes(operation.method) ? { 'if-match': '*' } : {};
  const sent = isRead(operation) ? undefined : bodyIn(body, operation, api.document);
  return caller.send(operation.method, pathIn(path, operation) + (path.queries[operation.name] ?? ''), sent, { headers: precondition });
}

/** A client for each scope that operations need, allowed what `allowed` makes of it; gives the one of an operation. */
async function clientsFor(allowed: (scope: string | null) => readonly Scope[]): Promise<(operation: Operation) => Api> {
  const scopeOf = ({ rights }: Operation) => rights?.scope ?? null;
  const clients = new Map<string | null, Api>();
  for (const scope of new Set(guarded().map(scopeOf))) clients.set(scope, await aClient(app, ours.id, allowed(scope)));
  return (operation) => clients.get(scopeOf(operation)) ?? ours.api.anonymous;
}

/** The operations whose answer is not as it should be, in words. */
async function faultsOf(
  operations: readonly Operation[],
  ask: (operation: Operation) => Promise<Answer>,
  isRight: (answer: Answer, operation: Operation) => boolean,
) {
  const faults: string[] = [];
  for (const operation of operations) {
    try {
      const answer = await ask(operation);
      if (!isRight(answer, operation)) faults.push(`${operation.name}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    } catch (error) {
      faults.push(`${operation.name}: ${(error as Error).message}`);
    }
  }
  return faults;
}

test('the world has one thing for every parameter of a path', () => {
  expect(api.operations.length).toBeGreaterThan(40);
  for (const operation of api.operations) pathIn(world, operation);
});

test('every operation is public or says who may', () => {
  expect(guarded().filter(({ rights }) => rights === undefined || (rights.scope === null && rights.roles.length === 0))).toEqual([]);
});

test('nobody: 401', async () => {
  expect(
    await faultsOf(
      guarded(),
      (operation) => call(ours.api.anonymous, operation),
      ({ status }) => status === 401,
    ),
  ).toEqual([]);
});

test('a client with every scope but the one that is needed: 403', async () => {
  const clients = await clientsFor((scope) => SCOPES.filter((each) => each !== scope));
  const scoped = guarded().filter((operation) => !isForAnyClient(operation));
  const ask = (operation: Operation) => call(clients(operation), operation);
  expect(await faultsOf(scoped, ask, ({ status, body }) => status === 403 && body.code === 'FORBIDDEN')).toEqual([]);
});

test('a client with the scope that is needed and no other is let in', async () => {
  const clients = await clientsFor((scope) => SCOPES.filter((each) => each === scope));
  const reads = guarded().filter((operation) => isRead(operation) && operation.rights?.scope);
  expect(
    await faultsOf(
      reads,
      (operation) => call(clients(operation), operation),
      ({ status }) => status === 200,
    ),
  ).toEqual([]);
});

test.each(['council_manager', 'school_administrator', 'desk_agent', 'auditor', 'family'] as const)(
  'a %s where the role may not: 403',
  async (role) => {
    const forbidden = guarded().filter(({ rights }) => !rights?.roles.includes(role));
    expect(
      await faultsOf(
        forbidden,
        (operation) => call(people[role], operation),
        ({ status, body }) => status === 403 && body.code === 'FORBIDDEN',
      ),
    ).toEqual([]);
  },
);

test('an auditor changes nothing but how they are signed in; what an engine computes is stored nowhere', () => {
  const writes = guarded().filter((operation) => !isRead(operation) && operation.rights?.roles.includes('auditor'));
  expect(writes.map(({ name }) => name).sort()).toEqual([
    'DELETE /session',
    'POST /allocation/solve',
    'POST /needs/plan',
    'POST /session/totp',
    'POST /session/totp/confirmation',
    'POST /session/totp/removal',
  ]);
});

test('a person without the CSRF token reads, and changes nothing: 403', async () => {
  const { 'x-csrf-token': _token, ...cookie } = people.council_manager.headers;
  const forged = new Api(app.url, cookie);
  const writes = guarded().filter((operation) => !isRead(operation) && operation.rights?.roles.includes('council_manager'));
  expect(
    await faultsOf(
      writes,
      (operation) => call(forged, operation),
      ({ status, body }) => status === 403 && body.code === 'CSRF_TOKEN_INVALID',
    ),
  ).toEqual([]);
});

test('another council, a real id of ours in the path: 404, and nothing changes', async () => {
  const things = guarded().filter(hasParameter);
  const readAll = () =>
    Promise.all(things.filter(isRead).map(async (operation) => [operation.name, (await call(ours.api, operation)).body] as const));
  const before = await readAll();
  for (const caller of [theirs.api, stranger]) {
    const may = things.filter(({ rights }) => caller === stranger || rights?.scope);
    expect(
      await faultsOf(
        may,
        (operation) => call(caller, operation),
        ({ status, body }) => status === 404 && body.code === 'NOT_FOUND',
      ),
    ).toEqual([]);
  }
  expect(await readAll()).toEqual(before);
});

test('another family, of our council or of another: 404 for what is ours, and nothing of ours in its lists', async () => {
  const own = guarded().filter(({ rights }) => rights?.roles.includes('family'));
  const things = own.filter(hasParameter);
  expect(things.length).toBeGreaterThan(10);
  const ofWorld = new Set([...Object.values(world.ids), ...Object.values(world.references)]);
  for (const family of [anotherFamily, theirFamily]) {
    expect(
      await faultsOf(
        things,
        (operation) => call(family, operation),
        ({ status, body }) => status === 404 && body.code === 'NOT_FOUND',
      ),
    ).toEqual([]);
    const shared = family === anotherFamily ? FOR_ALL_FAMILIES : [];
    const lists = own.filter((operation) => isRead(operation) && !hasParameter(operation) && !shared.includes(operation.name));
    expect(lists.length).toBeGreaterThan(4);
    expect(
      await faultsOf(
        lists,
        (operation) => call(family, operation),
        ({ status, body }) => status === 200 && !idsIn(body).some((id) => ofWorld.has(id)),
      ),
    ).toEqual([]);
    const narrowed = lists.filter(({ parameters }) => parameters.some(({ name }) => name === 'householdId'));
    const ask = (operation: Operation) => family.get(`${operation.path}?householdId=${world.references.householdId}`);
    expect(await faultsOf(narrowed, ask, ({ status, body }) => status === 200 && body.data.length === 0)).toEqual([]);
  }
});

test('a family reads its own things, and without the CSRF token changes nothing', async () => {
  const own = [
    '/households/{id}',
    '/households/{id}/need',
    '/households/{id}/plan',
    '/households/{id}/plan-input',
    '/households/{id}/sessions',
  ];
  const lines = ['/requests/{id}', '/request-lines/{id}', '/request-lines/{id}/explanation', '/requests', '/request-lines'];
  const reads = api.operations.filter((operation) => isRead(operation) && [...own, ...lines].includes(operation.path));
  expect(reads).toHaveLength(own.length + lines.length);
  expect(
    await faultsOf(
      reads,
      (operation) => call(people.family, operation),
      ({ status }) => status === 200,
    ),
  ).toEqual([]);
  const { 'x-csrf-token': _token, ...cookie } = people.family.headers;
  const forged = new Api(app.url, cookie);
  const writes = guarded().filter((operation) => !isRead(operation) && operation.rights?.roles.includes('family'));
  expect(
    await faultsOf(
      writes,
      (operation) => call(forged, operation),
      ({ status, body }) => status === 403 && body.code === 'CSRF_TOKEN_INVALID',
    ),
  ).toEqual([]);
});

test('another council, elsewhere: no id of ours is in what it reads', async () => {
  const lists = guarded().filter((operation) => isRead(operation) && !hasParameter(operation));
  const faults: string[] = [];
  for (const operation of lists) {
    const own = await call(people.council_manager, operation);
    const idsOfOurs = new Set(idsIn(own.body));
    if (own.status !== 200) faults.push(`${operation.name}: ${own.status} ${JSON.stringify(own.body)}`);
    if (Array.isArray(own.body.data) && own.body.data.length === 0)
      faults.push(`${operation.name}: our own list is empty; the world needs such a thing`);
    const { status, body } = await call(stranger, operation);
    const foreign = idsIn(body).filter((id) => idsOfOurs.has(id));
    if (![200, 404].includes(status) || foreign.length > 0) faults.push(`${operation.name}: ${status}, with ${foreign.length} ids of ours`);
  }
  expect(faults).toEqual([]);
});

test('another council, an id of ours in a filter: an empty list', async () => {
  const faults: string[] = [];
  for (const operation of guarded().filter((each) => isRead(each) && !hasParameter(each))) {
    for (const { name } of operation.parameters.filter((each) => each.in === 'query' && /Id$/.test(each.name))) {
      const id = world.references[name];
      if (id === undefined) faults.push(`the world (test/support/world.ts) has no reference ${name}`);
      const { status, body } = await stranger.get(`${operation.path}?${name}=${id}`);
      const isEmpty = Array.isArray(body.data) ? body.data.length === 0 : !idsIn(body).includes(id ?? '');
      if (status !== 200 || !isEmpty) faults.push(`${operation.name}?${name}: ${status} ${JSON.stringify(body).slice(0, 300)}`);
    }
  }
  expect(faults).toEqual([]);
});

test('another council, ids of ours in a body: 422 UNKNOWN_REFERENCE', async () => {
  const idsOfOurs = new Set([...Object.values(world.ids), ...Object.values(world.references)]);
  const refers = guarded().filter((operation) => {
    const body = isRead(operation) ? undefined : bodyIn(world, operation, api.document);
    return body !== undefined && idsIn(body).some((id) => idsOfOurs.has(id));
  });
  expect(refers.length).toBeGreaterThan(5);
  const ask = (operation: Operation) => call(stranger, operation, { path: theirWorld, body: world });
  expect(await faultsOf(refers, ask, ({ status, body }) => status === 422 && body.code === 'UNKNOWN_REFERENCE')).toEqual([]);
});
