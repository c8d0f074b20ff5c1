import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scaleOf, CRITERION_NAMES, type PriorityScale } from '../../src/modules/requests/domain/priority-policy.rules.js';
import { type PriorityFacts, scoreOf } from '../../src/modules/requests/domain/score.rules.js';
import { RankingRepository } from '../../src/modules/requests/priority/ranking.repository.js';
import { WaitingDaysService } from '../../src/modules/requests/priority/waiting-days.service.js';
import { Transactions, type Tx } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan, aRequest, aSchool } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { gate } from '../support/gate.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

type Body = Answer['body'];

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const DAY = 86_400_000;
const daysLater = (days: number) => app.clock.moveTo(new Date(START.getTime() + days * DAY));
const inside = <T>({ id }: TestCouncil, work: (tx: Tx) => Promise<T>) => app.nest.get(Transactions).write(id, work);
const read = async (api: Api, { id }: Body) => expectStatus(await api.get(`/request-lines/${id}`), 200);
const aLine = async (api: Api, household: Record<string, unknown> = {}) =>
  (await aRequest(api, (await aHousehold(api, household)).id)).lines[0];
const setPolicy = (api: Api, ...criteria: object[]) => api.post('/priority-policies', { criteria });

/** How many transactions wait for another. */
const waiting = () =>
  onServer(app.databaseUrl, async (client) => {
    const text = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return (await client.query(text)).rowCount;
  });

/** The counts by class and score, as they are kept and as the lines make them. */
const counts = ({ id }: TestCouncil) =>
  onServer(app.databaseUrl, async (client) => {
    const ask = async (text: string) => (await client.query(text, [id])).rows as unknown[];
    const kept = `SELECT class, score, sum(lines)::integer AS lines FROM waiting_buckets WHERE council_id = $1 GROUP BY 1, 2 HAVING sum(lines) <> 0 ORDER BY 1, 2`;
    const made = `SELECT class, score, count(*)::integer AS lines FROM request_lines WHERE council_id = $1 AND state = 'waiting' GROUP BY 1, 2 ORDER BY 1, 2`;
    return { kept: await ask(kept), made: await ask(made) };
  });
async function expectCountsRight(council: TestCouncil): Promise<void> {
  const { kept, made } = await counts(council);
  expect(kept).toEqual(made);
}

