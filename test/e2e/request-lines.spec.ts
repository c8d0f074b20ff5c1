import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Transactions } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aRequest, aSchool, aSite } from '../support/builders.js';
import { aClient, aCouncil, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  api = council.api;
});
afterAll(() => app.close());

type Body = Answer['body'];

const minutesLater = (minutes: number) => app.clock.moveTo(new Date(app.clock.now().getTime() + minutes * 60_000));
const move = (who: Api, line: Body, name: string, said: object = {}) =>
  who.post(`/request-lines/${line.id}/moves`, { move: name, ...said });
const read = async (line: Body, who = api) => expectStatus(await who.get(`/request-lines/${line.id}`), 200);
const faults = ({ body }: Answer) => body.errors.map(({ code, pointer }: { code: string; pointer: string }) => `${code} ${pointer}`);

/** A line that waits since now, in a household of its own. */
async function aLine(who = api, overrides: Record<string, unknown> = {}): Promise<Body> {
  const { lines } = await aRequest(who, (await aHousehold(who)).id, overrides);
  return lines[0];
}
const aDraft = () => aLine(api, { submit: false });

/** What happened to a line, oldest first. */
function eventsOf(line: Body): Promise<{ move: string; from_state: string; to_state: string; reason: string | null; actor: string }[]> {
  const text = 'SELECT move, from_state, to_state, reason, actor FROM request_line_events WHERE line_id = $1 ORDER BY id';
  return app.nest.get(Transactions).tenantRead(council.id, text, [line.id]);
}

