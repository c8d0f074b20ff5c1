import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Transactions, type Tx } from '../../src/platform/index.js';
import { dataSource } from '../../src/platform/database/data-source.js';
import { isDatabaseAway, SYSTEM_ROLE } from '../../src/platform/database/index.js';
import { newId } from '../../src/shared/ids.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { proxyTo } from '../support/proxy.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';
import { aWorld } from '../support/world.js';

let app: TestApp;
let transactions: Transactions;
let ours: TestCouncil;
let theirs: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
  transactions = app.nest.get(Transactions);
  ours = await aCouncil(app);
  theirs = await aCouncil(app);
  await aWorld(ours.api, app.drain);
  await aWorld(theirs.api, app.drain);
});
afterAll(() => app.close());

const asSuperuser = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  onServer(app.databaseUrl, async (client) => (await client.query(sql, values)).rows as Row[]);
const councilTables = async () =>
  (
    await asSuperuser<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'council_id' AND NOT a.attisdropped
       WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
    )
  ).map(({ name }) => name);
const DENIED = { code: '42501' };

describe('row-level security', () => {
  test('is enabled and forced, with a policy, for every table of a council', async () => {
    const unprotected = await asSuperuser(
      `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'council_id' AND NOT a.attisdropped
       WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND NOT (
         c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
           SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'council'
             AND pg_get_expr(p.polqual, p.polrelid) LIKE '%council_id = current_council()%'
             AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%council_id = current_council()%'))`,
    );
    expect(unprotected).toEqual([]);
    expect((await councilTables()).length).toBeGreaterThan(25);
  });

  test('the few tables without a council hold nothing of one', async () => {
    const rest = await asSuperuser<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> ALL ($1) ORDER BY 1`,
      [await councilTables()],
    );
    expect(rest.map(({ name }) => name)).toEqual(['councils', 'migrations', 'sign_in_codes', 'sign_in_failures']);
    expect(await asSuperuser(`SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'councils'`)).toEqual([
      { relrowsecurity: true, relforcerowsecurity: true },
    ]);
  });

  test('every view and every function that runs as its owner is one that we know', async () => {
    expect(await asSuperuser(`SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace`)).toEqual(
      [],
    );
    const definers = await asSuperuser<{ name: string; owner: string; path: boolean; public: boolean }>(
      `SELECT proname AS name, proowner::regrole::text AS owner, coalesce(array_to_string(proconfig, ' ') LIKE '%search_path=%', false) AS path,
         EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0) AS public
       FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace ORDER BY 1`,
    );
    expect(definers.filter(({ owner, path, public: open }) => !/^passerelle_/.test(owner) || !path || open)).toEqual([]);
  });
});

describe('the application', () => {
  const attempt = (sql: string) => transactions.write(ours.id, (tx) => tx.query(sql));

  test('works as a role that is no superuser, cannot bypass the policies and owns nothing', async () => {
    const [role] = await attempt(
      `SELECT current_user AS name, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit FROM pg_roles WHERE rolname = current_user`,
    );
    expect(role).toEqual({
      name: 'passerelle_app',
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolinherit: false,
    });
    expect(await asSuperuser(`SELECT relname FROM pg_class WHERE relowner = 'passerelle_app'::regrole`)).toEqual([]);
    expect(await asSuperuser(`SELECT proname FROM pg_proc WHERE proowner = 'passerelle_app'::regrole`)).toEqual([]);
  });

  test.each([
    'SET LOCAL session_replication_role = replica',
    'SET LOCAL row_security = off; SELECT * FROM schools',
    'ALTER TABLE schools DISABLE ROW LEVEL SECURITY',
    'DROP POLICY council ON schools',
    'CREATE TABLE mine (id uuid)',
    'TRUNCATE schools',
    "UPDATE audit_events SET action = 'x'",
    'DELETE FROM audit_events',
    "UPDATE audit_chain SET hash = 'x'",
    'DELETE FROM audit_chain',
    "UPDATE audit_reasons SET reason = 'x'",
    "INSERT INTO migrations (timestamp, name) VALUES (1, 'x')",
    "UPDATE migrations SET name = 'x'",
    'DELETE FROM migrations',
  ])('may not: %s', async (sql) => {
    const statements = sql.split('; ');
    await expect(
      transactions.write(ours.id, async (tx) => {
        for (const statement of statements) await tx.query(statement);
      }),
    ).rejects.toMatchObject(DENIED);
  });

  test('writes no row for another council, and moves none there', async () => {
    const insert = `INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES ($1, $2, 'x', 'x')`;
    await expect(transactions.write(ours.id, (tx) => tx.execute(insert, [theirs.id, newId()]))).rejects.toMatchObject(DENIED);
    await expect(transactions.write(ours.id, (tx) => tx.execute('UPDATE schools SET council_id = $1', [theirs.id]))).rejects.toMatchObject(
      DENIED,
    );
  });

  test('sees no row of another council, however it reads', async () => {
    const foreign: string[] = [];
    let seen = 0;
    for (const table of await councilTables()) {
      const sql = `SELECT council_id FROM ${table}`;
      const ways = {
        write: transactions.write(ours.id, (tx) => tx.query<{ council_id: string }>(sql)),
        read: transactions.read(ours.id, (tx) => tx.query<{ council_id: string }>(sql)),
        tenantRead: transactions.tenantRead<{ council_id: string }>(ours.id, sql),
      };
      for (const [way, asked] of Object.entries(ways)) {
        const rows = await asked.catch((error: unknown) => {
          // A table may be closed to the application altogether.
          if ((error as { code?: string }).code === DENIED.code) return [];
          throw error;
        });
        seen += rows.length;
        if (rows.some(({ council_id }) => council_id !== ours.id)) foreign.push(`${way} ${table}`);
      }
    }
    expect(foreign).toEqual([]);
    expect(seen).toBeGreaterThan(50);
  });

  test('a query without a council raises', async () => {
    const source = app.nest.get(DataSource);
    for (const table of ['schools', 'households', 'devices', 'outbox', 'audit_events']) {
      await expect(source.query(`SELECT * FROM ${table}`)).rejects.toThrow();
      await expect(transactions.platformCall(`SELECT * FROM ${table}`, [])).rejects.toThrow();
    }
  });

  test('a council is named by a UUID and nothing else', () => {
    for (const id of ['', "'; DROP TABLE schools; --", 'default', `${ours.id}'`]) {
      expect(() => transactions.write(id, () => Promise.resolve())).toThrow('a council id must be a UUID');
    }
  });

  test('what one transaction sets, the next on its connection does not have', async () => {
    await Promise.all(Array.from({ length: 40 }, () => transactions.write(ours.id, (tx) => tx.query('SELECT 1'))));
    await expect(transactions.platformCall('SELECT current_council()', [])).rejects.toThrow();
  });

  test('5,000 interleaved queries of 20 councils, one in five failing: no foreign row', async () => {
    const councils = Array.from({ length: 20 }, newId);
    const insert = `INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES (current_council(), $1, 'x', 'x')`;
    await Promise.all(councils.map((id) => transactions.write(id, (tx) => tx.execute(insert, [newId()]))));
    const select = 'SELECT council_id FROM audit_reasons';
    const fail = 'SELECT council_id, 1 / (length(salt) - 1) FROM audit_reasons';
    let failed = 0;
    let foreign = 0;
    const query = async (number: number) => {
      const council = councils[(number * 7) % councils.length] ?? '';
      const sql = number % 5 === 0 ? fail : select;
      const way = number % 3;
      const asked =
        way === 0
          ? transactions.tenantRead<{ council_id: string }>(council, sql)
          : (way === 1 ? transactions.read.bind(transactions) : transactions.write.bind(transactions))(council, (tx) =>
              tx.query<{ council_id: string }>(sql),
            );
      const rows = await asked.catch(() => null);
      if (rows === null) failed += 1;
      else if (rows.length !== 1 || rows[0]?.council_id !== council) foreign += 1;
    };
    for (let start = 0; start < 5000; start += 100) await Promise.all(Array.from({ length: 100 }, (_, index) => query(start + index)));
    expect([failed, foreign]).toEqual([1000, 0]);
  });
});

