import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AuditChainService } from '../../src/platform/index.js';
import { LedgerService } from '../../src/modules/loans/index.js';
import { Api, type Answer, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anAllocationRound, aRequest, aSite } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { clockApart, startTestProgram, type TestProgram } from '../support/program.js';
import { all, sendFile } from '../support/upload.js';
import { onServer } from '../support/test-database.js';
import { until } from '../support/until.js';

type Body = Answer['body'];

const SECRET = { APP_SECRET: 'a secret of tests, long enough for it', RATE_LIMIT: '1000000', LOG_LEVEL: 'warn', OUTBOX_POLL_MS: '50' };
/** Turns that two processes take at one thing. */
const TURNS = 6;

let app: TestApp;
let programs: TestProgram[] = [];
/** The same council through a process whose clock is right, and through one whose clock is not. */
let right: Api;
let behind: Api;

/** Two processes on the database of the application, which only looks on. */
async function startBoth(apart: Record<string, string>): Promise<void> {
  app = await startTestApp(SECRET);
  const council = await aCouncil(app);
  programs = [];
  for (const more of [{}, apart]) programs.push(await startTestProgram(app.databaseUrl, { ...SECRET, ...more }));
  [right, behind] = programs.map(({ url }) => new Api(url, council.api.headers)) as [Api, Api];
}

async function endBoth(): Promise<void> {
  await Promise.all(programs.map((program) => program.end('SIGTERM')));
  await app.close();
}

const turn = (number: number): Api => (number % 2 === 0 ? right : behind);
const historyOf = (path: string): Promise<Body[]> => all(right, `${path}/events`);
const readiness = async ({ url }: TestProgram): Promise<{ status: number; body: Body }> => {
  const answer = await fetch(`${url}/readyz`);
  return { status: answer.status, body: await answer.json() };
};
/** A list as a reader pages through it. */
async function inPagesOfTwo(path: string): Promise<Body[]> {
  const items: Body[] = [];
  const first = `${path}${path.includes('?') ? '&' : '?'}limit=2`;
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Body = expectStatus(await right.get(cursor === '' ? first : `${first}&cursor=${cursor}`), 200);
    items.push(...page.data);
    cursor = page.nextCursor;
  }
  return items;
}
const times = (events: readonly Body[]) => events.map(({ at }): string => at);

/** Every step begins where the one before it ended, and no time lies before another that was earlier. */
function expectInStep(history: readonly Body[]): void {
  expect(history.length).toBeGreaterThan(TURNS);
  expect(history.map(({ from }) => from)).toEqual([null, ...history.slice(0, -1).map(({ to }) => to)]);
  expect(times(history)).toEqual(times(history).sort());
}

async function expectCleanBooks(): Promise<void> {
  expect((await app.nest.get(LedgerService).verify()).faults).toEqual([]);
  await until('all is sealed', async () => (await app.nest.get(AuditChainService).verify()).unsealed === 0);
  expect((await app.nest.get(AuditChainService).verify()).faults).toEqual([]);
}

/** One device that is lent by one process and comes back at the other, again and again. */
async function lendInTurn(): Promise<{ device: Body; loans: string[] }> {
  const siteId = (await aSite(right)).id;
  const device = await aDevice(right, { siteId });
  const household = await aHousehold(right);
  const loans: string[] = [];
  for (let number = 0; number < TURNS; number += 2) {
    const items = [{ deviceId: device.id, conditionOut: 'good' }];
    const loan = await aLoan(turn(number), { householdId: household.id, siteId, items });
    loans.push(loan.id);
    expectStatus(await turn(number + 1).post('/returns', { assetTag: device.assetTag, conditionIn: 'good', siteId }), 200);
    expectStatus(
      await turn(number).post(`/devices/${device.id}/moves`, { move: 'pass_inspection', condition: 'good', dataWiped: true }),
      200,
    );
  }
  return { device, loans };
}

