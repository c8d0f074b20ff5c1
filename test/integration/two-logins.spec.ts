import { expect, test } from '@jest/globals';
import { createContext } from '../../src/application.js';
import { prepareRuntime, readySchema } from '../../src/boot.js';
import { CouncilsService } from '../../src/modules/councils/index.js';
import { readSettings } from '../../src/platform/config/settings.js';
import { migrate } from '../../src/platform/database/index.js';
import { schema } from '../../src/schema.js';
import { inEmptyDatabase, onServer } from '../support/test-database.js';

const LOGIN = 'passerelle_test_login';

/** A login as docker/postgres/application-login.sh makes it: it can become the application's role, and owns nothing. */
async function withLogin(owner: string, work: (url: string) => Promise<void>): Promise<void> {
  const run = (sql: string) => onServer(owner, (client) => client.query(sql));
  await run(`DROP ROLE IF EXISTS ${LOGIN}`);
  await run(`
    CREATE ROLE ${LOGIN} LOGIN NOINHERIT NOBYPASSRLS NOSUPERUSER PASSWORD 'of-a-test';
    GRANT passerelle_app TO ${LOGIN};
    ALTER ROLE ${LOGIN} SET role = 'passerelle_app'`);
  try {
    await work(Object.assign(new URL(owner), { username: LOGIN, password: 'of-a-test' }).href);
  } finally {
    await run(`DROP ROLE ${LOGIN}`);
  }
}

test.each(['api', 'worker'])('with a login of its own, a process of role %s sees whether the schema is there, and works', async (role) => {
  await inEmptyDatabase(async (owner) => {
    await withLogin(owner, async (url) => {
      const settings = readSettings({
        NODE_ENV: 'test',
        ROLE: role,
        DATABASE_URL: url,
        APP_SECRET: 'a secret of tests, long enough for it',
        LOG_LEVEL: 'silent',
      });
      const runtime = await prepareRuntime(settings, { mode: 'own' });
      await expect(readySchema(runtime)).rejects.toThrow('the database lacks FirstSchema1796000000000');
      await migrate(owner, schema);
      await readySchema(runtime);
      const program = await createContext({ ...runtime.platform, runsJobs: false });
      const councils = program.get(CouncilsService);
      const council = { code: 'here', name: 'Ville', timeZone: 'Europe/Paris', locale: 'fr' };
      expect(await councils.create(council)).toMatchObject({ ok: true });
      expect(await councils.isAny()).toBe(true);
      await program.close();
    });
  });
});
