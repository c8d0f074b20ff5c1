import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { ticketOf } from '../../src/modules/requests/domain/lottery.rules.js';
import { scoreOf } from '../../src/modules/requests/domain/score.rules.js';
import { PriorityPoliciesRepository, type PriorityPolicy } from '../../src/modules/requests/priority/priority-policies.repository.js';
import { type QueueOrder, RankingRepository } from '../../src/modules/requests/priority/ranking.repository.js';
import { ScoreCheckRepository } from '../../src/modules/requests/priority/score-check.repository.js';
import { StoredNeedsService } from '../../src/modules/needs/index.js';
import { Transactions } from '../../src/platform/index.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aDeviceModel, aHousehold, aKit, aLoan, aSchool, aSite } from '../support/builders.js';
import { aCouncil, aPerson, type TestCouncil } from '../support/people.js';
import { WAITING_HERE } from '../support/test-database.js';
import { until } from '../support/until.js';
import { LONG_MS, REPEATS } from '../support/thorough.js';

type Body = Answer['body'];

/** So many pairs are tried at once, on connections of their own. */
const AT_ONCE = Math.min(25, REPEATS);

/** The advisory lock at which a submission waits once it has scored its lines, until the test lets it commit. */
const DOOR = 424_242;

let app: TestApp;
let keeper: pg.Client;
let council: TestCouncil;
let api: Api;
let manager: Api;
let school: Body;
let profile: Body;
const stock = { siteId: '', modelId: '' };
/** The families of all tests. */
const households: Body[] = [];
beforeAll(async () => {
  app = await startTestApp({ DATABASE_POOL: '60' });
  keeper = new pg.Client({ connectionString: app.databaseUrl });
  await keeper.connect();
  await keeper.query(`
    CREATE FUNCTION wait_at_door() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_advisory_xact_lock_shared(${DOOR});
      RETURN NULL;
    END $$;
    CREATE TRIGGER wait_at_door AFTER UPDATE OF scorings ON request_lines FOR EACH ROW
      WHEN (OLD.scorings = 0 AND NEW.scorings = 1) EXECUTE FUNCTION wait_at_door()`);
  council = await aCouncil(app);
  api = council.api;
  manager = await aPerson(app, council.id, 'council_manager');
  school = await aSchool(api);
  stock.siteId = (await aSite(api)).id;
  stock.modelId = (await aDeviceModel(api, { category: 'router' })).id;
  // The council's first line begins its ranking, which others wait for.
  await asks(await aFamily());
  await keeper.query(`UPDATE request_lines SET state = 'withdrawn'`);
});
afterEach(async () => {
  // Each household may ask again.
  await keeper.query(`UPDATE request_lines SET state = 'withdrawn' WHERE council_id = $1 AND state = 'waiting'`, [council.id]);
});
afterAll(async () => {
  await keeper.query('DROP TRIGGER wait_at_door ON request_lines; DROP FUNCTION wait_at_door()');
  await keeper.end();
  await app.close();
});

const sessions = async (which: string): Promise<number> => {
  const text = `SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ${which}`;
  return (await keeper.query(text)).rowCount ?? 0;
};
const atTheDoor = () => sessions(`AND locktype = 'advisory' AND objid = ${DOOR}`);
/** Transactions that wait for one that is held: rows are waited for by the id of the transaction that has them. */
const waiting = async () =>
  (await keeper.query(`${WAITING_HERE} AND (locktype IN ('transactionid', 'tuple') OR objid <> ${DOOR})`)).rowCount ?? 0;

/** Of one school; it owns nothing, and needs much. */
const aFamily = () => aHousehold(api, { schoolId: school.id, bursaryLevel: 3, connectivity: { kind: 'none' } });

/** A request for a computer, straight after its household is known. */
async function asks(household: Body): Promise<void> {
  const lines = [{ class: 'computer', learnerIds: [household.learners[0].id], acceptableCategories: ['laptop', 'tablet'] }];
  expectStatus(await api.post('/requests', { householdId: household.id, channel: 'desk', submit: true, lines }), 201);
}