describe('a score', () => {
  const home = fc.record({
    demandedMinutes: fc.option(fc.nat(4000)),
    share: fc.nat(100),
    own: fc.array(fc.constantFrom('laptop', 'desktop', 'tablet', 'smartphone', 'printer'), { maxLength: 3 }),
    lent: fc.array(fc.constantFrom('laptop', 'smartphone', 'router', 'sim', 'webcam'), { maxLength: 2 }),
    connectivity: fc.constantFrom('fixed', 'mobile', 'none', null),
    learners: fc.array(fc.record({ exam: fc.boolean(), left: fc.boolean() }), { minLength: 1, maxLength: 7 }),
    bursaryLevel: fc.option(fc.nat(8)),
    schoolIndex: fc.option(fc.nat(1600).map((tenths) => tenths / 10)),
    homeAlone: fc.option(fc.boolean()),
    waited: fc.nat(400),
    suspended: fc.nat(30),
    missed: fc.nat(3),
  });
  type Home = typeof home extends fc.Arbitrary<infer T> ? T : never;
  const weight = fc.record({ points: fc.nat(900), cap: fc.option(fc.nat(600)) });
  const scale: fc.Arbitrary<PriorityScale> = fc
    .tuple(fc.tuple(...CRITERION_NAMES.map(() => weight)), fc.uniqueArray(fc.nat(160), { maxLength: 3 }))
    .map(([weights, bounds]) =>
      scaleOf(
        CRITERION_NAMES.map((criterion, index) => {
          const { points = 0, cap = null } = weights[index] ?? {};
          if (criterion === 'missedOffers') return { criterion, points: -points, cap };
          if (criterion !== 'schoolIndex') return { criterion, points, cap };
          return { criterion, cap, bands: [...bounds].sort((a, b) => a - b).map((below) => ({ below, points: 700 - below })) };
        }),
      ),
    );

  const isComputer = (category: string) => ['laptop', 'desktop', 'tablet'].includes(category);
  const number = (list: readonly string[], is: (category: string) => boolean) => list.filter(is).length;
  const factsOf = (each: Home): PriorityFacts => ({
    uncoveredMinutes: Math.floor(((each.demandedMinutes ?? 0) * each.share) / 100),
    demandedMinutes: each.demandedMinutes ?? 0,
    ownComputers: number(each.own, isComputer),
    lentComputers: number(each.lent, isComputer),
    ownSmartphones: number(each.own, (category) => category === 'smartphone'),
    lentSmartphones: number(each.lent, (category) => category === 'smartphone'),
    connectivity: each.connectivity,
    lentConnections: number(each.lent, (category) => category === 'router' || category === 'sim'),
    learners: each.learners.filter(({ left }) => !left).length,
    examLearners: each.learners.filter(({ left, exam }) => exam && !left).length,
    bursaryLevel: each.bursaryLevel,
    schoolIndex: each.schoolIndex,
    homeAlone: each.homeAlone,
    waitingDays: Math.max(0, each.waited - each.suspended),
    missedOffers: each.missed,
  });

  /** Puts a household straight into the database, and gives its line. */
  async function put(tx: Tx, each: Home, modelId: string, siteId: string): Promise<string> {
    const [household, request, line, school] = [newId(), newId(), newId(), newId()];
    const now = app.clock.now();
    const code = `X${school.slice(-12)}`;
    await tx.execute(
      `INSERT INTO schools (council_id, id, code, name, level, social_index, created_at, updated_at)
       VALUES (current_council(), $1, $2, 'École', 'college', $3, $4, $4)`,
      [school, code, each.schoolIndex, now],
    );
    await tx.execute(
      `INSERT INTO households (council_id, id, reference, school_id, home_alone, bursary_level, equipment, connectivity, facts, search_text, created_at, updated_at)
       VALUES (current_council(), $1, $2, $3, $4, $5, $6, $7, '{}', '', $8, $8)`,
      [
        ...[household, household, school, each.homeAlone, each.bursaryLevel],
        JSON.stringify(each.own.map((category) => ({ id: newId(), category, label: null, available: null }))),
        each.connectivity && JSON.stringify({ kind: each.connectivity, simultaneousLive: null, available: null }),
        now,
      ],
    );
    for (const [position, { exam, left }] of each.learners.entries()) {
      await tx.execute(
        `INSERT INTO learners (council_id, id, household_id, position, given_name, family_name, level, exam_year, large_screen, left_at)
         VALUES (current_council(), $1, $2, $3, 'A', 'B', 'college', $4, false, $5)`,
        [newId(), household, position, exam, left ? now : null],
      );
    }
    for (const category of each.lent) {
      await tx.execute(
        `INSERT INTO devices (council_id, id, asset_tag, model_id, category, status, condition, site_id, holder_id, created_at, updated_at)
         SELECT current_council(), $1, $2, $3, $4, 'on_loan', 'good', $5, $6, $7, $7`,
        [newId(), newId(), modelId, category, siteId, household, now],
      );
    }
    if (each.demandedMinutes !== null) {
      const { uncoveredMinutes, demandedMinutes } = factsOf(each);
      await tx.execute(
        `INSERT INTO household_needs (council_id, household_id, household_version, inputs_version, demanded_minutes, uncovered_minutes, need, computed_at)
         VALUES (current_council(), $1, 1, '', $2, $3, '{}', $4)`,
        [household, demandedMinutes, uncoveredMinutes, now],
      );
    }
    await tx.execute(
      `INSERT INTO requests (council_id, id, household_id, channel, created_at, updated_at) VALUES (current_council(), $1, $2, 'web', $3, $3)`,
      [request, household, now],
    );
    await tx.execute(
      `INSERT INTO request_lines (council_id, id, request_id, household_id, number, class, learner_ids, acceptable_categories, state, waiting_since,
         suspended_days, created_at, updated_at)
       VALUES (current_council(), $1, $2, $3, 1, 'computer', '{}', '{laptop}', 'waiting', $4, $5, $6, $6)`,
      [line, request, household, new Date(now.getTime() - each.waited * DAY), each.suspended, now],
    );
    for (let n = 0; n < each.missed; n++) {
      await tx.execute(
        `INSERT INTO request_line_events (council_id, id, line_id, at, actor, move, from_state, to_state)
         VALUES (current_council(), $1, $2, $3, 'system', $4, 'offered', 'waiting')`,
        [newId(), line, now, n === 0 ? 'expire_pickup' : 'expire_offer'],
      );
    }
    return line;
  }

  test('in the database is the one of the rule, on random households and policies', async () => {
    const council = await aCouncil(app);
    const { items } = await aLoan(council.api);
    const device = expectStatus(await council.api.get(`/devices/${items[0].deviceId}`), 200);
    const ranking = app.nest.get(RankingRepository);
    await inside(council, (tx) => ranking.begin(tx, { policyVersion: 2, countedOn: '2026-11-02' as never }));
    let version = 1;
    await fc.assert(
      fc.asyncProperty(fc.array(home, { minLength: 8, maxLength: 8 }), scale, async (homes, chosen) => {
        version += 1;
        const scored = await inside(council, async (tx) => {
          await tx.execute(`INSERT INTO priority_policies VALUES (current_council(), $1, '2026-11-02', $2, 'test', now())`, [
            version,
            JSON.stringify(chosen),
          ]);
          await tx.execute('UPDATE rankings SET policy_version = $1', [version]);
          const lines: string[] = [];
          for (const each of homes) lines.push(await put(tx, each, device.modelId, device.siteId));
          await ranking.scoreLines(tx, lines);
          const rows = await tx.query<{ id: string; score: number; waiting: number }>(
            'SELECT id, score, waiting_points AS waiting FROM request_lines WHERE id = ANY ($1)',
            [lines],
          );
          return lines.map((line) => rows.find(({ id }) => id === line));
        });
        const expected = homes.map((each) => scoreOf(factsOf(each), chosen));
        expect(scored.map((row) => row?.score)).toEqual(expected.map(({ score }) => score));
        const waiting = expected.map(({ criteria }) => criteria.find(({ criterion }) => criterion === 'waitingDays')?.points);
        expect(scored.map((row) => row?.waiting)).toEqual(waiting);
      }),
      // A counterexample is printed as it was found: making it smaller would take longer than the test may.
      { numRuns: 30, endOnFailure: true },
    );
    await expectCountsRight(council);
  }, 120_000);

  test('follows what the household says, needs and has, once its jobs are done', async () => {
    const { api } = await aCouncil(app);
    const household = await aHousehold(api, { connectivity: { kind: 'fixed' } });
    const line = (await aRequest(api, household.id)).lines[0];
    expect(line.score).toBe(110); // no computer, one learner; the need is not reckoned yet
    await app.drain();
    expect((await read(api, line)).score).toBe(610);
    const changed = expectStatus(
      await api.patch(`/households/${household.id}`, household.version, { homeAlone: true, bursaryLevel: 3 }),
      200,
    );
    await app.drain();
    expect((await read(api, line)).score).toBe(680);
    const equipment = [{ category: 'laptop' }];
    expectStatus(await api.patch(`/households/${household.id}`, changed.version, { equipment }), 200);
    await app.drain();
    expect((await read(api, line)).score).toBe(80);
  });

  test('has a ticket that anybody with the key can make', async () => {
    const council = await aCouncil(app);
    const made = [await aLine(council.api), await aLine(council.api)];
    const rows = await onServer(app.databaseUrl, async (client) => {
      const text = `SELECT l.household_id AS household, encode(l.ticket, 'hex') AS ticket, r.ticket_key AS key
                    FROM request_lines l JOIN rankings r USING (council_id) WHERE council_id = $1`;
      return (await client.query(text, [council.id])).rows as { household: string; ticket: string; key: Buffer }[];
    });
    expect(rows).toHaveLength(made.length);
    for (const { household, ticket, key } of rows) expect(ticket).toBe(createHmac('sha256', key).update(household).digest('hex'));
  });
});

