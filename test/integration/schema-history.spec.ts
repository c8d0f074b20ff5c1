import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { LedgerService } from '../../src/modules/loans/index.js';
import { SCOPES } from '../../src/modules/councils/index.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { migrate } from '../../src/platform/database/index.js';
import { AuditChainService } from '../../src/platform/index.js';
import { schema } from '../../src/schema.js';
import { seed } from '../../src/seed/seed.js';
import type { Answer, Api } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { isKeeping, keepVersion, keptRows, keptStatements, keptVersions, notUnderstood, restoreRows } from '../support/kept-versions.js';
import { aClient } from '../support/people.js';
import { listedStatements } from '../support/statement-list.js';
import { inEmptyDatabase, onServer } from '../support/test-database.js';

/** Statements of former versions that the schema is meant to understand no more, by their id, each with the migration that decided so. */
const GIVEN_UP: Readonly<Record<string, string>> = {};

/** The one council of the demonstration, with a client that may do everything. */
async function demonstration(app: TestApp, url: string): Promise<Api> {
  const [council] = await onServer(url, async (client) => (await client.query<{ id: string }>('SELECT id FROM councils')).rows);
  return aClient(app, council?.id ?? '', SCOPES);
}

/** Makes it from the demonstration (npm run statements -- --keep). */
async function keep(): Promise<void> {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  const app = await startTestApp();
  try {
    await seed(app.nest, app.clock, app.databaseUrl);
    await keepVersion(version.replace(/[.]\d+$/, ''), app.databaseUrl);
  } finally {
    await app.close();
  }
}

/** Everything that can be read without knowing more than ids that lists give. */
async function readAll(api: Api): Promise<Answer[]> {
  const { paths } = (await api.get('/openapi.json')).body as { paths: Record<string, { get?: unknown }> };
  const all = Object.keys(paths).filter((path) => paths[path]?.get !== undefined);
  const answers: Answer[] = [];
  for (const path of all.filter((path) => !path.includes('{'))) {
    const answer = await api.get(path.replace('/api/v1', ''));
    answers.push(answer);
    const [first] = (answer.body?.items ?? []) as { id?: string }[];
    if (first?.id === undefined) continue;
    for (const below of all) {
      const [, rest] = below.split(`${path}/{`);
      if (rest !== undefined && !rest.includes('{')) answers.push(await api.get(below.replace('/api/v1', '').replace(/{\w+}/, first.id)));
    }
  }
  return answers;
}

if (isKeeping()) test('a version leaves its demonstration and its statements', keep);
else
  describe.each(keptVersions())('version %s', (version) => {
    test('the program continues its rows', () =>
      inEmptyDatabase(async (url) => {
        const rows = keptRows(version);
        await migrate(url, { ...schema, migrations: schema.migrations.filter(({ name }) => rows.migrations.includes(name)) });
        await restoreRows(url, rows);
        expect(await migrate(url, schema)).toHaveLength(schema.migrations.length - rows.migrations.length);
        expect(await notUnderstood(url, listedStatements())).toEqual([]);

        const app = await startTestApp({ DATABASE_URL: url }, { beside: { clock: new SetClock(START) } });
        try {
          const answers = await readAll(await demonstration(app, url));
          expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
          expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(30);
          expect(await app.nest.get(LedgerService).verify()).toMatchObject({ faults: [] });
          expect(await app.nest.get(AuditChainService).verify([])).toMatchObject({ faults: [] });
        } finally {
          await app.close();
        }
      }));

    // Between `migrate` and its own end a process of that version works on the new schema.
    test('a process of it that still runs is understood', () =>
      inEmptyDatabase(async (url) => {
        await migrate(url, schema);
        const statements = keptStatements(version).filter(({ id }) => GIVEN_UP[id] === undefined);
        expect(statements.length).toBeGreaterThan(500);
        expect(await notUnderstood(url, statements)).toEqual([]);
      }));
  });