describe('the platform across councils', () => {
  const OWN = [
    'access_codes',
    'access_tokens',
    'api_clients',
    'audit_chain',
    'audit_events',
    'audit_unsealed',
    'family_sessions',
    'helpers',
    'idempotency_keys',
    'invitations',
    'outbox',
    'sessions',
    'unsent_requests',
    'users',
  ];

  test('reaches no table of families or of stock', async () => {
    const reachable = await asSuperuser<{ name: string }>(
      `SELECT DISTINCT c.relname AS name FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege
       WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
         AND (has_table_privilege($1, c.oid, privilege) OR (privilege IN ('SELECT', 'INSERT', 'UPDATE') AND has_any_column_privilege($1, c.oid, privilege)))
       ORDER BY 1`,
      [SYSTEM_ROLE],
    );
    expect(reachable.map(({ name }) => name).filter((name) => !OWN.includes(name))).toEqual(expectedBeside());
    for (const table of [
      'households',
      'contacts',
      'learners',
      'devices',
      'loans',
      'loan_items',
      'requests',
      'request_lines',
      'audit_reasons',
    ]) {
      await expect(transactions.system((tx) => tx.query(`SELECT 1 FROM ${table}`))).rejects.toMatchObject(DENIED);
    }
  });

  /** What is of no council, and the list of councils. */
  function expectedBeside(): string[] {
    // Of the sites it reads the postal codes, by which families find their council.
    return ['councils', 'sign_in_codes', 'sign_in_failures', 'sites'];
  }

  test('puts nothing into the outbox of a council', async () => {
    const insert = `INSERT INTO outbox (id, council_id, kind, ids, due_at, created_at) VALUES ($1, $2, 'x', '{}', now(), now())`;
    await expect(transactions.system((tx) => tx.execute(insert, [newId(), ours.id]))).rejects.toMatchObject(DENIED);
  });
});