/** Does every job; those of lines that came while a new order was being put in force are due a little later. */
async function settle(): Promise<void> {
  for (let times = 0; times < 3; times++) {
    await app.drain();
    app.clock.moveTo(new Date(app.clock.now().getTime() + 3000));
  }
  expect(await app.drain()).toBe(0);
}

/** What is tried against a submission: what changes the score of one household, or of all at once. */
type Feeder = { readonly change: (household: Body) => Promise<unknown> } | { readonly changeAll: (time: number) => Promise<unknown> };

/**
 * The submissions have read and scored, and have not committed; then the feeder comes, with all jobs that follow from it, as far as they
 * get; then the submissions commit, and everything else ends.
 */
async function feedWhileHeld(asking: readonly Body[], feed: () => Promise<unknown>): Promise<void> {
  await keeper.query(`SELECT pg_advisory_lock(${DOOR})`);
  const others: Promise<unknown>[] = [];
  let isOver = false;
  try {
    others.push(...asking.map(asks));
    await until('every submission is held', async () => (await atTheDoor()) === asking.length, 5000);
    const feeding = feed().then(() => app.drain());
    feeding.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    others.push(feeding);
    await until('the feeder is done, or waits', async () => isOver || (await waiting()) > 0);
  } finally {
    await keeper.query(`SELECT pg_advisory_unlock(${DOOR})`);
    await Promise.all(others);
  }
}

/** Does this with all of the households, some at a time. */
async function feedAllWhileHeld(feeder: Feeder): Promise<void> {
  // What changes once for all needs no connection for each of them.
  const atOnce = 'change' in feeder ? AT_ONCE : 2 * AT_ONCE;
  for (let time = 0; time < REPEATS / atOnce; time++) {
    const some = households.slice(time * atOnce, (time + 1) * atOnce);
    await feedWhileHeld(some, () => ('change' in feeder ? Promise.all(some.map(feeder.change)) : feeder.changeAll(time)));
  }
  await settle();
}

/** Everything that is not what the rules make of the facts. */
async function wrong(): Promise<object[]> {
  const [ranking, policies] = [app.nest.get(RankingRepository), app.nest.get(PriorityPoliciesRepository)];
  return app.nest.get(Transactions).read(council.id, async (tx) => {
    const lines = await app.nest.get(ScoreCheckRepository).next(tx, null, 2 * REPEATS);
    expect(lines.length).toBe(REPEATS);
    const order = (await ranking.order(tx)) as QueueOrder;
    const policy = (await policies.find(tx, order.policyVersion, order.countedOn)) as PriorityPolicy;
    const outdated = await app.nest.get(StoredNeedsService).outdated(
      tx,
      lines.map(({ householdId }) => householdId),
    );
    return [
      ...lines.flatMap(({ id, householdId, score, ticket, facts }) => {
        const right = { score: scoreOf(facts, policy.scale).score, ticket: ticketOf(order.key, householdId) };
        return score === right.score && ticket === right.ticket ? [] : [{ id, score, ticket, right }];
      }),
      ...outdated.map((householdId) => ({ householdId, need: 'is not of its present inputs' })),
    ];
  });
}

const changed = async ({ id }: Body, changes: object) => {
  const { version } = expectStatus(await api.get(`/households/${id}`), 200);
  expectStatus(await api.patch(`/households/${id}`, version, changes), 200);
};
const set = async (changes: object) => {
  const { version } = expectStatus(await api.get('/council'), 200);
  expectStatus(await api.patch('/council', version, changes), 200);
};

const loans = new Map<string, Body>();
const lend = async ({ id: householdId }: Body) => {
  const items = [{ deviceId: (await aDevice(api, stock)).id, conditionOut: 'good' }];
  const override = { reason: 'Examen demain' };
  loans.set(householdId, await aLoan(api, { householdId, siteId: stock.siteId, items, override }));
};
const takeBack = async ({ id }: Body) => {
  const { id: loanId, items } = loans.get(id);
  const back = items.map((item: Body) => ({ itemId: item.id, conditionIn: 'good' }));
  expectStatus(await api.post(`/loans/${loanId}/returns`, { siteId: stock.siteId, items: back }), 200);
};
const lose = async ({ id }: Body) => {
  const { id: loanId, items } = loans.get(id);
  expectStatus(
    await api.post(`/loans/${loanId}/incidents`, {
      itemId: items[0].id,
      kind: 'lost',
      reportedOn: '2026-11-02',
      description: 'Perdu dans le bus',
    }),
    201,
  );
};

