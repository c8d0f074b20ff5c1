import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { LedgerService } from '../../src/modules/loans/ledger/ledger.service.js';
import { ScoreChecker } from '../../src/modules/requests/index.js';
import { WaitingDaysService } from '../../src/modules/requests/priority/waiting-days.service.js';
import { Metrics } from '../../src/platform/index.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer } from '../support/test-database.js';

type Body = Answer['body'];

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
});
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
});
afterAll(() => app.close());

const DAY = 86_400_000;
const later = (milliseconds: number) => app.clock.moveTo(new Date(app.clock.now().getTime() + milliseconds));
/** Behind the program's back. */
const spoil = (text: string, ...values: unknown[]) => onServer(app.databaseUrl, (client) => client.query(text, values));
const aLine = async (): Promise<Body> => (await aRequest(api, (await aHousehold(api)).id)).lines[0];
const scoreOf = async ({ id }: Body) => expectStatus(await api.get(`/request-lines/${id}`), 200).score as number;
const faults = async () => (await app.nest.get(LedgerService).verify()).faults.filter(({ councilId }) => councilId === council.id);
/** The night comes: days are counted, and then scores are checked. */
async function night(): Promise<void> {
  later(DAY);
  await app.nest.get(WaitingDaysService).countAll();
  await app.nest.get(ScoreChecker).checkAll();
  await app.drain();
}
const deeds = async (subject: string): Promise<Body[]> => {
  const { data } = expectStatus(await api.get(`/audit-events?subject=${subject}`), 200);
  return data.filter(({ action }: Body) => /mended/.test(action)).map(({ action, actor, fields }: Body) => ({ action, actor, fields }));
};

describe('scores that are not what the rule makes of their facts', () => {
  test('are found by the check of the books, and mended at night, with a line in the log, a count, and the audit trail', async () => {
    const [line, other] = [await aLine(), await aLine()];
    await app.drain();
    const right = await scoreOf(line);
    expect(await faults()).toEqual([]);

    await spoil('UPDATE request_lines SET score = 240 WHERE id = $1', line.id);
    await spoil(`UPDATE request_lines SET ticket = '\\x00' WHERE id = $1`, other.id);
    await spoil(`UPDATE household_needs SET inputs_version = 'old', uncovered_minutes = 0 WHERE household_id = $1`, other.householdId);
    const found = await faults();
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        { councilId: council.id, rule: 'SCORE_IS_NOT_WHAT_ITS_FACTS_MAKE', subject: line.id, found: `240, by the rule ${right}` },
        { councilId: council.id, rule: 'TICKET_IS_NOT_ITS_HOUSEHOLDS', subject: other.id, found: expect.any(String) },
        { councilId: council.id, rule: 'SCORE_IS_NOT_WHAT_ITS_FACTS_MAKE', subject: other.id, found: expect.any(String) },
        { councilId: council.id, rule: 'NEED_IS_NOT_OF_WHAT_IS_AT_HOME', subject: other.householdId, found: expect.any(String) },
      ]),
    );

    await night();
    expect(await faults()).toEqual([]);
    expect(await scoreOf(line)).toBe(right + 1);
    expect(await deeds(line.id)).toEqual([{ action: 'request_line.score_mended', actor: 'system', fields: ['score'] }]);
    expect(await deeds(other.householdId)).toEqual([{ action: 'household.need_mended', actor: 'system', fields: ['need'] }]);
    expect(await app.nest.get(Metrics).registry.metrics()).toMatch(
      /priority_scores_mended_total\{rule="SCORE_IS_NOT_WHAT_ITS_FACTS_MAKE"\} [1-9]/,
    );
    expect(app.logged.some((text) => text.includes('were mended') && text.includes(line.householdId))).toBe(true);

    await night();
    expect(await deeds(line.id)).toHaveLength(1);
  });

  test('are no faults while a job is about to score them', async () => {
    const line = await aLine();
    await app.drain();
    const { version } = expectStatus(await api.get(`/households/${line.householdId}`), 200);
    expectStatus(await api.patch(`/households/${line.householdId}`, version, { equipment: [{ category: 'laptop' }] }), 200);
    expect(await faults()).toEqual([]);
    await night();
    expect(await deeds(line.id)).toEqual([]);
    await spoil('UPDATE request_lines SET score = 1 WHERE id = $1', line.id);
    expect(await faults()).toMatchObject([{ rule: 'SCORE_IS_NOT_WHAT_ITS_FACTS_MAKE' }]);
  });

  test('counts of a queue that are not those of its lines are found', async () => {
    await aLine();
    await app.drain();
    await spoil('UPDATE waiting_buckets SET lines = lines + 1 WHERE council_id = $1', council.id);
    expect(await faults()).toMatchObject([{ rule: 'WAITING_COUNT_IS_NOT_ITS_LINES', subject: council.id }]);
    const { repaired } = await app.nest.get(LedgerService).repair();
    expect(repaired.filter(({ councilId }) => councilId === council.id)).toEqual([
      { councilId: council.id, rule: 'WAITING_COUNT_IS_NOT_ITS_LINES', subject: council.id },
    ]);
    expect(await faults()).toEqual([]);
  });
});

test('another time zone counts the days of waiting again', async () => {
  app.clock.moveTo(new Date('2026-11-02T23:30:00Z'));
  const line = await aLine();
  await night();
  await night();
  const waited = await scoreOf(line);
  const { version } = expectStatus(await api.get('/council'), 200);
  expectStatus(await api.patch('/council', version, { timeZone: 'Europe/London' }), 200);
  await app.drain();
  expect(await faults()).toEqual([]);
  // In London the line came a day earlier.
  expect(await scoreOf(line)).toBe(waited + 1);
});
