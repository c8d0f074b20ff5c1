import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AccessRegistry } from '../../src/modules/identity/http.js';
import { newId } from '../../src/shared/ids.js';
import { OF_A_FAMILY } from '../../src/web/parts/signed-in/as-family.js';
import { expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { aCouncil, aFamily, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  app.clock.moveTo(START);
  council = await aCouncil(app);
  expectStatus(await council.api.patch('/council', 1, { openToFamilies: true, name: 'Gonesse' }), 200);
});

type Fields = Readonly<Record<string, string>>;

interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: string | null;
}

async function shown(answer: Response): Promise<Shown> {
  return { status: answer.status, headers: answer.headers, text: await answer.text(), location: answer.headers.get('location') };
}

const open = async (path: string, headers: Fields = {}) =>
  shown(await fetch(app.url + path, { headers: { 'accept-language': 'fr', ...headers }, redirect: 'manual' }));

/** Sends a form as a page of ours does, or as another one where `headers` say so. */
async function send(path: string, fields: Fields, headers: Fields = {}): Promise<Shown> {
  const own = { 'accept-language': 'fr', origin: app.url, ...headers };
  return shown(await fetch(app.url + path, { method: 'POST', body: new URLSearchParams(fields), headers: own, redirect: 'manual' }));
}

async function aLetter() {
  const household = await aHousehold(council.api, { contacts: [{ name: 'Nadia B.', relationship: 'parent' }] });
  const contactId = household.contacts[0].id as string;
  const { code } = expectStatus(await council.api.post(`/households/${household.id}/access-codes`, { contactId }), 201);
  return { household, fields: { reference: household.reference as string, code: code as string } };
}

const cookieOf = ({ headers }: Shown) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
/** A contact whose session was opened in another way, with its cookie and its token. */
async function aSession() {
  const household = await aHousehold(council.api);
  const { headers } = await aFamily(app, council.id, household);
  return { household, cookie: headers.cookie ?? '', token: headers['x-csrf-token'] ?? '' };
}
const h1Of = ({ text }: Shown) => /<h1>(.*?)<\/h1>/s.exec(text)?.[1];

describe('the sign-in', () => {
  test('opens the file with what stands in the letter, and goes on to the page that was asked for', async () => {
    const { fields } = await aLetter();
    const opened = await send('/f/sign-in', fields);
    expect([opened.status, opened.location]).toEqual([303, '/f']);
    const [session, browser] = opened.headers.getSetCookie();
    expect(session).toMatch(/^passerelle_family=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(browser).toMatch(/^passerelle_browser=/);
    const next = await send('/f/sign-in', { ...fields, stay: 'yes', next: '/f/loans/1?page=2' });
    expect([next.status, next.location]).toEqual([303, '/f/loans/1?page=2']);
    expect(next.headers.getSetCookie()[0]).toMatch(/; Max-Age=2592000; /);
  });

  test.each(['https://evil.example', '//evil.example', '/staff', '/plan', '/f/sign-out', '/family', '/f\\evil'])(
    'never goes on to %s',
    async (next) => {
      const { fields } = await aLetter();
      expect((await send('/f/sign-in', { ...fields, next })).location).toBe('/f');
    },
  );

  test('says the same for a wrong code and an unknown reference, and gives back what was typed', async () => {
    const { fields } = await aLetter();
    const [wrong, unknown] = [
      await send('/f/sign-in', { ...fields, code: '0000-0000' }),
      await send('/f/sign-in', { reference: 'F-<b>', code: '0000-0000', stay: 'yes', next: '/f/x' }),
    ];
    for (const { status, text, headers } of [wrong, unknown]) {
      expect([status, headers.getSetCookie()]).toEqual([422, []]);
      expect(text).toMatch(/<a href="#field-code">Ce numéro et ce code ne vont pas ensemble/);
      expect(text).toMatch(/aria-invalid="true"[^>]*aria-describedby="wrong-code"/);
    }
    expect(unknown.text).toContain('value="F-&lt;b>"');
    expect(unknown.text).toMatch(/name="next" value="\/f\/x"/);
    expect(unknown.text).toMatch(/name="stay"[^>]* checked/);
    const empty = await send('/f/sign-in', {});
    expect(empty.text).toMatch(/#field-reference">Écrivez le numéro du dossier.*#field-code">Écrivez le code/s);
  });

  test('makes wrong tries wait, and says how long', async () => {
    const { fields } = await aLetter();
    for (let tries = 0; tries < 5; tries++) expect((await send('/f/sign-in', { ...fields, code: '0000-0000' })).status).toBe(422);
    const waiting = await send('/f/sign-in', fields);
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([429, '15']);
    expect(waiting.text).toContain('Attendez 15 secondes');
  });

  test('is not opened by a page of another site', async () => {
    const { fields } = await aLetter();
    const elsewhere: Fields[] = [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }];
    for (const headers of elsewhere) {
      const refused = await send('/f/sign-in', fields, headers);
      expect([refused.status, refused.headers.getSetCookie()]).toEqual([403, []]);
      expect(refused.text).toContain('Cet envoi vient d’un autre site');
    }
  });

  test('is a page that keeps nothing, and runs no script but ours', async () => {
    const { status, headers, text } = await open('/f/sign-in?next=/f/loans');
    expect([status, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([200, 'no-store', 'same-origin']);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'self'; img-src 'self'; style-src 'self'; script-src 'self'; frame-ancestors 'none'",
    );
    expect(text).toMatch(/name="next" value="\/f\/loans"/);
    const script = /<script defer src="([^"]+)"/.exec(text)?.[1] ?? '';
    const file = await open(script);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(file.text.length).toBeLessThan(2048);
  });

  test('says that cookies are refused, to a browser that brings none back', async () => {
    const referer = `${app.url}/f/sign-in`;
    expect((await open('/f/sign-in?next=/f', { referer })).text).toContain('refuse les cookies');
    expect((await open('/f/sign-in?next=/f', { referer, cookie: 'language=fr' })).text).not.toContain('refuse les cookies');
  });
});