const FEEDERS: Readonly<Record<string, Feeder>> = {
  'what a family has': { change: (household) => changed(household, { equipment: [{ category: 'laptop' }] }) },
  'a learner who is entered': {
    change: async ({ id, learners: [{ id: _, ...learner }] }) => {
      const { version } = expectStatus(await api.get(`/households/${id}`), 200);
      const ifMatch = { headers: { 'if-match': `"${version}"` } };
      expectStatus(await api.post(`/households/${id}/learners`, { ...learner, examYear: true }, ifMatch), 201);
    },
  },
  'facts that are proven': {
    change: async ({ id }) => expectStatus(await manager.post(`/households/${id}/verifications`, { fields: ['bursaryLevel'] }), 200),
  },
  'a loan': { change: lend },
  'a return': { change: takeBack },
  'a policy': {
    changeAll: async (time) => {
      const criteria = ['uncoveredShare', 'noComputer', 'learners', 'bursaryLevel'].map((criterion) => ({ criterion, points: 100 + time }));
      expectStatus(await api.post('/priority-policies', { criteria }), 201);
    },
  },
  'the timetable of a school': {
    changeAll: async (time) => {
      const work = [{ weekday: 1, minutes: 30 + 15 * time }];
      if (profile === undefined) {
        profile = expectStatus(await api.post('/school-profiles', { schoolId: school.id, level: 'college', live: [], work }), 201);
      } else profile = expectStatus(await api.patch(`/school-profiles/${profile.id}`, profile.version, { work }), 200);
    },
  },
  'a kit': { changeAll: () => aKit(api) },
  'the index of a school': {
    changeAll: async (time) => {
      const bands = [{ below: 100, points: 70 }];
      if (time === 0) expectStatus(await api.post('/priority-policies', { criteria: [{ criterion: 'schoolIndex', bands }] }), 201);
      school = expectStatus(await api.patch(`/schools/${school.id}`, school.version, { socialIndex: time % 2 === 0 ? 80 : 120 }), 200);
    },
  },
  'how many lessons what is lent carries': { changeAll: (time) => set({ lentConnectionStreams: 1 + (time % 3) }) },
  'tickets that are drawn': {
    changeAll: async () => {
      const { id } = expectStatus(await api.post('/cycles', { publicValueName: 'Loto', reason: 'Nouvelle année' }), 201);
      expectStatus(await api.post(`/cycles/${id}/opening`, { publicValue: '4 8 15' }), 200);
      expectStatus(await api.post(`/cycles/${id}/closing`), 200);
    },
  },
};

describe('a request that is submitted at the same time has the score that the rule makes of it:', () => {
  test(
    'as its household becomes known, whose need is reckoned',
    async () => {
      for (let time = 0; time < REPEATS / AT_ONCE; time++) {
        const known = await Promise.all(Array.from({ length: AT_ONCE }, aFamily));
        await feedWhileHeld(known, () => Promise.resolve());
        households.push(...known);
      }
      await settle();
      expect(await wrong()).toEqual([]);
    },
    LONG_MS,
  );

  test.each(Object.keys(FEEDERS))(
    '%s',
    async (name) => {
      await feedAllWhileHeld(FEEDERS[name] as Feeder);
      expect(await wrong()).toEqual([]);
    },
    LONG_MS,
  );

  test(
    'a device that is lost',
    async () => {
      const some = households.slice(0, AT_ONCE);
      await Promise.all(some.map(lend));
      await settle();
      await Promise.all(households.slice(AT_ONCE).map(asks));
      await feedWhileHeld(some, () => Promise.all(some.map(lose)));
      await settle();
      expect(await wrong()).toEqual([]);
    },
    LONG_MS,
  );
});
