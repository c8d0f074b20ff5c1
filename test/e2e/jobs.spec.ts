import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/cli/commands.js';
import { WrongUsage } from '../../src/cli/command.js';
import { JobsService } from '../../src/modules/reporting/index.js';
import { newId } from '../../src/shared/ids.js';
import { expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
let dead: string;
let theirs: string;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  const add = async (owner: string, kind: string, lane: string, seconds: number, more = '') => {
    const id = newId();
    await onServer(app.databaseUrl, async (client) => {
      await client.query(
        `INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at) VALUES ($1, $2, $3, $4, '{"loanId":"x"}', $5, now())`,
        [id, owner, kind, lane, new Date(START.getTime() + seconds * 1000)],
      );
      if (more) await client.query(`UPDATE outbox SET ${more} WHERE id = '${id}'`);
    });
    return id;
  };
  await add(council.id, 'offer.ends', 'urgent', 3600);
  await add(council.id, 'household.changed>needs', 'work', -60);
  await add(council.id, 'household.changed>needs', 'work', -30);
  await add(council.id, 'import.run', 'bulk', -90, `running = true, attempts = 1, leased_until = now() + interval '1 hour'`);
  await add(council.id, 'reminder.due', 'work', -120, 'done_at = now()');
  dead = await add(council.id, 'invitation.mail', 'urgent', -600, `dead_at = now(), attempts = 36, last_error = 'Error EENVELOPE 550'`);
  theirs = await add((await aCouncil(app)).id, 'invitation.mail', 'urgent', -600, 'dead_at = now(), attempts = 36');
});
afterAll(() => app.close());

const kinds = async (query: string) =>
  (expectStatus(await council.api.get(`/jobs${query}`), 200) as { data: { kind: string }[] }).data.map(({ kind }) => kind);

test('each queue tells what is due, runs, is for later and was set aside', async () => {
  const none = { due: 0, running: 0, scheduled: 0, dead: 0, oldestDueSeconds: null };
  expect(expectStatus(await council.api.get('/job-queues'), 200)).toEqual({
    data: [
      { ...none, lane: 'urgent', scheduled: 1, dead: 1 },
      { ...none, lane: 'work', due: 2, oldestDueSeconds: 60 },
      { ...none, lane: 'messages' },
      { ...none, lane: 'bulk', running: 1 },
    ],
    nextCursor: null,
  });
});

test('jobs are found by state, lane and kind, in the order in which they are due; what is done is not among them', async () => {
  const all = ['invitation.mail', 'import.run', 'household.changed>needs', 'household.changed>needs', 'offer.ends'];
  expect(await kinds('')).toEqual(all);
  expect(await kinds('?state=dead')).toEqual(['invitation.mail']);
  expect(await kinds('?state=due')).toEqual(['household.changed>needs', 'household.changed>needs']);
  expect(await kinds('?state=running')).toEqual(['import.run']);
  expect(await kinds('?state=scheduled')).toEqual(['offer.ends']);
  expect(await kinds('?lane=urgent')).toEqual(['invitation.mail', 'offer.ends']);
  expect(await kinds('?kind=import.run')).toEqual(['import.run']);
  expect(await kinds('?state=dead&lane=bulk')).toEqual([]);
  const { data } = expectStatus(await council.api.get('/jobs?state=dead'), 200);
  expect(data[0]).toEqual({
    id: dead,
    kind: 'invitation.mail',
    lane: 'urgent',
    ids: { loanId: 'x' },
    dueAt: '2026-11-02T07:50:00.000Z',
    attempts: 36,
    lastError: 'Error EENVELOPE 550',
    state: 'dead',
  });
});

test('pages follow each other', async () => {
  const found: string[] = [];
  for (let cursor = ''; ;) {
    const page = expectStatus(await council.api.get(`/jobs?limit=2${cursor}`), 200);
    found.push(...page.data.map(({ kind }: { kind: string }) => kind));
    if (page.nextCursor === null) break;
    cursor = `&cursor=${page.nextCursor}`;
  }
  expect(found).toEqual(await kinds(''));
});

