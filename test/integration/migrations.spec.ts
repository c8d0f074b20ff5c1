import { expect, test as aTest } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dataSource, migrate, migrateDown, pendingMigrations, unforced } from '../../src/platform/database/index.js';
import { schema } from '../../src/schema.js';
import { newId } from '../../src/shared/ids.js';
import { inEmptyDatabase, onServer } from '../support/test-database.js';

let url: string;
const ask = <Row extends object>(sql: string) => onServer(url, async (client) => (await client.query(sql)).rows as Row[]);
const test = (name: string, work: () => Promise<void>) =>
  aTest(name, () =>
    inEmptyDatabase((empty) => {
      url = empty;
      return work();
    }),
  );

/** Everything that a migration may make, extensions and their own apart. */
const things = () =>
  ask<{ thing: string }>(
    `SELECT thing FROM (
       SELECT 'relation ' || relname AS thing, oid, 'pg_class'::regclass AS catalog FROM pg_class WHERE relnamespace = 'public'::regnamespace
       UNION ALL SELECT 'function ' || oid::regprocedure::text, oid, 'pg_proc'::regclass FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       UNION ALL SELECT 'type ' || typname, oid, 'pg_type'::regclass FROM pg_type
         WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')
       UNION ALL SELECT 'policy ' || polname || ' of ' || polrelid::regclass, oid, 'pg_policy'::regclass FROM pg_policy
       UNION ALL SELECT 'trigger ' || tgname || ' of ' || tgrelid::regclass, oid, 'pg_trigger'::regclass FROM pg_trigger WHERE NOT tgisinternal
     ) made WHERE NOT EXISTS (SELECT FROM pg_depend WHERE classid = catalog AND objid = oid AND deptype = 'e') ORDER BY 1`,
  ).then((rows) => rows.map(({ thing }) => thing));
const columns = () =>
  ask<{ table: string; column: string; nullable: boolean; type: string; preset: string | null }>(
    `SELECT table_name AS "table", column_name AS "column", is_nullable = 'YES' AS nullable, data_type AS type, column_default AS preset
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`,
  );
const constraints = () =>
  ask<{ text: string }>(
    `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS text FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace ORDER BY 1`,
  );

test('up from nothing, down to nothing, and up again to the same', async () => {
  expect(await migrate(url, schema)).toEqual(schema.migrations.map((migration) => migration.name));
  expect(await migrate(url, schema)).toEqual([]);
  const [made, have, hold] = [await things(), await columns(), await constraints()];
  expect(made.length).toBeGreaterThan(100);

  expect(await migrateDown(url, schema)).toBe(schema.migrations.length);
  const record = ['relation PK_', 'relation migrations', 'relation migrations_id_seq'];
  expect((await things()).filter((thing) => !record.some((start) => thing.startsWith(start)))).toEqual([]);
  expect(await migrateDown(url, schema)).toBe(0);

  await migrate(url, schema);
  expect(await things()).toEqual(made);
  expect(await columns()).toEqual(have);
  expect(await constraints()).toEqual(hold);
});

const OWNER = 'passerelle_test_owner';

/** Works as an owner of the database who is no superuser: row-level security holds for it too. */
async function withOwner(work: (owner: string) => Promise<void>): Promise<void> {
  const database = new URL(url).pathname.slice(1);
  await ask(`
    CREATE ROLE ${OWNER} LOGIN CREATEROLE NOBYPASSRLS NOSUPERUSER PASSWORD 'of-a-test';
    GRANT passerelle_app, passerelle_system, passerelle_search TO ${OWNER} WITH ADMIN OPTION;
    ALTER DATABASE ${database} OWNER TO ${OWNER}`);
  try {
    await work(Object.assign(new URL(url), { username: OWNER, password: 'of-a-test' }).href);
  } finally {
    await ask(`ALTER DATABASE ${database} OWNER TO CURRENT_USER; DROP OWNED BY ${OWNER} CASCADE; DROP ROLE ${OWNER}`);
  }
}