describe('days of waiting', () => {
  const countDays = () => app.nest.get(WaitingDaysService).countAll();

  test('count every night, but for those of suspension; to the cap', async () => {
    daysLater(0);
    const council = await aCouncil(app);
    const { api } = council;
    const [one, away] = [await aLine(api), await aLine(api)];
    daysLater(3);
    await countDays();
    expect([(await read(api, one)).score, (await read(api, away)).score]).toEqual([113, 113]);
    expectStatus(await api.post(`/request-lines/${away.id}/moves`, { move: 'suspend', reason: 'away' }), 200);
    daysLater(10);
    await countDays();
    expect([(await read(api, one)).score, (await read(api, away)).score]).toEqual([120, 113]);
    expectStatus(await api.post(`/request-lines/${away.id}/moves`, { move: 'resume' }), 200);
    daysLater(11);
    await countDays();
    await countDays();
    expect([(await read(api, one)).score, (await read(api, away)).score]).toEqual([121, 114]);
    expect(await read(api, one)).toMatchObject({ position: 1, queueLength: 2 });
    await expectCountsRight(council);
    daysLater(400);
    await countDays();
    expect((await read(api, one)).score).toBe(110 + 180);
    daysLater(0);
  });

  test('count in every council, whatever is wrong with one', async () => {
    daysLater(0);
    const [broken, council] = [await aCouncil(app), await aCouncil(app)];
    await aLine(broken.api);
    const line = await aLine(council.api);
    const set = (zone: string) =>
      onServer(app.databaseUrl, (client) => client.query('UPDATE councils SET time_zone = $2 WHERE id = $1', [broken.id, zone]));
    await set('Nowhere/Known');
    daysLater(2);
    await countDays();
    await set('Europe/Paris');
    expect((await read(council.api, line)).score).toBe(112);
    expect(app.logged.filter((said) => said.includes('upkeep') && said.includes(broken.id))).toHaveLength(1);
    daysLater(0);
  });
});