describe('the frame of a family’s pages', () => {
  test('lets the form of the session through, and ends it', async () => {
    const { cookie, token } = await aSession();
    const out = await send('/f/sign-out', { token }, { cookie });
    expect([out.status, out.location, out.headers.getSetCookie()[0]]).toEqual([303, '/', expect.stringMatching(/^passerelle_family=;/)]);
    expect((await send('/f/sign-out', { token }, { cookie })).status).toBe(401);
  });

  test('takes no form without the token of the session, and gives back what was typed', async () => {
    const { cookie } = await aSession();
    const other = await aSession();
    for (const token of ['', 'x', other.token]) {
      const refused = await send('/f/sign-out', { token, said: '<i>bonjour</i>' }, { cookie });
      expect([refused.status, h1Of(refused)]).toEqual([403, 'Envoyez ce que vous avez écrit']);
      expect(refused.text).toContain('name="said" value="&lt;i>bonjour&lt;/i>"');
      expect(refused.text).not.toContain(other.token);
    }
    const old = await shown(
      await fetch(`${app.url}/f/sign-out`, { method: 'POST', body: new URLSearchParams({ said: 'bonjour' }), headers: { cookie } }),
    );
    expect([old.status, old.text.includes('bonjour')]).toEqual([403, false]);
  });

  test('takes no form of another site, even with the token', async () => {
    const { cookie, token } = await aSession();
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'same-site' }] as Fields[]) {
      const refused = await send('/f/sign-out', { token, said: 'bonjour' }, { cookie, ...headers });
      expect([refused.status, refused.text.includes('bonjour')]).toEqual([403, false]);
    }
  });

  test('never takes staff for a family, not even beside one', async () => {
    const staff = await aPerson(app, council.id, 'council_manager');
    const { cookie, token } = await aSession();
    const staffToken = staff.headers['x-csrf-token'] ?? '';
    const staffCookie = staff.headers.cookie ?? '';
    expect((await send('/f/sign-out', { token: staffToken }, { cookie: staffCookie })).status).toBe(401);
    expect((await send('/f/sign-out', { token: staffToken }, { cookie: `${staffCookie}; ${cookie}` })).status).toBe(403);
    expect((await send('/f/sign-out', { token }, { cookie: `${staffCookie}; ${cookie}` })).status).toBe(303);
    expect((await staff.get('/session')).status).toBe(200);
  });

  test('carries what was typed through the sign-in when the session has ended, and sends it with the new token', async () => {
    const { fields } = await aLetter();
    const ended = await send('/f/sign-out', { said: 'bonjour "toi"', token: 'old' });
    expect([ended.status, h1Of(ended)]).toEqual([401, 'Ouvrir mon dossier']);
    expect(ended.text).toContain('Ce que vous avez écrit n’est pas perdu');
    expect(ended.text).toContain('name="typed.said" value="bonjour &quot;toi&quot;"');
    const signedIn = await send('/f/sign-in', { ...fields, 'typed.said': 'bonjour', next: '/f/sign-out/x' });
    expect([signedIn.status, h1Of(signedIn)]).toEqual([200, 'Envoyez ce que vous avez écrit']);
    expect(signedIn.text).toContain('name="said" value="bonjour"');
    const token = /name="token" value="([^"]+)"/.exec(signedIn.text)?.[1] ?? '';
    expect((await send('/f/sign-out', { token, said: 'bonjour' }, { cookie: cookieOf(signedIn) })).status).toBe(303);
  });

  test('stands before every page and every form of a family: nobody and staff come to the sign-in', async () => {
    const staff = await aPerson(app, council.id, 'council_manager');
    const routes = app.nest
      .get(AccessRegistry)
      .all()
      .filter(({ but }) => but === OF_A_FAMILY.but);
    expect(routes.length).toBeGreaterThan(0);
    for (const { method, path } of routes) {
      const asked = path.replaceAll(/:[A-Za-z]+/g, newId());
      for (const headers of [{}, { cookie: staff.headers.cookie ?? '' }] as Fields[]) {
        const answer =
          method === 'GET' ? await open(asked, headers) : await send(asked, { token: staff.headers['x-csrf-token'] ?? '' }, headers);
        const expected = method === 'GET' ? [303, `/f/sign-in?next=${encodeURIComponent(asked)}`] : [401, null];
        expect([method, path, answer.status, answer.location]).toEqual([method, path, ...expected]);
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
    }
  });
});
