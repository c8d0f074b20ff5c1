import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { offerMachine } from '../../src/modules/allocation/domain/offer.machine.js';
import { roundMachine } from '../../src/modules/allocation/domain/round.machine.js';
import { deviceMachine } from '../../src/modules/inventory/domain/device.machine.js';
import { loanItemMachine } from '../../src/modules/loans/domain/loan-item.machine.js';
import { LedgerService } from '../../src/modules/loans/index.js';
import { noticeMachine } from '../../src/modules/notices/domain/notice.machine.js';
import { requestLineMachine } from '../../src/modules/requests/domain/request-line.machine.js';
import { SetClock } from '../../src/platform/clock/clock.js';
import { AuditChainService } from '../../src/platform/index.js';
import { type DemoPeople, seedWhenEmpty } from '../../src/seed/seed.js';
import { type Machine, reachableStates } from '../../src/shared/machine.js';
import { schema } from '../../src/schema.js';
import { type Answer, Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { testPlatform } from '../support/platform.js';
import { onServer } from '../support/test-database.js';

/** States in which nothing of the demonstration is, each with the reason. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  notices: {
    sending: 'lasts for as long as a message is on its way',
    delivered: 'needs the receipt of a gateway, and no SMS leaves',
    failed: 'needs a provider that refuses a message, and no message leaves',
  },
};

const PARTS: readonly (readonly [table: string, column: string, machine: Machine])[] = [
  ['devices', 'status', deviceMachine],
  ['request_lines', 'state', requestLineMachine],
  ['loan_items', 'state', loanItemMachine],
  ['offers', 'state', offerMachine],
  ['allocation_rounds', 'state', roundMachine],
  ['notices', 'state', noticeMachine],
];

describe.each([
  ['a Wednesday afternoon', new Date('2026-11-25T14:00:00Z')],
  ['a Sunday night after holidays', new Date('2027-05-09T00:30:00Z')],
])('made on %s', (_, now) => {
  let app: TestApp;
  let people: DemoPeople;
  let counts: Readonly<Record<string, Readonly<Record<string, number>>>>;

  const rows = <Row extends object>(text: string) => onServer(app.databaseUrl, async (client) => (await client.query<Row>(text)).rows);
  const count = async () => {
    const counted: Record<string, Record<string, number>> = {};
    for (const [table, column] of PARTS) {
      const found = await rows<{ state: string; number: number }>(
        `SELECT ${column} AS state, count(*)::int AS number FROM ${table} GROUP BY 1`,
      );
      counted[table] = Object.fromEntries(found.map(({ state, number }) => [state, number]));
    }
    return counted;
  };
  const total = (of: Readonly<Record<string, number>> = {}) => Object.values(of).reduce((one, other) => one + other, 0);

  beforeAll(async () => {
    const { options, databaseUrl } = await testPlatform(schema);
    const clock = new SetClock(now);
    people = (await seedWhenEmpty({ platform: { ...options, clock }, ownerUrl: databaseUrl })) as DemoPeople;
    expect(clock.now()).toEqual(now);
    app = await startTestApp({}, { beside: { clock } });
    counts = await count();
  }, 240_000);
  afterAll(() => app.close());

  test.each(PARTS.map(([table, , machine]) => [table, machine] as const))('%s are in every state', (table, machine) => {
    const leftOut = Object.keys(LEFT_OUT[table] ?? {});
    expect([...Object.keys(counts[table] ?? {}), ...leftOut].sort()).toEqual(reachableStates(machine).sort());
  });

  test('it is as large as a council', async () => {
    const [{ families } = { families: 0 }] = await rows<{ families: number }>('SELECT count(*)::int AS families FROM households');
    expect(families).toBe(150);
    expect(total(counts.devices)).toBe(254);
    expect(counts.request_lines?.waiting).toBeGreaterThan(20);
    expect(counts.offers?.open).toBeGreaterThan(10);
    expect(counts.loan_items?.on_loan).toBeGreaterThan(30);
    const languages = await rows<{ language: string }>('SELECT DISTINCT language FROM contacts');
    expect(languages.map(({ language }) => language).sort()).toEqual(['ar', 'en', 'es', 'fr', 'pt', 'ro', 'tr', 'uk']);
    const addresses = await rows<{ phone: string | null; email: string | null }>('SELECT phone, email FROM contacts');
    expect(addresses.filter(({ phone }) => phone !== null && !/^\+3363998\d{4}$/.test(phone))).toEqual([]);
    expect(addresses.filter(({ email }) => email !== null && !email.endsWith('.example'))).toEqual([]);
  });

  test('incidents are open and closed, loans are overdue, renewed and recalled, and days to come are closed', async () => {
    const as = await client();
    const all = async (path: string) =>
      expectStatus(await as.get(`${path}${path.includes('?') ? '&' : '?'}limit=200`), 200).data as Answer['body'][];
    const incidents = await all('/incidents');
    expect([...new Set(incidents.map(({ kind }) => kind))].sort()).toEqual(['broken', 'claimed_returned', 'lost', 'stolen']);
    expect([...new Set(incidents.map(({ outcome }) => outcome))].sort()).toEqual(['found', 'not_found', null, 'written_off']);
    expect((await all('/loans?overdue=true')).length).toBeGreaterThan(3);
    const loans = await all('/loans');
    expect(loans.filter(({ renewals }) => renewals > 0).length).toBeGreaterThan(5);
    expect(loans.filter(({ recalledOn }) => recalledOn !== null)).toHaveLength(1);
    const { days } = expectStatus(await as.get('/closed-days'), 200);
    expect(days.filter((day: string) => day > now.toISOString().slice(0, 10)).length).toBeGreaterThan(2);
  });

  test('the books agree', async () => {
    expect(await app.nest.get(LedgerService).verify()).toMatchObject({ faults: [] });
    await app.nest.get(AuditChainService).seal();
    expect(await app.nest.get(AuditChainService).verify([])).toMatchObject({ faults: [], unsealed: 0 });
    const [{ dead } = { dead: -1 }] = await rows<{ dead: number }>('SELECT count(*)::int AS dead FROM outbox WHERE dead_at IS NOT NULL');
    expect(dead).toBe(0);
  });

  test('what was written left in its own time, and the start sends nothing and changes nothing', async () => {
    const left = () => rows<{ at: Date }>('SELECT left_at AS at FROM shown_messages ORDER BY number');
    const before = await left();
    expect(new Set(before.map(({ at }) => at.toISOString().slice(0, 10))).size).toBeGreaterThan(10);
    expect(before.filter(({ at }) => at > now)).toEqual([]);
    await app.drain();
    app.clock.moveTo(new Date(now.getTime() + 10 * 60_000));
    await app.drain();
    expect(await left()).toHaveLength(before.length);
    expect(await count()).toEqual(counts);
  });

  test('each family of demo.json signs in and sees what it is there for', async () => {
    const seen = [];
    for (const family of people.families) seen.push(await whatSees(family));
    const [waiting, offer, overdue, one, other, arabic] = seen as [Seen, Seen, Seen, Seen, Seen, Seen];
    expect(seen).toHaveLength(6);
    expect(waiting.lines).toMatchObject([{ state: 'waiting', position: expect.any(Number) }]);
    expect(waiting.sentences.length).toBeGreaterThan(1);
    expect(offer.lines).toMatchObject([{ state: 'offered' }]);
    expect(offer.offers).toMatchObject([{ state: 'open', expiresAt: expect.any(String) }]);
    expect(new Date(offer.offers[0].expiresAt).getTime() - now.getTime()).toBeGreaterThan(24 * 3600_000);
    expect(overdue.loans).toMatchObject([{ overdue: true, state: 'open' }]);
    expect(one.household.id).toBe(other.household.id);
    expect(one.household.contacts).toHaveLength(1);
    expect([one.household.contacts[0].language, other.household.contacts[0].language]).toEqual(['fr', 'ro']);
    expect(one.loans).toMatchObject([{ state: 'open' }]);
    expect(arabic.household.contacts).toMatchObject([{ language: 'ar', name: expect.stringMatching(/\p{Script=Arabic}/u) }]);
    expect(arabic.lines.length).toBe(2);
  });

  interface Seen {
    readonly household: Answer['body'];
    readonly lines: Answer['body'][];
    readonly offers: Answer['body'][];
    readonly loans: Answer['body'][];
    readonly sentences: readonly string[];
  }

  async function whatSees({ reference, code }: DemoPeople['families'][number]): Promise<Seen> {
    const signedIn = await new Api(app.url).post('/session/family', { reference, code });
    const { householdId } = expectStatus(signedIn, 201);
    const cookie = signedIn.headers.getSetCookie().map((each) => each.split(';')[0]);
    const as = new Api(app.url, { cookie: cookie.join('; ') });
    const read = async (path: string) => expectStatus(await as.get(path), 200);
    const lines = (await read('/request-lines?limit=200')).data as Answer['body'][];
    return {
      household: await read(`/households/${householdId}`),
      lines: await Promise.all(lines.map(({ id }) => read(`/request-lines/${id}`))),
      offers: (await read('/offers')).data,
      loans: (await read('/loans')).data,
      sentences: lines[0] ? (await read(`/request-lines/${lines[0].id}/explanation`)).sentences : [],
    };
  }

  async function client(): Promise<Api> {
    const { id, secret } = people.client;
    const answer = await fetch(`${app.url}/api/v1/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return new Api(app.url, { authorization: `Bearer ${token}` });
  }
});