describe('a transaction', () => {
  test('whose statement failed, and whose error was swallowed, does not seem to have committed', async () => {
    const work = transactions.write(ours.id, async (tx) => {
      await tx.query('SELECT 1 / 0').catch(() => undefined);
      return 'done';
    });
    await expect(work).rejects.toThrow('rolled back');
  });

  test('that loses a deadlock is run again', async () => {
    const ids = [newId(), newId()];
    const insert = `INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES (current_council(), $1, 'x', 'x')`;
    let tries = 0;
    let both: () => void = () => undefined;
    const bothHold = new Promise<void>((resolve) => {
      both = resolve;
    });
    let holding = 0;
    // Each takes one key, waits until the other has taken its own, and then wants that one too.
    const want = (first: string, second: string) =>
      transactions.write(ours.id, async (tx) => {
        tries += 1;
        await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [first]);
        if (++holding >= 2) both();
        await bothHold;
        await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [second]);
        await tx.execute(insert, [newId()]);
      });
    const [one, other] = ids as [string, string];
    await Promise.all([want(one, other), want(other, one)]);
    expect(tries).toBeGreaterThanOrEqual(3);
  });

  test('gives the first row of a statement, and says so where there is none of one that always gives one', async () => {
    await transactions.read(ours.id, async (tx) => {
      const two = `SELECT n FROM generate_series(1, 2) n ORDER BY n`;
      expect([await tx.row(two), await tx.one(two), await tx.one('SELECT 1 WHERE false')]).toEqual([{ n: 1 }, { n: 1 }, null]);
      await expect(tx.row('SELECT 1 WHERE false')).rejects.toThrow('no row');
    });
  });

  test('that reads cannot write', async () => {
    const insert = `INSERT INTO audit_reasons (council_id, event_id, salt, reason) VALUES (current_council(), $1, 'x', 'x')`;
    await expect(transactions.read(ours.id, (tx) => tx.execute(insert, [newId()]))).rejects.toMatchObject({ code: '25006' });
  });

  test('hints are given after the commit, and not after a rollback', async () => {
    const given: string[] = [];
    await transactions.write(ours.id, (tx) => {
      tx.afterCommit(() => given.push('kept'));
      return Promise.resolve();
    });
    await transactions
      .write(ours.id, (tx) => {
        tx.afterCommit(() => given.push('lost'));
        return Promise.reject(new Error('no'));
      })
      .catch(() => undefined);
    expect(given).toEqual(['kept']);
  });
});

