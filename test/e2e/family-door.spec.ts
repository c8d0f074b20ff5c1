import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AccessRegistry } from '../../src/modules/identity/http.js';
import { ShownMessagesRepository } from '../../src/platform/index.js';
import { newId } from '../../src/shared/ids.js';
import { OF_A_FAMILY } from '../../src/web/parts/signed-in/as-family.js';
import { expectStatus } from '../support/api.js';
import { START, startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { aCouncil, aFamily, aPerson, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp({ SHOW_MESSAGES: 'true' });
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

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

/** The hidden fields of the form that has this field. */
function formWith(field: string, { text }: Shown): Record<string, string> {
  const forms = [...text.matchAll(/<form[^>]*>(.*?)<\/form>/gs)].map(([, form = '']) => form);
  const form = forms.find((each) => each.includes(`name="${field}"`)) ?? '';
  const fields = [...form.matchAll(/type="hidden" name="([^"]+)" value(?:="([^"]*)")?/g)];
  return Object.fromEntries(fields.map(([, name = '', value = '']) => [name, unescaped(value)]));
}

async function codeOfNewest(): Promise<string> {
  await app.drain();
  const [message] = await app.nest.get(ShownMessagesRepository).newest(1, null);
  return /#(\d{6})$/.exec(message?.text ?? '')?.[1] ?? '';
}

describe('the sign-in with a code that is sent', () => {
  const contactWith = (phone: string) => ({ contacts: [{ name: 'Nadia B.', relationship: 'parent', phone }] });

  test('asks for the phone, then for six digits, and goes on to the page that was asked for', async () => {
    await aHousehold(council.api, contactWith('06 12 20 00 01'));
    const asked = await send('/f/sign-in', { identifier: '06 12 20 00 01', next: '/f/loans' });
    expect([asked.status, h1Of(asked)]).toEqual([200, 'Écrivez le code']);
    expect(asked.text).toContain('autocomplete="one-time-code"');
    const form = formWith('code', asked);
    const code = await codeOfNewest();
    const empty = await send('/f/sign-in', { ...form, code: '' });
    expect([empty.status, /#field-code">([^<]*)/.exec(empty.text)?.[1]]).toEqual([422, 'Écrivez les 6 chiffres du message.']);
    const wrong = await send('/f/sign-in', { ...form, code: code === '000000' ? '111111' : '000000' });
    expect([wrong.status, wrong.headers.getSetCookie()]).toEqual([422, []]);
    expect(wrong.text).toContain('Ce code n’est pas le bon');
    const opened = await send('/f/sign-in', { ...formWith('code', wrong), code: ` ${code.slice(0, 3)} ${code.slice(3)}`, stay: 'yes' });
    expect([opened.status, opened.location]).toEqual([303, '/f/loans']);
    expect(opened.headers.getSetCookie()[0]).toMatch(/^passerelle_family=.*; Max-Age=2592000; /);
    const sessions = await open('/f/sessions', { cookie: cookieOf(opened) });
    expect([sessions.status, h1Of(sessions)]).toEqual([200, 'Mes téléphones']);
    const again = await send('/f/sign-in', { ...form, code });
    expect([again.status, again.headers.getSetCookie()]).toEqual([422, []]);
  });

  test('says the same, and shows the same page, whether anybody is known', async () => {
    await aHousehold(council.api, contactWith('06 12 20 00 02'));
    const [known, unknown] = [
      await send('/f/sign-in', { identifier: '06 12 20 00 02' }),
      await send('/f/sign-in', { identifier: '06 12 20 00 03' }),
    ];
    const neutral = ({ text }: Shown) => text.replaceAll(/06 12 20 00 0[23]/g, 'PHONE').replaceAll(/[0-9a-f-]{36}/g, 'ID');
    expect([unknown.status, neutral(unknown)]).toEqual([known.status, neutral(known)]);
    const guess = await send('/f/sign-in', { ...formWith('code', unknown), code: '123456' });
    expect(guess.text).toContain('Ce code n’est pas le bon');
  });

  test.each(['0612', 'nadia', '<b>@', '🙂'])('says what to type instead of %j, and gives it back', async (identifier) => {
    const refused = await send('/f/sign-in', { identifier });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('#field-identifier">Écrivez un numéro de téléphone ou une adresse e-mail.');
    expect(refused.text).toContain(`name="identifier" value="${identifier.replace('<', '&lt;')}"`);
  });

  test('says how long to wait, to whoever asks too often', async () => {
    for (let times = 0; times < 5; times++) expect((await send('/f/sign-in', { identifier: '06 12 20 00 04' })).status).toBe(200);
    const waiting = await send('/f/sign-in', { identifier: '06 12 20 00 04' });
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([429, '3600']);
    expect(waiting.text).toContain('Attendez 60 minutes');
  });

  test('asks which file is meant, of somebody who stands in several, and opens that one', async () => {
    const files = [
      await aHousehold(council.api, contactWith('06 12 20 00 05')),
      await aHousehold(council.api, contactWith('06 12 20 00 05')),
    ];
    const asked = await send('/f/sign-in', { identifier: '06 12 20 00 05' });
    const proven = await send('/f/sign-in', { ...formWith('code', asked), code: await codeOfNewest() });
    expect([proven.status, h1Of(proven), proven.headers.getSetCookie()]).toEqual([200, 'Quel dossier\u00A0?', []]);
    for (const { reference } of files) expect(proven.text).toContain(`Gonesse (${reference})`);
    const form = formWith('contact', proven);
    expect((await send('/f/sign-in', form)).text).toContain('#field-contact">Choisissez un dossier.');
    const contact = files[1]?.contacts[0].id as string;
    const forged = await send('/f/sign-in', { ...form, contact, proof: `${form.proof?.slice(1)}A` });
    expect([forged.status, forged.headers.getSetCookie()]).toEqual([422, []]);
    const stranger = await aHousehold(council.api, contactWith('06 12 20 00 06'));
    expect((await send('/f/sign-in', { ...form, contact: stranger.contacts[0].id as string })).status).toBe(422);
    const opened = await send('/f/sign-in', { ...form, contact });
    expect([opened.status, opened.location]).toEqual([303, '/f']);
    expect((await send('/f/sign-in', { ...form, contact: files[0]?.contacts[0].id as string })).status).toBe(422);
  });

  test('is not begun by a page of another site', async () => {
    expect((await send('/f/sign-in', { identifier: '06 12 20 00 07' }, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('comes in another language at each step, and asks for no new code', async () => {
    await aHousehold(council.api, contactWith('06 12 20 00 08'));
    const asked = await send('/f/sign-in', { identifier: '06 12 20 00 08' });
    const code = await codeOfNewest();
    const turned = await send('/f/sign-in', { ...formWith('code', asked), language: 'ar' });
    expect([turned.status, turned.text.includes('dir="rtl"')]).toEqual([200, true]);
    expect((await send('/f/sign-in', { ...formWith('code', turned), code })).status).toBe(303);
  });
});

describe('the sessions of a contact', () => {
  test('are listed and ended by the contact alone', async () => {
    const household = await aHousehold(council.api, {
      contacts: [
        { name: 'Nadia B.', relationship: 'parent' },
        { name: 'Karim B.', relationship: 'parent' },
      ],
    });
    const [mine, lost, theirs] = await Promise.all([0, 0, 1].map((contact) => aFamily(app, council.id, household, contact)));
    const cookie = mine?.headers.cookie ?? '';
    const list = await open('/f/sessions', { cookie });
    expect(list.headers.get('content-security-policy')).not.toContain('script-src');
    const ids = [...list.text.matchAll(/action="\/f\/sessions\/([^/]+)\/end"/g)].map(([, id = '']) => id);
    expect([ids.length, list.text.match(/Ce téléphone/g)?.length, list.text.match(/Un autre appareil/g)?.length]).toEqual([2, 1, 1]);
    const token = mine?.headers['x-csrf-token'] ?? '';
    const { data } = expectStatus(await council.api.get(`/households/${household.id}/sessions`), 200);
    const other = data.find(({ contactId }: { contactId: string }) => contactId === household.contacts[1].id).id as string;
    const notMine = await send(`/f/sessions/${other}/end`, { token }, { cookie });
    expect([notMine.status, notMine.text.includes('Cette page n’existe pas')]).toEqual([404, true]);
    const lostId = /Un autre appareil.*?sessions\/([^/]+)\/end/s.exec(list.text)?.[1] ?? '';
    expect((await send(`/f/sessions/${lostId}/end`, { token }, { cookie })).location).toBe('/f/sessions');
    expect([(await lost?.get('/session'))?.status, (await theirs?.get('/session'))?.status]).toEqual([401, 200]);
    const [own] = ids.filter((id) => id !== lostId);
    expect((await send(`/f/sessions/${own}/end`, { token }, { cookie })).status).toBe(303);
    expect((await open('/f/sessions', { cookie })).location).toBe('/f/sign-in?next=%2Ff%2Fsessions');
  });

  test('go on over several pages, and a cursor that is not ours is said to be none', async () => {
    const household = await aHousehold(council.api);
    const [family] = await Promise.all(Array.from({ length: 21 }, () => aFamily(app, council.id, household)));
    const cookie = family?.headers.cookie ?? '';
    const first = await open('/f/sessions', { cookie });
    const next = /href="(\/f\/sessions\?cursor=[^"]+)"/.exec(first.text)?.[1] ?? '';
    expect((await open(next, { cookie })).text.match(/\/end"/g)?.length).toBe(1);
    const wrong = await open('/f/sessions?cursor=x', { cookie });
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(wrong.text).toContain('Revenez en arrière');
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
    const path = `/f/sessions/${newId()}/end`;
    const ended = await send(path, { said: 'bonjour "toi"', token: 'old' });
    expect([ended.status, h1Of(ended)]).toEqual([401, 'Ouvrir mon dossier']);
    expect(ended.text).toContain('Ce que vous avez écrit n’est pas perdu');
    expect(ended.text).toContain('name="typed.said" value="bonjour &quot;toi&quot;"');
    const signedIn = await send('/f/sign-in', { ...formWith('reference', ended), ...fields });
    expect([signedIn.status, h1Of(signedIn)]).toEqual([200, 'Envoyez ce que vous avez écrit']);
    expect(signedIn.text).toContain(`action="${path}"`);
    const form = formWith('said', signedIn);
    expect(form).toEqual({ token: expect.stringMatching(/^[\w-]{43}$/), said: 'bonjour "toi"' });
    expect((await send(path, form, { cookie: cookieOf(signedIn) })).status).toBe(404);
  });

  test('carries a form without fields as well, but no form that another site may have sent, and none to sign out', async () => {
    const { fields } = await aLetter();
    const path = `/f/sessions/${newId()}/end`;
    const signedIn = await send('/f/sign-in', { ...formWith('reference', await send(path, { token: 'old' })), ...fields });
    expect([signedIn.status, signedIn.text.includes(`action="${path}"`)]).toEqual([200, true]);
    const silent = await shown(await fetch(app.url + path, { method: 'POST', body: new URLSearchParams({ said: 'bonjour' }) }));
    expect([silent.status, silent.text.includes('bonjour')]).toEqual([401, false]);
    const out = await send('/f/sign-out', { token: 'old' });
    expect((await send('/f/sign-in', { ...formWith('reference', out), ...fields })).location).toBe('/f');
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