test('an owner who is no superuser makes it all, changes rows of every council later, and takes it all back', async () => {
  class Later1999999999999 implements MigrationInterface {
    readonly name = 'Later1999999999999';
    async up(runner: QueryRunner): Promise<void> {
      await runner.query(unforced(['councils'], "UPDATE councils SET name = name || ' of later'"));
    }
    async down(): Promise<void> {}
  }
  const later = { ...schema, migrations: [...schema.migrations, Later1999999999999] };
  await withOwner(async (owner) => {
    await migrate(owner, schema);
    for (const code of ['here', 'there']) {
      await ask(`INSERT INTO councils (id, code, name, time_zone, locale, languages, created_at, updated_at)
        VALUES ('${newId()}', '${code}', '${code}', 'Europe/Paris', 'fr', '{fr}', now(), now())`);
    }
    expect(await migrate(owner, later)).toEqual(['Later1999999999999']);
    expect(await ask('SELECT name FROM councils ORDER BY code')).toEqual([{ name: 'here of later' }, { name: 'there of later' }]);
    expect(await ask('SELECT relname FROM pg_class WHERE relrowsecurity AND NOT relforcerowsecurity')).toEqual([]);
    expect(await migrateDown(owner, later)).toBe(later.migrations.length);
  });
});

test('every history has the order in which the database took it in', async () => {
  await migrate(url, schema);
  // What the application may only add to, and what tells when something was: a history.
  const histories = await ask<{ name: string; ordered: boolean; goesOn: boolean }>(
    `SELECT t.relname AS name,
       EXISTS (SELECT FROM pg_attribute o WHERE o.attrelid = t.oid AND o.attname = 'ordinal' AND o.attidentity = 'a') AS ordered,
       EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tgname = t.relname || '_time_goes_on') AS "goesOn"
     FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'at'
     WHERE t.relnamespace = 'public'::regnamespace AND t.relkind = 'r' AND has_table_privilege('passerelle_app', t.oid, 'INSERT')
       AND NOT has_table_privilege('passerelle_app', t.oid, 'UPDATE') ORDER BY 1`,
  );
  // The events of a council are of many things, whose clocks may differ, and a message code covers the time of each.
  const withoutTime = ['audit_events'];
  expect(histories.map(({ name }) => name)).toEqual(expect.arrayContaining(['device_events', 'loan_events', 'request_line_events']));
  expect(histories.filter(({ ordered }) => !ordered)).toEqual([]);
  expect(histories.filter(({ goesOn }) => !goesOn).map(({ name }) => name)).toEqual(withoutTime);
});

test('several programs that migrate at once run each migration once', async () => {
  const ran = await Promise.all(Array.from({ length: 4 }, () => migrate(url, schema)));
  expect(ran.flat().sort()).toEqual(schema.migrations.map((migration) => migration.name).sort());
  const rows = await ask<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  expect(rows.map((row) => row.name)).toEqual(schema.migrations.map((migration) => migration.name));
});

test('a migration that fails leaves nothing of itself, and the next try goes on from there', async () => {
  class Broken {
    readonly name = 'Broken1999999999999';
    async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
      await runner.query('CREATE TABLE half (id uuid)');
      await runner.query('SELECT 1 / 0');
    }
    down(): Promise<void> {
      return Promise.resolve();
    }
  }
  await expect(migrate(url, { ...schema, migrations: [...schema.migrations, Broken] })).rejects.toThrow('division by zero');
  expect(await ask(`SELECT 1 FROM pg_class WHERE relname = 'half'`)).toEqual([]);
  expect(await migrate(url, schema)).toEqual([]);
});

test('what the database lacks is known before and after', async () => {
  const source = await dataSource({ url, schema, pool: 1, asApplication: false, name: 'test' }).initialize();
  try {
    expect(await pendingMigrations(source, schema)).toHaveLength(schema.migrations.length);
    await migrate(url, schema);
    expect(await pendingMigrations(source, schema)).toEqual([]);
  } finally {
    await source.destroy();
  }
});

test('every column of an entity is in the database, and is nullable in both or in neither', async () => {
  await migrate(url, schema);
  const have = new Map((await columns()).map((column) => [`${column.table}.${column.column}`, column.nullable]));
  const source = await dataSource({ url, schema, pool: 1, asApplication: false, name: 'test' }).initialize();
  const faults = source.entityMetadatas.flatMap(({ tableName, columns: declared }) =>
    declared.flatMap(({ databaseName, isNullable }) => {
      const nullable = have.get(`${tableName}.${databaseName}`);
      if (nullable === undefined) return [`${tableName}.${databaseName} is not in the database`];
      return nullable === isNullable
        ? []
        : [`${tableName}.${databaseName}: ${nullable ? 'only the database' : 'only the entity'} takes null`];
    }),
  );
  expect(source.entityMetadatas.length).toBeGreaterThan(2);
  await source.destroy();
  expect(faults).toEqual([]);
});
