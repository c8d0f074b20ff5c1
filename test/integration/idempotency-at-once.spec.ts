import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, anAgreement, aSite } from '../support/builders.js';
import { type PausingProgram, startPausingProgram } from '../support/pausing.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

const SETTINGS = { IDEMPOTENCY_LEASE_SECONDS: '1' };
const ROUNDS = 25;

let app: TestApp;
let council: TestCouncil;
let program: PausingProgram;
beforeAll(async () => {
  app = await startTestApp(SETTINGS);
  council = await aCouncil(app);
  program = await startPausingProgram(app, SETTINGS);
});
afterEach(() => program.signal('SIGCONT'));
afterAll(async () => {
  await program.kill();
  await app.close();
});

/** One process of two. */
const at = (url: string) => new Api(url, council.api.headers);
const withKey = (key: string) => ({ headers: { 'idempotency-key': `"${key}"` } });
const file = {
  contacts: [{ name: 'Nadia B.', relationship: 'parent' }],
  learners: [{ givenName: 'A', familyName: 'B', level: 'college' }],
};
const households = (): Promise<number> =>
  onServer(app.databaseUrl, async (client) => {
    const { rows } = await client.query('SELECT count(*)::integer AS n FROM households WHERE council_id = $1', [council.id]);
    return rows[0].n as number;
  });
const isAbandoned = (key: string) => async () =>
  onServer(app.databaseUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM idempotency_keys WHERE key = $1 AND leased_until < clock_timestamp()', [key]);
    return (rowCount ?? 0) > 0;
  });
const isInFlight = ({ body }: Answer) => body.code === 'IDEMPOTENCY_IN_FLIGHT';

describe('two processes', () => {
  test(`one key sent to both at once, ${ROUNDS} times: one loan each time, and both tell of it`, async () => {
    const site = await aSite(council.api);
    for (let round = 0; round < ROUNDS; round++) {
      const [household, device] = await Promise.all([aHousehold(council.api), aDevice(council.api, { siteId: site.id })]);
      const body = {
        householdId: household.id,
        siteId: site.id,
        agreement: anAgreement,
        items: [{ deviceId: device.id, conditionOut: 'good' }],
      };
      const send = (url: string) =>
        until('it is answered', async () => {
          const answer = await at(url).post('/loans', body, withKey(`loan ${round}`));
          return isInFlight(answer) ? null : answer;
        });
      const [one, other] = await Promise.all([send(app.url), send(program.url)]);
      expect(expectStatus(one, 201).id).toBe(expectStatus(other, 201).id);
    }
  }, 180_000);

  test('a process that sleeps longer than its lease, its key not yet used: another does the work, and it does nothing when it wakes', async () => {
    const key = 'pause:after-the-key-is-taken:asleep';
    const before = await households();
    const lost = at(program.url).post('/households', file, withKey(key));
    await until('it has the key', () => program.paused.has(key));
    program.signal('SIGSTOP');
    await until('its lease is over', isAbandoned(key));
    const made = expectStatus(await at(app.url).post('/households', file, withKey(key)), 201);
    program.signal('SIGCONT');
    program.release(key);
    expect(isInFlight(await lost)).toBe(true);
    expect(await households()).toBe(before + 1);
    expect(expectStatus(await at(program.url).post('/households', file, withKey(key)), 201)).toEqual(made);
  }, 60_000);

  test('a process that sleeps in its effect longer than its lease keeps its key: it alone does the work', async () => {
    const key = 'pause:before-the-effect-is-committed:asleep';
    const before = await households();
    const first = at(program.url).post('/households', file, withKey(key));
    await until('it is about to commit', () => program.paused.has(key));
    program.signal('SIGSTOP');
    await until('its lease is over', isAbandoned(key));
    expect((await at(app.url).post('/households', file, withKey(key))).body).toMatchObject({ code: 'IDEMPOTENCY_IN_FLIGHT' });
    program.signal('SIGCONT');
    program.release(key);
    const made = expectStatus(await first, 201);
    expect(await households()).toBe(before + 1);
    expect(expectStatus(await at(app.url).post('/households', file, withKey(key)), 201)).toEqual(made);
  }, 60_000);

  test('a request that waits longer than its lease before it begins keeps its key while its process lives', async () => {
    const key = 'pause:after-the-key-is-taken:waits';
    const first = at(program.url).post('/households', file, withKey(key));
    await until('it has the key', () => program.paused.has(key));
    const leasedUntil = () =>
      onServer(app.databaseUrl, async (client) => {
        const { rows } = await client.query('SELECT leased_until FROM idempotency_keys WHERE key = $1', [key]);
        return (rows[0].leased_until as Date).getTime();
      });
    const begun = await leasedUntil();
    await until('the lease was renewed twice over', async () => (await leasedUntil()) > begun + 2000);
    expect(isInFlight(await at(app.url).post('/households', file, withKey(key)))).toBe(true);
    program.release(key);
    expectStatus(await first, 201);
  }, 60_000);
});

test('an answer that could not be kept: a repetition with another body is refused, with the same it shows what was made as it stands now', async () => {
  const key = 'not kept';
  await onServer(app.databaseUrl, (client) =>
    client.query(`
      CREATE FUNCTION answers_are_not_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not kept'; END $$;
      CREATE TRIGGER answers_are_not_kept BEFORE UPDATE OF answered_at ON idempotency_keys FOR EACH ROW
      WHEN (NEW.answered_at IS NOT NULL) EXECUTE FUNCTION answers_are_not_kept()`),
  );
  try {
    const made = expectStatus(await at(app.url).post('/households', file, withKey(key)), 201);
    const { possibleDuplicates: _, ...changed } = expectStatus(
      await council.api.patch(`/households/${made.id}`, made.version, { homeAlone: true }),
      200,
    );
    const again = await at(app.url).post('/households', file, withKey(key));
    expect([again.status, again.body, again.headers.get('etag'), again.headers.get('location')]).toEqual([
      ...[201, changed, `"${changed.version}"`, `/api/v1/households/${made.id}`],
    ]);
    expect((await at(app.url).post('/households', { ...file, homeAlone: true }, withKey(key))).body).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
  } finally {
    await onServer(app.databaseUrl, (client) => client.query('DROP FUNCTION answers_are_not_kept() CASCADE'));
  }
});
