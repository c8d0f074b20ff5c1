import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { poolServes, siteServes, type WaitingLine } from '../../src/shared/pool.js';
import { type QueuePlace, type RequestLine, RequestLinesService, servesLine, type StockPool } from '../../src/modules/requests/index.js';
import { Transactions, type Tx } from '../../src/platform/index.js';
import { day } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest, aSchool, aSite } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
let lines: RequestLinesService;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  api = council.api;
  lines = app.nest.get(RequestLinesService);
});
afterAll(() => app.close());

const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => app.nest.get(Transactions).write(council.id, work);
const today = day('2026-11-02');

describe('fulfilling', () => {
  test('the open line of a class is found, whatever its state, and a hand-over ends it', async () => {
    for (const first of [null, 'suspend']) {
      const household = await aHousehold(api);
      const { lines: made, id } = await aRequest(api, household.id);
      if (first) await api.post(`/request-lines/${made[0].id}/moves`, { move: first, reason: 'away' });
      await inTransaction(async (tx) => {
        expect(await lines.lockOpen(tx, household.id, 'connectivity')).toBeNull();
        const line = await lines.lockOpen(tx, household.id, 'computer');
        expect(line).toMatchObject({ id: made[0].id, requestId: id, learnerIds: made[0].learnerIds, suspendedUntil: null });
        await lines.fulfil(tx, 'user:desk', line as RequestLine);
        expect(await lines.lockOpen(tx, household.id, 'computer')).toBeNull();
      });
      const line = expectStatus(await api.get(`/request-lines/${made[0].id}`), 200);
      expect(line).toMatchObject({ state: 'fulfilled', position: null, reason: null, waitingSince: made[0].waitingSince });
      const events = await app.nest
        .get(Transactions)
        .tenantRead<Body>(council.id, 'SELECT move, to_state, actor FROM request_line_events WHERE line_id = $1 ORDER BY id', [line.id]);
      expect(events.at(-1)).toEqual({ move: 'hand_over', to_state: 'fulfilled', actor: 'user:desk' });
      expect(expectStatus(await aRequestAgain(household), 201).lines[0].state).toBe('waiting');
    }
  });

  test('a line that is not open, or that was changed meanwhile, is a fault and writes nothing', async () => {
    const household = await aHousehold(api);
    await aRequest(api, household.id);
    const line = await inTransaction((tx) => lines.lockOpen(tx, household.id, 'computer'));
    await expect(inTransaction((tx) => lines.fulfil(tx, 'user:desk', { ...(line as RequestLine), version: 1 }))).rejects.toThrow('changed');
    await expect(inTransaction((tx) => lines.fulfil(tx, 'user:desk', { ...(line as RequestLine), state: 'refused' }))).rejects.toThrow(
      'refused',
    );
    expect((await api.get(`/request-lines/${line?.id}`)).body.state).toBe('waiting');
  });

  test('the database itself keeps a second open line of a class out, and a submitted line in', async () => {
    const household = await aHousehold(api);
    await aRequest(api, household.id);
    const draft = await aRequest(api, household.id, { submit: false });
    const force = "UPDATE request_lines SET state = 'waiting' WHERE id = $1";
    await expect(inTransaction((tx) => tx.execute(force, [draft.lines[0].id]))).rejects.toMatchObject({
      constraint: 'request_lines_one_open',
    });
    const remove = 'DELETE FROM request_lines WHERE household_id = $1';
    expect(await inTransaction((tx) => tx.execute(remove, [household.id]))).toBe(1);
  });

  const aRequestAgain = (household: Body) =>
    api.post('/requests', {
      householdId: household.id,
      channel: 'desk',
      submit: true,
      lines: [{ class: 'computer', learnerIds: [household.learners[0].id], acceptableCategories: ['desktop'] }],
    });
});