test('managers and auditors look, managers replay, and nobody into another council', async () => {
  const auditor = await aPerson(app, council.id, 'auditor');
  expect((await auditor.get('/jobs')).status).toBe(200);
  expect((await auditor.get('/job-queues')).status).toBe(200);
  expect((await auditor.post(`/jobs/${dead}/replay`)).status).toBe(403);
  expect((await (await aClient(app, council.id, ['settings:read'])).post(`/jobs/${dead}/replay`)).status).toBe(403);
  expect((await council.api.post(`/jobs/${theirs}/replay`)).status).toBe(404);
  expect((await council.api.post(`/jobs/${newId()}/replay`)).status).toBe(404);
});

describe('replay', () => {
  test('one that was set aside is due now with its tries counted anew, once, and the trail says so', async () => {
    expect(expectStatus(await council.api.post(`/jobs/${dead}/replay`), 200)).toMatchObject({
      id: dead,
      state: 'due',
      attempts: 0,
      dueAt: START.toISOString(),
    });
    const again = await council.api.post(`/jobs/${dead}/replay`);
    expect(again.body).toMatchObject({ status: 409, code: 'INVALID_MOVE', from: 'due', possible: [] });
    const { data } = expectStatus(await council.api.get(`/audit-events?subject=${dead}`), 200);
    expect(data).toMatchObject([{ action: 'job.replayed', actor: expect.stringMatching(/^client:/) }]);
  });

  test('of two at the same moment one wins', async () => {
    await onServer(app.databaseUrl, (client) => client.query('UPDATE outbox SET dead_at = now() WHERE id = $1', [dead]));
    const both = await Promise.all([council.api.post(`/jobs/${dead}/replay`), council.api.post(`/jobs/${dead}/replay`)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('the operator lists those of every council, and replays one or all of a kind', async () => {
    await onServer(app.databaseUrl, (client) => client.query('UPDATE outbox SET dead_at = now() WHERE id = $1', [dead]));
    const service = app.nest.get(JobsService);
    const ids = async () => (await service.dead(10)).jobs.map(({ id }) => id);
    expect(await ids()).toEqual([dead, theirs]);
    expect(await service.dead(1)).toMatchObject({ jobs: [{ id: dead, kind: 'invitation.mail' }], thereAreMore: true });
    expect(await service.replayForOperator({ id: theirs })).toBe(1);
    expect(await service.replayForOperator({ id: theirs })).toBe(0);
    expect(await service.replayForOperator({ kind: 'import.run' })).toBe(0);
    expect(await service.replayForOperator({ kind: 'invitation.mail' })).toBe(1);
    expect(await ids()).toEqual([]);
  });

  test('all of a kind are replayed once, though they are set aside again at once', async () => {
    const many = 1500;
    await onServer(app.databaseUrl, async (client) => {
      await client.query(
        `INSERT INTO outbox (id, council_id, kind, lane, ids, due_at, created_at, dead_at)
         SELECT gen_random_uuid(), $1, 'digest.mail', 'work', '{}', now(), now(), now() FROM generate_series(1, ${many})`,
        [council.id],
      );
      await client.query(`
        CREATE FUNCTION stays_dead() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.dead_at := OLD.dead_at; RETURN NEW; END';
        CREATE TRIGGER stays_dead BEFORE UPDATE ON outbox FOR EACH ROW WHEN (OLD.kind = 'digest.mail') EXECUTE FUNCTION stays_dead()`);
    });
    try {
      expect(await app.nest.get(JobsService).replayForOperator({ kind: 'digest.mail' })).toBe(many);
    } finally {
      await onServer(app.databaseUrl, (client) => client.query('DROP TRIGGER stays_dead ON outbox; DROP FUNCTION stays_dead()'));
    }
  });

  test('the command wants an id or a kind', async () => {
    const replay = (words: string[]) => commands.find(({ name }) => name === 'jobs:replay')?.run(words);
    for (const words of [[], ['--id', newId(), '--kind', 'x'], ['--id', 'x']]) await expect(replay(words)).rejects.toThrow(WrongUsage);
  });
});
