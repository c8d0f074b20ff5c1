import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DigestService } from '../../src/modules/notices/digest/digest.service.js';
import { ShownMessagesRepository } from '../../src/platform/index.js';
import { day, instantAt } from '../../src/shared/day.js';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aDevice, aHousehold, aLoan, anOffer, aRequest, aUser } from '../support/builders.js';
import { aCouncil, type TestCouncil } from '../support/people.js';
import { onServer, truncateAll } from '../support/test-database.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp({ SHOW_MESSAGES: 'true' });
});
beforeEach(async () => {
  await truncateAll(app.databaseUrl);
  app.clock.moveTo(START);
  council = await aCouncil(app);
  api = council.api;
});
afterAll(() => app.close());

type Body = Answer['body'];

const samira = {
  name: 'Samira Haddad',
  relationship: 'parent',
  phone: '+33612345678',
  language: 'ar',
  preferredChannel: 'sms',
  notify: true,
};
const kept = async (query = '?limit=200'): Promise<Body> => (await fetch(`${app.url}/messages${query}`)).json();
const messages = async (): Promise<Body[]> => (await kept()).data;
const page = async () => (await fetch(`${app.url}/messages`, { headers: { accept: 'text/html' } })).text();
const countIn = (text: string, what: string) => text.split(what).length - 1;

/** The status of the page for a request with these headers, `Host` among them, which `fetch` does not let anybody choose. */
const statusFor = (headers: Record<string, string>, url = app.url) =>
  new Promise((resolve, reject) => {
    get(`${url}/messages`, { headers }, (answer) => resolve(answer.resume().statusCode)).on('error', reject);
  });

describe('where nothing is set up to send with', () => {
  test('an offer leaves as an SMS, is shown once, and is held from then on', async () => {
    const { lines } = await aRequest(api, (await aHousehold(api, { contacts: [samira] })).id);
    app.clock.moveTo(new Date(START.getTime() + 3600_000));
    const offer = await anOffer(api, lines[0].id, (await aDevice(api)).id);
    app.clock.moveTo(new Date(START.getTime() + 7200_000));
    await app.drain();
    await app.drain();
    expect(expectStatus(await api.get(`/offers/${offer.id}`), 200)).toMatchObject({
      noticeLeftAt: app.clock.now().toISOString(),
      undeliverableAt: null,
    });
    const notices = expectStatus(await api.get('/notices?state=sent'), 200).data as Body[];
    const [notice] = notices.filter(({ trigger }) => trigger === 'offer_made');
    expect(notice).toMatchObject({ channel: 'sms', state: 'sent' });
    const shown = (await messages()).filter(({ id }) => id === notice?.id);
    expect(shown).toMatchObject([
      {
        councilId: council.id,
        channel: 'sms',
        to: '+33612345678',
        language: 'ar',
        subject: null,
        leftAt: app.clock.now().toISOString(),
        times: 1,
      },
    ]);
    expect(shown[0]?.text).toMatch(/\p{Script=Arabic}/u);
    // Its link can be followed.
    const text = (await page()).replaceAll(/<a href="([^"]*)" dir="ltr">\1<\/a>/g, '$1');
    expect(countIn(text, `<div class="text" lang="ar" dir="rtl">${shown[0]?.text}</div>`)).toBe(1);
  });

  test('an invitation and a notice leave as e-mails, and what staff read in the morning', async () => {
    const manager = await aUser(api, { role: 'council_manager' });
    expectStatus(await api.post(`/users/${manager.id}/invitation`), 200);
    const nadia = { ...samira, language: 'fr', email: 'nadia@example.org', preferredChannel: 'email' };
    await aLoan(api, { householdId: (await aHousehold(api, { contacts: [nadia] })).id });
    await aLoan(api, {
      householdId: (await aHousehold(api, { contacts: [{ name: 'Sans adresse', relationship: 'parent', notify: true }] })).id,
    });
    await app.nest.get(DigestService).begin();
    await app.drain();
    app.clock.moveTo(instantAt(day('2026-11-03'), '08:00', 'Europe/Paris'));
    await app.drain();
    const kindOf = ({ id }: Body) => /^(invitation|digest)-/.exec(String(id))?.[1] ?? 'notice';
    const shown = (await messages()).map((message) => [kindOf(message), message.channel, message.to]);
    expect(shown.sort()).toEqual([
      ['digest', 'email', manager.email],
      ['invitation', 'email', manager.email],
      ['notice', 'email', 'nadia@example.org'],
    ]);
    expect(countIn(await page(), '/invitation#token=')).toBe(2); // the address and the words of one link
    expect(app.logged.join()).not.toContain('no mail server');
  });

  test('what leaves again, since nobody recorded that it had, is recognised by its id and shown once', async () => {
    expectStatus(await api.post(`/users/${(await aUser(api)).id}/invitation`), 200);
    await app.drain();
    const [first] = await messages();
    await onServer(app.databaseUrl, (client) => client.query(`UPDATE outbox SET done_at = NULL WHERE kind = 'invitation.mail'`));
    await app.drain();
    expect(await messages()).toEqual([{ ...first, times: 2 }]);
    expect(countIn(await page(), '(left 2 times)')).toBe(1);
  });
});