describe('a change of policy', () => {
  test('ranks everybody anew at once; until then the old order serves', async () => {
    daysLater(0);
    const council = await aCouncil(app);
    const { api } = council;
    const poor = await aLine(api, { bursaryLevel: 8 });
    const many = await aLine(api, { learners: ['A', 'B', 'C'].map((givenName) => ({ givenName, familyName: 'B.', level: 'college' })) });
    const alone = await aLine(api, { homeAlone: true });
    await app.drain();
    const order = async () =>
      expectStatus(await api.get('/request-lines?sort=position'), 200).data.map(({ id }: Body) =>
        [poor, many, alone].findIndex((line) => line.id === id),
      );
    expect(await order()).toEqual([0, 2, 1]);
    expectStatus(await setPolicy(api, { criterion: 'learners', points: 100 }, { criterion: 'homeAlone', points: 5 }), 201);
    expect(await order()).toEqual([0, 2, 1]);
    const late = await aLine(api, { bursaryLevel: 8 });
    await app.drain();
    expect((await order()).slice(0, 2)).toEqual([1, 2]);
    expect([await read(api, many), await read(api, alone), await read(api, late)].map(({ score }) => score)).toEqual([300, 105, 100]);
    await expectCountsRight(council);
    const left = await onServer(app.databaseUrl, async (client) => (await client.query('SELECT FROM draft_scores')).rowCount);
    expect(left).toBe(0);
  });

  test('takes place on its day', async () => {
    daysLater(0);
    const { api } = await aCouncil(app);
    const line = await aLine(api);
    const criteria = [{ criterion: 'learners', points: 7 }];
    expectStatus(await api.post('/priority-policies', { criteria, holdsFrom: '2026-11-05' }), 201);
    await app.drain();
    expect((await read(api, line)).score).toBeGreaterThan(7);
    daysLater(3);
    await app.drain();
    expect((await read(api, line)).score).toBe(7);
    daysLater(0);
  });

  /** Scores lines without a pause until it is told to end. */
  const scoring = async (council: TestCouncil) => {
    const [begun, end] = [gate(), gate()];
    const over = inside(council, async (tx) => {
      expect(await app.nest.get(RankingRepository).share(tx)).toMatchObject({ shared: true });
      void begun.pass();
      await end.pass();
    });
    await until('it scores', () => begun.reached() === 1);
    return { end: end.open, over };
  };

  test('waits for those who score lines this instant, and lets nobody else in before it', async () => {
    daysLater(0);
    const council = await aCouncil(app);
    const line = await aLine(council.api);
    await app.drain();
    const busy = await scoring(council);
    expectStatus(await setPolicy(council.api, { criterion: 'learners', points: 7 }), 201);
    const ranked = app.drain();
    await until('the order waits to change', async () => (await waiting()) === 1);
    const share = (tx: Tx) => app.nest.get(RankingRepository).share(tx);
    expect(await inside(council, share)).toMatchObject({ shared: false });
    busy.end();
    await Promise.all([ranked, busy.over]);
    expect((await read(council.api, line)).score).toBe(7);
    expect(await inside(council, share)).toMatchObject({ shared: true });
  });

  test('takes place on its day in the time zone that the council has by then', async () => {
    daysLater(0);
    const { api } = await aCouncil(app);
    const line = await aLine(api);
    const criteria = [{ criterion: 'learners', points: 7 }];
    expectStatus(await api.post('/priority-policies', { criteria, holdsFrom: '2026-11-05' }), 201);
    expectStatus(await api.patch('/council', 1, { timeZone: 'America/Martinique' }), 200);
    app.clock.moveTo(new Date('2026-11-05T00:00:00+01:00'));
    await app.drain();
    expect((await read(api, line)).score).toBeGreaterThan(7);
    app.clock.moveTo(new Date('2026-11-05T00:00:00-04:00'));
    await app.drain();
    expect((await read(api, line)).score).toBe(7);
    daysLater(0);
  });

  test('that is added while the first line of all is scored orders that line too', async () => {
    daysLater(0);
    const council = await aCouncil(app);
    const ranking = app.nest.get(RankingRepository);
    let ranked: Promise<number> | undefined;
    await inside(council, async (tx) => {
      expect(await ranking.share(tx)).toEqual({ shared: true, begun: false });
      expectStatus(await setPolicy(council.api, { criterion: 'learners', points: 7 }), 201);
      ranked = app.drain();
      await until('its job waits for the line', async () => (await waiting()) === 1);
      await ranking.begin(tx, { policyVersion: 1, countedOn: '2026-11-02' as never });
    });
    await ranked;
    expect((await aLine(council.api)).score).toBe(7);
  });

  test('of the index of schools is ranked once, however many schools it was', async () => {
    daysLater(0);
    const council = await aCouncil(app);
    const { api } = council;
    expectStatus(await setPolicy(api, { criterion: 'schoolIndex', bands: [{ below: 90, points: 50 }] }), 201);
    const schools = [await aSchool(api), await aSchool(api), await aSchool(api)];
    const lines: Body[] = [];
    for (const { id: schoolId } of schools) lines.push(await aLine(api, { schoolId }));
    await app.drain();
    for (const school of schools.slice(0, 2)) expectStatus(await api.patch(`/schools/${school.id}`, 1, { socialIndex: 82.5 }), 200);
    await app.drain();
    const scores = await Promise.all(lines.map((line) => read(api, line)));
    expect(scores.map(({ score }) => score)).toEqual([50, 50, 0]);
    const text = `SELECT FROM outbox WHERE council_id = $1 AND kind = 'priority.rerank' AND (ids ->> 'again')::integer > 0 AND ids ->> 'after' = 'switch'`;
    expect(await onServer(app.databaseUrl, async (client) => (await client.query(text, [council.id])).rowCount)).toBe(1);
    await expectCountsRight(council);
  });

  test('a line that waits again while the ranking is held by another is scored again after', async () => {
    daysLater(0);
    const council = await aCouncil(app);
    const { api } = council;
    await aLine(api);
    const ranking = app.nest.get(RankingRepository);
    let late: Body;
    await inside(council, async (tx) => {
      await ranking.hold(tx);
      late = await aLine(api, { bursaryLevel: 2 });
      expect(late).toMatchObject({ position: 1, score: 130 });
      await tx.execute(`INSERT INTO priority_policies VALUES (current_council(), 2, '2026-11-02', $1, 'test', now())`, [
        JSON.stringify(scaleOf([{ criterion: 'bursaryLevel', points: 3 }])),
      ]);
      await ranking.switchTo(tx, 2);
    });
    daysLater(1);
    await app.drain();
    expect((await read(api, late)).score).toBe(6);
    await expectCountsRight(council);
    daysLater(0);
  });
});