describe('two processes, one three seconds behind the other', () => {
  beforeAll(() => startBoth(clockApart(-3000)), 300_000);
  afterAll(endBoth);

  test('the one that is behind says so, and goes on; the other has nothing to say', async () => {
    const [good, bad] = programs as [TestProgram, TestProgram];
    expect(await readiness(good)).toEqual({ status: 200, body: { status: 'ready', dependencies: { database: 'up' } } });
    const { status, body } = await readiness(bad);
    expect([status, body]).toMatchObject([200, { status: 'ready', dependencies: { database: 'up', clock: 'apart' } }]);
    expect(Math.abs(body.clockAheadSeconds + 3)).toBeLessThan(1);
    const offset = async ({ url }: TestProgram) => {
      const found = /^clock_offset_seconds (\S+)$/m.exec(await (await fetch(`${url}/metrics`)).text());
      return Number(found?.[1]);
    };
    expect(await offset(good)).toBeCloseTo(0, 0);
    expect(await offset(bad)).toBeCloseTo(-3, 0);
    const line = 'the clock of this process is more than 2 seconds off';
    expect([good.said().includes(line), bad.said().split(line).length - 1]).toEqual([false, 1]);
  });

  test('what happened to a device and to a loan is told in its order, and the books are clean', async () => {
    const { device, loans } = await lendInTurn();
    const history = await historyOf(`/devices/${device.id}`);
    expectInStep(history);
    for (const id of loans) {
      const events = await historyOf(`/loans/${id}`);
      expect(events.map(({ kind }) => kind)).toEqual(['handed_over', 'item_returned', 'closed']);
      expect(times(events)).toEqual(times(events).sort());
    }
    await expectCleanBooks();
  }, 120_000);

  test('the audit trail is told from its newest event, in the order of what was done, and is sealed in it', async () => {
    const { id } = await aHousehold(right);
    for (let number = 0; number < TURNS; number++) {
      const { version } = expectStatus(await right.get(`/households/${id}`), 200);
      const equipment = number % 2 === 0 ? [{ category: 'smartphone' }] : [];
      expectStatus(await turn(number).patch(`/households/${id}`, version, { equipment }), 200);
    }
    const actions = async (query: string) => await all(right, `/audit-events?subject=${id}${query}`);
    await until('all is sealed', async () => (await actions('')).every(({ sealed }) => sealed));
    const told = await actions('');
    const sealed = await onServer(app.databaseUrl, async (client) => {
      const { rows } = await client.query<{ id: string }>(
        `SELECT e.id FROM audit_chain c JOIN audit_events e ON e.id = c.event_id WHERE e.subject = $1 ORDER BY c.position DESC`,
        [id],
      );
      return rows.map((row) => row.id);
    });
    const written = await onServer(app.databaseUrl, async (client) => {
      const { rows } = await client.query<{ id: string }>('SELECT id FROM audit_events WHERE subject = $1 ORDER BY ctid DESC', [id]);
      return rows.map((row) => row.id);
    });
    expect(told.map((event) => event.id)).toEqual(written);
    expect(sealed).toEqual(written);
    expect((await inPagesOfTwo(`/audit-events?subject=${id}`)).map((event) => event.id)).toEqual(written);
    const [newest] = told;
    expect(await actions(`&from=${newest.at}`)).toContainEqual(newest);
    expect(await actions(`&to=${newest.at}`)).not.toContainEqual(newest);
    await expectCleanBooks();
  }, 120_000);

  test('the last offer of a line is the last that was made, for the notices and for the review list', async () => {
    const siteId = (await aSite(right)).id;
    const household = await aHousehold(right);
    const line = (await aRequest(right, household.id)).lines[0];
    const reason = 'Examen';
    const offers: Body[] = [];
    for (let number = 0; number < TURNS; number++) {
      const device = await aDevice(right, { siteId });
      offers.push(expectStatus(await turn(number).post('/placements', { lineId: line.id, deviceId: device.id, reason }), 201));
      expectStatus(await turn(number).post(`/request-lines/${line.id}/moves`, { move: 'revoke', reason }), 200);
    }
    const last = offers.at(-1);
    await onServer(app.databaseUrl, (client) => client.query('UPDATE offers SET undeliverable_at = now() WHERE id = $1', [last.id]));
    const { data } = expectStatus(await right.get('/review-list?reason=OFFER_NOT_DELIVERED'), 200);
    expect(data.map(({ lineId }: Body) => lineId)).toEqual([line.id]);
    await onServer(app.databaseUrl, (client) =>
      client.query('UPDATE offers SET undeliverable_at = CASE WHEN id = $1 THEN NULL ELSE now() END WHERE line_id = $2', [
        last.id,
        line.id,
      ]),
    );
    expect(expectStatus(await right.get('/review-list?reason=OFFER_NOT_DELIVERED'), 200).data).toEqual([]);
  }, 120_000);

  test('what a person decided last comes first: rounds, standing decisions; imports come as they were sent', async () => {
    const rounds: string[] = [];
    const imports: string[] = [];
    for (let number = 0; number < TURNS; number++) {
      rounds.unshift((await anAllocationRound(turn(number))).id);
      imports.push(expectStatus(await sendFile(turn(number), `Asset Tag,Model,Category\nX-${number},Book,laptop\n`), 202).id);
    }
    expect((await all(right, '/allocation-rounds')).map(({ id }: Body) => id)).toEqual(rounds);
    expect((await all(right, '/imports')).map(({ id }: Body) => id)).toEqual(imports);
    expect((await inPagesOfTwo('/allocation-rounds')).map(({ id }: Body) => id)).toEqual(rounds);
  }, 120_000);
});

describe('a clock that is set back by an hour while the program runs', () => {
  beforeAll(() => startBoth(clockApart(0, -3_600_000)), 300_000);
  afterAll(endBoth);

  test('the process is not ready any more, says so, and histories go on', async () => {
    const [good, bad] = programs as [TestProgram, TestProgram];
    expect(await readiness(bad)).toEqual({ status: 200, body: { status: 'ready', dependencies: { database: 'up' } } });
    process.kill(bad.pid, 'SIGUSR2');
    await until('it is not ready', async () => (await readiness(bad)).status === 503, 60_000);
    const { body } = await readiness(bad);
    expect(body).toMatchObject({ status: 'not ready', dependencies: { database: 'up', clock: 'apart' } });
    expect(Math.round(body.clockAheadSeconds)).toBe(-3600);
    expect((await fetch(`${bad.url}/readyz`)).headers.get('retry-after')).not.toBeNull();
    expect(bad.said()).toContain('this process is not ready: its clock is a minute or more off');
    expect((await readiness(good)).status).toBe(200);

    const { device } = await lendInTurn();
    expectInStep(await historyOf(`/devices/${device.id}`));
    await expectCleanBooks();
  }, 120_000);
});