describe('what is kept', () => {
  const message = { channel: 'sms', to: '+33612345678', language: 'fr', subject: null, text: 'Bonjour' } as const;
  const keep = (id: string, councilId = council.id) => app.nest.get(ShownMessagesRepository).keep({ ...message, councilId, id });

  test('is one message, when two processes send it at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => keep('same')));
    expect((await messages()).map(({ id, times }) => [id, times])).toEqual([['same', 8]]);
  });

  test('is shown page by page, the last to come first, whichever council it is of', async () => {
    const other = await aCouncil(app);
    for (const [id, councilId] of Object.entries({ first: council.id, second: other.id, third: council.id })) await keep(id, councilId);
    const read: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { data, nextCursor }: Body = await kept(`?limit=1${cursor && `&cursor=${cursor}`}`);
      expect(data).toHaveLength(1);
      read.push(data[0].id);
      cursor = nextCursor;
    }
    expect(read).toEqual(['third', 'second', 'first']);
    expect((await fetch(`${app.url}/messages?cursor=made.up`)).status).toBe(400);
  });

  test('is the newest 500 of a council', async () => {
    await onServer(app.databaseUrl, (client) =>
      client.query(
        `INSERT INTO shown_messages (council_id, channel, id, recipient, language, body, left_at)
         SELECT $1, 'sms', n, '+33612345678', 'fr', 'Bonjour', now() FROM generate_series(1, 505) n`,
        [council.id],
      ),
    );
    await Promise.all(Array.from({ length: 10 }, (_, number) => keep(`new ${number}`)));
    await keep('new, and the last'); // those that leave at once do not see each other
    const { rows } = await onServer(app.databaseUrl, (client) =>
      client.query<{ count: number; oldest: number }>(
        `SELECT count(*)::integer AS count, min(id::integer) FILTER (WHERE id !~ 'new') AS oldest FROM shown_messages`,
      ),
    );
    expect(rows).toEqual([{ count: 500, oldest: 17 }]);
  });
});

describe('the page', () => {
  test('runs nothing, loads nothing, is kept by no cache and is in no document of the API', async () => {
    const { headers } = await fetch(`${app.url}/messages`, { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(await (await fetch(`${app.url}/api/v1/openapi.json`)).text()).not.toContain('/messages"');
  });

  test('is for this machine by its own name: a foreign name that leads here, or a proxy, finds nothing', async () => {
    const { port } = new URL(app.url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect([host, await statusFor({ host })]).toEqual([host, 200]);
    for (const host of [`evil.example:${port}`, `127.0.0.1.evil.example`, `192.168.1.2:${port}`])
      expect([host, await statusFor({ host })]).toEqual([host, 404]);
    expect(await statusFor({ 'x-forwarded-for': '127.0.0.1' })).toBe(404);
  });

  test.each([
    ['in production', { NODE_ENV: 'production', BASE_URL: 'https://pret.example.org', SMTP_URL: 'smtp://127.0.0.1:1' }],
    ['on a database that was set up, unless it is asked for', {}],
  ])('is not there %s', async (_, environment) => {
    const other = await startTestApp(environment, { beside: app });
    try {
      const [ofMessages, ofNothing] = await Promise.all(
        ['/messages?x=1', '/nothing?x=1'].map(async (path) => {
          const answer = await fetch(other.url + path);
          return { status: answer.status, ...(await answer.json()), instance: null, traceId: null };
        }),
      );
      expect(ofMessages).toEqual(ofNothing);
      expect(ofNothing?.status).toBe(404);
      const keep = other.nest.get(ShownMessagesRepository).keep({
        councilId: council.id,
        channel: 'sms',
        id: 'x',
        to: '+33612345678',
        language: 'fr',
        subject: null,
        text: 'Bonjour',
      });
      await expect(keep).rejects.toThrow('SHOW_MESSAGES');
    } finally {
      await other.close();
    }
  });
});
