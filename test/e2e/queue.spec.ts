import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest } from '../support/builders.js';
import { onServer } from '../support/test-database.js';
import { aCouncil } from '../support/people.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

type Body = Answer['body'];

const move = (who: Api, line: Body, name: string, said: object = {}) =>
  who.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const read = async (who: Api, line: Body) => expectStatus(await who.get(`/request-lines/${line.id}`), 200);

/** A line of a household of its own, ten points a level before others. */
async function aLine(who: Api, bursaryLevel = 0): Promise<Body> {
  const { lines } = await aRequest(who, (await aHousehold(who, { bursaryLevel })).id);
  return lines[0];
}
/** The lottery tickets of lines, in their order. */
async function ticketsOf(lines: Body[]): Promise<string[]> {
  const text = 'SELECT id, encode(ticket, $1) AS ticket FROM request_lines';
  const rows = await onServer(app.databaseUrl, async (client) => (await client.query(text, ['hex'])).rows);
  return lines.map((line) => rows.find(({ id }) => id === line.id)?.ticket);
}
const asked = (household: Body, deviceClass: string, category: string) => ({
  class: deviceClass,
  learnerIds: [household.learners[0].id],
  acceptableCategories: [category],
});

test('whoever has most points is next, in each class', async () => {
  const own = (await aCouncil(app)).api;
  const [first, second, third] = await Promise.all([3, 2, 1].map((bursaryLevel) => aHousehold(own, { bursaryLevel })));
  const lines: Body[] = [];
  for (const household of [first, second, third]) {
    const both = [asked(household, 'computer', 'laptop'), asked(household, 'accessory', 'webcam')];
    lines.push(...(await aRequest(own, household.id, { lines: both })).lines);
  }
  expect(lines.map(({ class: name, position }) => [name, position])).toEqual(
    [1, 2, 3].flatMap((n) => [
      ['computer', n],
      ['accessory', n],
    ]),
  );
  expect(await read(own, lines[2])).toMatchObject({ position: 2, queueLength: 3, score: 130 });
  const { etag } = Object.fromEntries((await own.get(`/request-lines/${lines[2].id}`)).headers);
  await move(own, lines[0], 'withdraw');
  // Its place changed and its version did not: what a caller has kept is no answer.
  const again = await own.get(`/request-lines/${lines[2].id}`, { headers: { 'if-none-match': etag ?? '' } });
  expect(expectStatus(again, 200)).toMatchObject({ position: 1, queueLength: 2 });
  expect(await read(own, lines[2])).toMatchObject({ position: 1, queueLength: 2 });
  expect(await read(own, lines[0])).toMatchObject({ state: 'withdrawn', position: null, queueLength: null });
  expect(await read(own, lines[3])).toMatchObject({ position: 2, queueLength: 3 });

  const shown = async (query: string) =>
    expectStatus(await own.get(`/request-lines?${query}`), 200).data.map(({ id, position }: Body) => [
      lines.findIndex((line) => line.id === id),
      position,
    ]);
  expect(await shown('class=computer&sort=position')).toEqual([
    [2, 1],
    [4, 2],
  ]);
  expect(await shown('sort=position')).toEqual([
    [1, 1],
    [3, 2],
    [5, 3],
    [2, 1],
    [4, 2],
  ]);
  expect(await shown('state=waiting&class=accessory')).toEqual([
    [1, 1],
    [3, 2],
    [5, 3],
  ]);
  expect(await shown('state=withdrawn')).toEqual([[0, null]]);
  expect((await own.get('/request-lines?state=refused&sort=position')).body).toMatchObject({
    status: 422,
    errors: [{ code: 'NO_POSITION' }],
  });
  const requests = expectStatus(await own.get('/requests?sort=position'), 200).data;
  expect(requests.map(({ householdId }: Body) => householdId)).toEqual([first.id, second.id, third.id]);
  const computers = expectStatus(await own.get('/requests?sort=position&class=computer&state=waiting'), 200).data;
  expect(computers.map(({ householdId }: Body) => householdId)).toEqual([second.id, third.id]);
});

test('those of one score are told apart by their tickets; the positions of a page are those of each line alone', async () => {
  const own = (await aCouncil(app)).api;
  const made: Body[] = [];
  for (let n = 0; n < 9; n++) {
    made.push(await aLine(own, n % 3));
  }
  const { data } = expectStatus(await own.get('/request-lines?sort=position&class=computer'), 200);
  expect(data.map(({ position }: Body) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(data.map(({ score }: Body) => score)).toEqual([130, 130, 130, 120, 120, 120, 110, 110, 110]);
  const tickets = await ticketsOf(data);
  for (const start of [0, 3, 6]) expect(tickets.slice(start, start + 3)).toEqual(tickets.slice(start, start + 3).sort());
  for (const line of data) expect((await read(own, line)).position).toBe(line.position);
  const some = expectStatus(await own.get('/request-lines?sort=position&class=computer&limit=4'), 200);
  const rest = expectStatus(await own.get(`/request-lines?sort=position&class=computer&cursor=${some.nextCursor}`), 200);
  expect(rest.data.map(({ position }: Body) => position)).toEqual([5, 6, 7, 8, 9]);
});

test.each(['/request-lines', '/requests'])('its pages neither skip nor repeat while lines come and go (%s)', async (path) => {
  const own = (await aCouncil(app)).api;
  const made: Body[] = [];
  for (let n = 0; n < 8; n++) {
    made.push(await aLine(own, 8 - n));
  }
  const seen: string[] = [];
  let cursor: string | null = '';
  for (let page = 0; cursor !== null; page++) {
    const { data, nextCursor } = expectStatus(await own.get(`${path}?sort=position&limit=2${cursor && `&cursor=${cursor}`}`), 200);
    seen.push(...data.map(({ id, lines }: Body) => lines?.[0].id ?? id));
    cursor = nextCursor;
    if (page === 0) await move(own, made[0], 'withdraw'); // seen already
    if (page === 0) await move(own, made[1], 'suspend', { reason: 'away' }); // the cursor's own row
    if (page === 1) await move(own, made[4], 'withdraw'); // the next row
    if (page === 1) await aLine(own); // at the end
  }
  const last = expectStatus(await own.get('/request-lines?sort=position'), 200).data.at(-1);
  expect(seen).toEqual([...[0, 1, 2, 3, 5, 6, 7].map((n) => made[n].id), last.id]);
});

test('bad parameters are told apart', async () => {
  const own = (await aCouncil(app)).api;
  const code = async (query: string) => (await own.get(`/request-lines?${query}`)).body.code;
  expect(await code('limit=0')).toBe('INVALID_LIMIT');
  expect(await code('cursor=forged')).toBe('INVALID_CURSOR');
  expect(await code('schoolId=7')).toBe('INVALID_ID');
  expect(await code('householdId=7')).toBe('UNKNOWN_PARAMETER');
  expect(await code('class=car')).toBe('INVALID_INPUT');
  await aLine(own);
  await aLine(own);
  const { nextCursor } = (await own.get('/request-lines?limit=1')).body;
  expect(await code(`sort=position&cursor=${nextCursor}`)).toBe('INVALID_CURSOR');
});