test('what a move makes of a line is not undone by whoever read the household before it', async () => {
  const council = await aCouncil(app);
  const { api } = council;
  expectStatus(await setPolicy(api, { criterion: 'learners', points: 100 }, { criterion: 'missedOffers', points: -30 }), 201);
  const household = await aHousehold(api);
  const line = (await aRequest(api, household.id)).lines[0];
  await app.drain();
  expect((await read(api, line)).score).toBe(100);
  const ranking = app.nest.get(RankingRepository);
  let rescored: Promise<void> | undefined;
  await inside(council, async (tx) => {
    await tx.execute('UPDATE request_lines SET version = version + 1 WHERE id = $1', [line.id]);
    rescored = inside(council, (other) => ranking.scoreHousehold(other, household.id));
    await until('another scores the household, and waits', async () => (await waiting()) === 1);
    await tx.execute(
      `INSERT INTO request_line_events (council_id, id, line_id, at, actor, move, from_state, to_state)
       VALUES (current_council(), $1, $2, now(), 'system', 'expire_offer', 'offered', 'waiting')`,
      [newId(), line.id],
    );
    await ranking.scoreLines(tx, [line.id]);
  });
  await rescored;
  expect((await read(api, line)).score).toBe(70);
  await expectCountsRight(council);
});

test('the counts stay right while many move at once', async () => {
  const council = await aCouncil(app);
  const { api } = council;
  const lines = await Promise.all(Array.from({ length: 16 }, (_, n) => aLine(api, { bursaryLevel: n % 2 })));
  await expectCountsRight(council);
  const move = (line: Body, name: string) => api.post(`/request-lines/${line.id}/moves`, { move: name, reason: 'a test' });
  for (let round = 0; round < 3; round++) {
    const moved = await Promise.all(lines.map((line) => move(line, round % 2 === 0 ? 'suspend' : 'resume')));
    expect(moved.map(({ status }) => status)).toEqual(lines.map(() => 200));
    await expectCountsRight(council);
  }
  await Promise.all([...lines.slice(0, 8).map((line) => move(line, 'resume')), ...Array.from({ length: 4 }, () => aLine(api))]);
  await expectCountsRight(council);
  const [first] = expectStatus(await api.get('/request-lines?sort=position&limit=1'), 200).data;
  expect(await read(api, first)).toMatchObject({ position: 1, queueLength: 12 });
}, 60_000);