describe('moves', () => {
  test('a suspension with a reason lasts until somebody ends it, and keeps the waiting time', async () => {
    const line = await aLine();
    minutesLater(10);
    const suspended = expectStatus(await move(api, line, 'suspend', { reason: 'À l’étranger jusqu’à Noël' }), 200);
    expect(suspended).toMatchObject({
      state: 'suspended',
      reason: 'À l’étranger jusqu’à Noël',
      suspendedUntil: null,
      waitingSince: line.waitingSince,
      version: line.version + 1,
      position: null,
      queueLength: null,
    });
    const resumed = expectStatus(await move(api, line, 'resume'), 200);
    expect(resumed).toMatchObject({ state: 'waiting', reason: null, waitingSince: line.waitingSince });
    const { version, updatedAt } = expectStatus(await api.get(`/requests/${line.requestId}`), 200);
    expect([version, updatedAt]).toEqual([4, app.clock.now().toISOString()]);
    expect((await eventsOf(line)).map((event) => [event.move, event.from_state, event.to_state, event.reason])).toEqual([
      ['submit', 'draft', 'waiting', null],
      ['suspend', 'waiting', 'suspended', 'À l’étranger jusqu’à Noël'],
      ['resume', 'suspended', 'waiting', null],
    ]);
  });

  test('a refusal has its reason; a manager decides about the appeal; upheld, the line is where it was', async () => {
    const own = await aCouncil(app);
    const line = (await aRequest(own.api, (await aHousehold(own.api, { bursaryLevel: 1 })).id)).lines[0];
    const other = await aLine(own.api);
    minutesLater(60);
    const refused = expectStatus(await move(own.api, line, 'refuse', { reason: 'hors secteur' }), 200);
    expect(refused).toMatchObject({ state: 'refused', reason: 'hors secteur', appealedAt: null, position: null });
    const appealed = expectStatus(await move(own.api, line, 'appeal', { reason: 'we moved here' }), 200);
    expect(appealed).toMatchObject({
      state: 'refused',
      reason: 'hors secteur',
      appealedAt: app.clock.now().toISOString(),
      appealDecidedAt: null,
    });
    const dismissed = expectStatus(await move(own.api, line, 'dismiss_appeal', { reason: 'no proof' }), 200);
    expect(dismissed).toMatchObject({ state: 'refused', reason: 'no proof', appealDecidedAt: app.clock.now().toISOString() });
    expectStatus(await move(own.api, line, 'appeal'), 200);
    const manager = await aPerson(app, own.id, 'council_manager');
    const upheld = expectStatus(await move(manager, line, 'uphold_appeal', { reason: 'proof seen' }), 200);
    expect(upheld).toMatchObject({ state: 'waiting', waitingSince: line.waitingSince, position: 1, queueLength: 2 });
    expect((await read(other, own.api)).position).toBe(2);
  });

  test('an appeal is not upheld into a second open line of the class', async () => {
    const household = await aHousehold(api);
    const [line] = (await aRequest(api, household.id)).lines;
    await move(api, line, 'refuse', { reason: 'no' });
    expectStatus(await move(api, line, 'appeal'), 200);
    await aRequest(api, household.id);
    expect((await move(api, line, 'uphold_appeal', { reason: 'yes' })).body).toMatchObject({ status: 409, code: 'OPEN_LINE_EXISTS' });
    expect((await read(line)).state).toBe('refused');
  });

  test('an appeal that nobody made, or that was decided, is not decided', async () => {
    const line = await aLine();
    await move(api, line, 'refuse', { reason: 'no' });
    for (const decision of ['uphold_appeal', 'dismiss_appeal']) {
      const answer = await move(api, line, decision, { reason: 'yes' });
      expect(answer.body).toMatchObject({ status: 409, code: 'INVALID_MOVE', from: 'refused', possible: ['appeal'] });
    }
    expect(await read(line)).toMatchObject({ state: 'refused', reason: 'no', appealDecidedAt: null });
    expectStatus(await move(api, line, 'appeal'), 200);
    expectStatus(await move(api, line, 'dismiss_appeal', { reason: 'still no' }), 200);
    expect((await move(api, line, 'uphold_appeal', { reason: 'yes' })).body).toMatchObject({ code: 'INVALID_MOVE', possible: ['appeal'] });
  });

  test('a line is withdrawn from wherever it waits or was begun, and then is over', async () => {
    const suspended = await aLine();
    await move(api, suspended, 'suspend', { reason: 'away' });
    for (const line of [await aDraft(), await aLine(), suspended]) {
      expect(expectStatus(await move(api, line, 'withdraw', { reason: 'found one' }), 200)).toMatchObject({
        state: 'withdrawn',
        reason: 'found one',
      });
      expect((await move(api, line, 'withdraw')).body).toMatchObject({
        status: 409,
        code: 'INVALID_MOVE',
        from: 'withdrawn',
        possible: [],
      });
    }
  });

  test('no move is made from a state that does not allow it, whatever else was said', async () => {
    const MOVES = [
      'withdraw',
      'suspend',
      'resume',
      'refuse',
      'appeal',
      'uphold_appeal',
      'dismiss_appeal',
      'accept',
      'decline',
      'rebook',
      'revoke',
    ];
    const allowed: Record<string, string[]> = {
      draft: ['withdraw'],
      waiting: ['withdraw', 'suspend', 'refuse'],
      suspended: ['withdraw', 'resume', 'refuse'],
      refused: ['appeal'],
      withdrawn: [],
    };
    const lines: Record<string, Body> = {
      draft: await aDraft(),
      waiting: await aLine(),
      suspended: await aLine(),
      refused: await aLine(),
      withdrawn: await aLine(),
    };
    await move(api, lines.suspended, 'suspend', { reason: 'away' });
    await move(api, lines.refused, 'refuse', { reason: 'no' });
    await move(api, lines.withdrawn, 'withdraw');
    for (const [from, possible] of Object.entries(allowed)) {
      for (const name of MOVES.filter((candidate) => !possible.includes(candidate))) {
        expect((await move(api, lines[from], name)).body).toMatchObject({ status: 409, code: 'INVALID_MOVE', from, possible });
      }
      expect((await read(lines[from])).state).toBe(from);
    }
  });

  test('what a move needs, and what it cannot take, is said', async () => {
    const line = await aLine();
    expect(faults(await move(api, line, 'refuse'))).toEqual(['REQUIRED /reason']);
    expect(faults(await move(api, line, 'suspend', { reason: null, until: null }))).toEqual(['REQUIRED /until']);
    expect(faults(await move(api, line, 'suspend', { until: '2026-11-01' }))).toEqual(['DAY_PASSED /until']);
    expect(faults(await move(api, line, 'suspend', { until: '2026-02-30' }))).toEqual(['INVALID_DAY /until']);
    expect(faults(await move(api, line, 'withdraw', { pickupSlotId: newId(), noLongerNeeded: true }))).toEqual([
      'NOT_TAKEN /pickupSlotId',
      'NOT_TAKEN /noLongerNeeded',
    ]);
    expect(faults(await move(api, line, 'offer'))).toEqual(['NOT_ONE_OF /move']);
    expect(faults(await move(api, line, 'refuse', { reason: 'a\u0000' }))).toEqual(['FORBIDDEN_CHARACTERS /reason']);
    expect((await move(api, line, 'withdraw', { colour: 'red' })).body).toMatchObject({ status: 400, code: 'UNKNOWN_FIELD' });
    expect(await read(line)).toMatchObject({ state: 'waiting', version: line.version });
  });

  test('of a withdrawal and a refusal at once exactly one is made', async () => {
    for (let turn = 0; turn < 50; turn++) {
      const line = await aLine();
      const answers = await Promise.all([
        move(api, line, 'withdraw'),
        move(api, line, 'refuse', { reason: 'no' }),
        move(api, line, 'refuse', { reason: 'no' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      const winner = answers.find(({ status }) => status === 200)?.body;
      expect((await read(line)).state).toBe(winner.state);
      expect(await eventsOf(line)).toHaveLength(2);
    }
  }, 60_000);
});

describe('a suspension until a day', () => {
  test('ends by itself when that day begins where the council is', async () => {
    app.clock.moveTo(new Date('2026-11-02T08:00:00Z'));
    const line = await aLine();
    expectStatus(await move(api, line, 'suspend', { until: '2026-11-09' }), 200);
    app.clock.moveTo(new Date('2026-11-08T22:59:59Z'));
    await app.drain();
    expect(await read(line)).toMatchObject({ state: 'suspended', suspendedUntil: '2026-11-09' });
    app.clock.moveTo(new Date('2026-11-08T23:00:00Z'));
    await app.drain();
    expect(await read(line)).toMatchObject({ state: 'waiting', suspendedUntil: null, waitingSince: line.waitingSince });
    expect((await eventsOf(line)).at(-1)).toMatchObject({ move: 'resume', actor: 'system' });
  });

  test('is looked at again on that day: a longer one goes on, one that was ended is not ended twice', async () => {
    app.clock.moveTo(new Date('2026-11-02T08:00:00Z'));
    const [longer, ended, withdrawn, openEnded] = [await aLine(), await aLine(), await aLine(), await aLine()];
    for (const line of [longer, ended, withdrawn, openEnded]) expectStatus(await move(api, line, 'suspend', { until: '2026-11-09' }), 200);
    for (const line of [longer, ended, openEnded]) expectStatus(await move(api, line, 'resume'), 200);
    expectStatus(await move(api, longer, 'suspend', { until: '2026-11-16', reason: 'away' }), 200);
    expectStatus(await move(api, openEnded, 'suspend', { reason: 'away' }), 200);
    expectStatus(await move(api, withdrawn, 'withdraw'), 200);
    app.clock.moveTo(new Date('2026-11-09T08:00:00Z'));
    await app.drain();
    expect(await read(longer)).toMatchObject({ state: 'suspended', suspendedUntil: '2026-11-16' });
    expect((await read(ended)).version).toBe(4);
    expect((await read(withdrawn)).state).toBe('withdrawn');
    expect((await read(openEnded)).state).toBe('suspended');
    app.clock.moveTo(new Date('2026-11-16T08:00:00Z'));
    await app.drain();
    expect((await read(longer)).state).toBe('waiting');
    expect((await read(openEnded)).state).toBe('suspended');
  });

  test('until today, and twice until one day, both end', async () => {
    const line = await aLine();
    for (const until of ['2026-11-16', '2026-11-16', '2026-11-18']) {
      expectStatus(await move(api, line, 'suspend', { until }), 200);
      if (until === '2026-11-18') app.clock.moveTo(new Date('2026-11-18T08:00:00Z'));
      await app.drain();
      expect((await read(line)).state).toBe('waiting');
    }
  });

  test('a council that moves west of its zone meanwhile waits for its own day', async () => {
    const own = await aCouncil(app);
    const line = await aLine(own.api);
    expectStatus(await move(own.api, line, 'suspend', { until: '2026-11-20' }), 200);
    await app.nest.get(Transactions).write(own.id, (tx) => tx.execute("UPDATE councils SET time_zone = 'America/Martinique'"));
    app.clock.moveTo(new Date('2026-11-19T23:30:00Z'));
    await app.drain();
    expect((await read(line, own.api)).state).toBe('suspended');
    app.clock.moveTo(new Date('2026-11-20T04:00:00Z'));
    await app.drain();
    expect((await read(line, own.api)).state).toBe('waiting');
  });
});

describe('who may', () => {
  test('nobody, a client without the scope, a wrong role and another council are kept out', async () => {
    const line = await aLine();
    const one = `/request-lines/${line.id}`;
    const [reader, writer] = await Promise.all([aClient(app, council.id, ['requests:read']), aClient(app, council.id, ['requests:write'])]);
    const auditor = await aPerson(app, council.id, 'auditor');
    const agent = await aPerson(app, council.id, 'desk_agent', { siteId: (await aSite(api)).id });
    for (const path of ['/request-lines', one]) {
      expect((await api.anonymous.get(path)).status).toBe(401);
      for (const who of [writer, agent]) expect((await who.get(path)).status).toBe(403);
      for (const who of [reader, auditor]) expect((await who.get(path)).status).toBe(200);
    }
    expect((await move(api.anonymous, line, 'withdraw')).status).toBe(401);
    for (const who of [reader, agent, auditor]) expect((await move(who, line, 'withdraw')).status).toBe(403);
    const stranger = (await aCouncil(app)).api;
    expect((await stranger.get(one)).status).toBe(404);
    expect((await stranger.get('/request-lines')).body.data).toEqual([]);
    expect((await move(stranger, line, 'withdraw')).status).toBe(404);
    expect((await move(api, { id: newId() }, 'withdraw')).status).toBe(404);
    expect((await move(api, { id: '7' }, 'withdraw')).body).toMatchObject({ status: 400, code: 'INVALID_ID' });
    expect((await move(writer, line, 'withdraw')).status).toBe(200);
  });

  test('a school administrator moves the lines of the own school, but does not decide about appeals', async () => {
    const own = await aCouncil(app);
    const [mine, theirs] = [(await aSchool(own.api)).id, (await aSchool(own.api)).id];
    const pupil = (schoolId: string | null) => [{ givenName: 'Amal', familyName: 'B.', level: 'college', schoolId }];
    let bursaryLevel = 8; // whoever comes first has more points
    const lineOf = async (household: Record<string, unknown>) =>
      (await aRequest(own.api, (await aHousehold(own.api, { ...household, bursaryLevel: bursaryLevel-- })).id)).lines[0];
    const ofLearner = await lineOf({ learners: pupil(mine) });
    const ofHousehold = await lineOf({ schoolId: mine, learners: pupil(null) });
    const ofBoth = await lineOf({ schoolId: mine, learners: pupil(theirs) });
    const hidden = await lineOf({ schoolId: theirs, learners: pupil(theirs) });
    const administrator = await aPerson(app, own.id, 'school_administrator', { schoolId: mine });

    const listed = async (who: Api, query: string) =>
      expectStatus(await who.get(`/request-lines${query}`), 200).data.map(({ id }: Body) => id);
    expect(await listed(administrator, '')).toEqual([ofLearner.id, ofHousehold.id, ofBoth.id]);
    expect(await listed(administrator, '?sort=position&class=computer')).toEqual([ofLearner.id, ofHousehold.id, ofBoth.id]);
    expect(await listed(administrator, `?schoolId=${theirs}`)).toEqual([ofBoth.id]);
    expect(await listed(own.api, `?schoolId=${mine}&sort=position`)).toEqual([ofLearner.id, ofHousehold.id]);
    expect(await listed(own.api, `?schoolId=${theirs}`)).toEqual([ofBoth.id, hidden.id]);
    expect(await listed(own.api, `?schoolId=${newId()}`)).toEqual([]);
    expect((await read(ofBoth, administrator)).position).toBe(3);

    expect((await administrator.get(`/request-lines/${hidden.id}`)).status).toBe(404);
    expect((await move(administrator, hidden, 'withdraw')).status).toBe(404);
    expectStatus(await move(administrator, ofBoth, 'refuse', { reason: 'hors secteur' }), 200);
    expectStatus(await move(administrator, ofBoth, 'appeal', { reason: 'on their behalf' }), 200);
    for (const decision of ['uphold_appeal', 'dismiss_appeal']) {
      expect((await move(administrator, ofBoth, decision, { reason: 'x' })).body).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    }
  });
});