describe('when connections break', () => {
  const signalAll = (signal: 'pg_terminate_backend' | 'pg_cancel_backend') =>
    asSuperuser(
      `SELECT ${signal}(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'passerelle' AND pid <> pg_backend_pid()`,
    );
  const terminateAll = () => signalAll('pg_terminate_backend');

  test('in the middle of a transaction: it fails, and the next one works', async () => {
    const broken = transactions.write(ours.id, async (tx) => {
      await terminateAll();
      return tx.query('SELECT 1');
    });
    await expect(broken).rejects.toThrow();
    expect(await transactions.write(ours.id, (tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  test.each([
    ['by hand', (tx: Tx) => tx.query('SELECT 1')],
    ['of TypeORM', (tx: Tx) => tx.manager.query('SELECT 1')],
  ])('between two statements: the second, %s, says that the database is away', async (_, second) => {
    const fault: unknown = await transactions
      .write(ours.id, async (tx) => {
        await tx.query('SELECT 1');
        await terminateAll();
        // The news reaches the process by itself, before it asks again.
        await pause(200);
        return second(tx);
      })
      .catch((error: unknown) => error);
    expect([String(fault), isDatabaseAway(fault)]).toEqual([expect.any(String), true]);
  });

  // A statement is cancelled when it takes too long, too.
  test.each([
    ['cut', 'pg_terminate_backend'],
    ['cancelled', 'pg_cancel_backend'],
  ] as const)('in the middle of a request, %s: 503 with Retry-After, and the next one is answered', async (_, signal) => {
    // The request waits for a row that another connection holds.
    const school = (await ours.api.get('/schools')).body.data[0] as { id: string; version: number };
    await onServer(app.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT 1 FROM schools WHERE id = $1 FOR UPDATE', [school.id]);
      const waiting = ours.api.patch(`/schools/${school.id}`, school.version, { name: 'New' });
      await until(
        'the request waits',
        async () =>
          (
            await asSuperuser(
              `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'passerelle'`,
            )
          ).length > 0,
      );
      await signalAll(signal);
      const answer = await waiting;
      expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).toEqual([503, 'UNAVAILABLE', '2']);
      await client.query('ROLLBACK');
    });
    expect((await ours.api.patch(`/schools/${school.id}`, school.version, { name: 'New' })).status).toBe(200);
  });

  test('idle in the pool: the next request is answered', async () => {
    await Promise.all(Array.from({ length: 10 }, () => ours.api.get('/schools')));
    await terminateAll();
    const pids = () => asSuperuser(`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'passerelle'`);
    await until('they are gone', async () => (await pids()).length === 0);
    const answers = await Promise.all(Array.from({ length: 10 }, () => ours.api.get('/schools')));
    expect(answers.map(({ status }) => status).filter((status) => ![200, 503].includes(status))).toEqual([]);
    expect((await ours.api.get('/schools')).status).toBe(200);
  });
});

describe('a server that ends while it greets', () => {
  /** ReadyForQuery. */
  const READY = Buffer.from('Z\0\0\0\x05I', 'latin1');
  /** ErrorResponse, as a server sends it whose postmaster was killed. */
  const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0', 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(fields.length + 4);
  const FAREWELL = Buffer.concat([Buffer.from('E'), length, fields]);

  test.each([1, 2])('does not end the program with it, be it said %i times', async (times) => {
    const proxy = await proxyTo(app.databaseUrl);
    const source = await dataSource({
      url: proxy.url,
      schema: { entities: [], migrations: [] },
      pool: 2,
      asApplication: false,
      name: 'passerelle-test',
    }).initialize();
    try {
      // The connection of the start is kept in the pool: the next ones are new.
      await proxy.cut();
      await proxy.mend();
      proxy.endAfter(READY, Buffer.concat(Array.from({ length: times }, () => FAREWELL)));
      const through = new Transactions(source);
      const results = await Promise.allSettled([
        through.write(ours.id, (tx) => tx.query('SELECT 1')),
        through.platformCall('SELECT 1', []),
        through.ping(),
      ]);
      expect(results.map((result) => result.status === 'rejected' && isDatabaseAway(result.reason))).toEqual([true, true, true]);
    } finally {
      await source.destroy();
      await proxy.close();
    }
  });
});