describe('who waits for a pool', () => {
  /** Everything that decides, in every combination, against the rule that loans decide with. */
  test('the counts are those of the rule, before any place and for any household', async () => {
    const school = await aSchool(api);
    const elsewhere = newSchool(await aSchool(api));
    const site = await aSite(api);
    const sites: Body[] = [site, await aSite(api)];
    for (const served of [[school.id], [elsewhere], [elsewhere, school.id]]) sites.push(await aSite(api, { servedSchoolIds: served }));
    const pupil = (level: string, schoolId: string | null) => ({ givenName: 'Amal', familyName: 'B.', level, schoolId });
    const families = [[pupil('college', school.id)], [pupil('lycee', school.id)], [pupil('college', null), pupil('primary', school.id)]];
    const waiting: { line: Body; learners: Body[]; schoolId: string | null }[] = [];
    for (const learners of families) {
      for (const acceptableCategories of [['laptop'], ['tablet', 'laptop'], ['desktop']]) {
        for (const pickupSiteId of [null, site.id]) {
          app.clock.moveTo(new Date(app.clock.now().getTime() + 1000));
          const household = await aHousehold(api, { learners });
          const learnerIds = household.learners.map(({ id }: Body) => id);
          const wish = { class: 'computer', learnerIds, acceptableCategories };
          waiting.push({
            line: (await aRequest(api, household.id, { pickupSiteId, lines: [wish] })).lines[0],
            learners: household.learners,
            schoolId: learners[0]?.schoolId ?? null,
          });
        }
      }
    }
    // Suspended and foreign lines wait for nothing here.
    const suspended = (await aRequest(api, (await aHousehold(api)).id)).lines[0];
    await api.post(`/request-lines/${suspended.id}/moves`, { move: 'suspend', reason: 'away' });
    const earlier = await inTransaction((tx) =>
      tx.query<{ id: string; householdId: string; waitingSince: Date }>(OTHERS, [waiting.map(({ line }) => line.id)]),
    );
    for (const { id } of earlier) await api.post(`/request-lines/${id}/moves`, { move: 'withdraw' });

    const shapes = [
      {},
      { eligibleLevels: ['college'] },
      { eligibleSchoolIds: [school.id] },
      { eligibleLevels: ['primary', 'lycee'], eligibleSchoolIds: [school.id] },
      { eligibleLevels: ['college'], eligibleSchoolIds: [elsewhere] },
      { startsOn: '2026-11-02', endsOn: '2026-11-02' },
      { startsOn: '2026-11-03' },
      { endsOn: '2026-11-01' },
    ];
    const none = { eligibleLevels: null, eligibleSchoolIds: null, startsOn: null, endsOn: null };
    const funds: Body[] = [null];
    for (const shape of shapes) {
      const { id } = expectStatus(await api.post('/funds', { name: `Fonds ${funds.length}`, funder: 'departement', ...shape }), 201);
      funds.push({ ...none, ...shape, id });
    }

    // Who comes before whom is the queue's matter: here it is read, and the waiting put in that order.
    const ranked = await inTransaction((tx) => tx.query<QueuePlace & { id: string }>(PLACES, [waiting.map(({ line }) => line.id)]));
    const rankOf = new Map(ranked.map(({ id }, rank) => [id, rank]));
    waiting.sort((one, other) => (rankOf.get(one.line.id) as number) - (rankOf.get(other.line.id) as number));

    // The part that rounds use too, alone.
    for (const { id: siteId, servedSchoolIds } of sites) {
      const served = await inTransaction((tx) => tx.query<{ id: string }>(SERVED, [siteId, waiting.map(({ line }) => line.id)]));
      const byRule = waiting.filter(({ line, learners, schoolId }) =>
        siteServes({ siteId, servedSchoolIds }, { ...line, learners, schoolId } as WaitingLine),
      );
      expect(new Set(served.map(({ id }) => id))).toEqual(new Set(byRule.map(({ line }) => line.id)));
    }

    let counted = 0;
    for (const fund of funds) {
      for (const category of ['laptop', 'tablet', 'printer'] as const) {
        for (const { id: siteId, servedSchoolIds } of sites) {
          const pool: StockPool = { category, siteId, fundId: fund?.id ?? null, today };
          const served = waiting.map(({ line, learners, schoolId }) =>
            poolServes({ category, siteId, servedSchoolIds, fund }, { ...line, learners, schoolId }, today),
          );
          for (const at of [0, 7, 17]) {
            const { line } = waiting[at] as { line: Body };
            const before = ranked[at] as QueuePlace;
            const ahead = served.slice(0, at).filter(Boolean).length;
            const others = served.filter((serves, index) => serves && index !== at).length;
            const [counts, all, bounded] = await inTransaction(async (tx) => [
              await lines.waitingAhead(tx, pool, line.householdId, before, 100),
              await lines.waitingFor(tx, pool, line.householdId, 100),
              await lines.waitingAhead(tx, pool, line.householdId, null, 2),
            ]);
            expect([counts, all, bounded]).toEqual([ahead, others, Math.min(2, others)]);
            counted += others;
          }
        }
      }
    }
    expect(counted).toBeGreaterThan(100);
  }, 60_000);

  const PLACES = `
    SELECT id, score, encode(ticket, 'hex') AS ticket FROM request_lines WHERE id = ANY($1) ORDER BY score DESC, ticket, id`;
  const OTHERS = `SELECT id FROM request_lines WHERE state = 'waiting' AND NOT (id = ANY($1))`;
  const SERVED = `
    SELECT l.id FROM request_lines l JOIN sites s ON s.id = $1 WHERE l.id = ANY($2) AND ${servesLine('s', '$1', 'l')}`;
  const newSchool = ({ id }: Body): string => id;
});
