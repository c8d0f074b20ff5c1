import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aSite } from '../support/builders.js';
import { aCouncil } from '../support/people.js';
import { truncateAll } from '../support/test-database.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ SHOW_MESSAGES: 'true' });
});
beforeEach(() => truncateAll(app.databaseUrl));
afterAll(() => app.close());

async function open(headers: Record<string, string> = {}, path = '/') {
  const answer = await fetch(app.url + path, { headers: { accept: 'text/html,*/*;q=0.8', ...headers } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
const linksOf = (page: string) => [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to]) => to ?? '');

test('before there is a council the door says what this is, in French where nothing else is asked for', async () => {
  const { status, headers, text } = await open();
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*; frame-ancestors 'none'$/);
  expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual(['no-store', 'nosniff']);
  expect(headers.get('set-cookie')).toBeNull();
  expect(text).toContain('<html lang="fr" dir="ltr">');
  expect(linksOf(text)).toEqual(['/', '/help', '/plan', '/docs', '/messages', '/healthz']);
});

test('the only council is named in its own language, or in that of whoever asks, and every link leads somewhere', async () => {
  const { api } = await aCouncil(app);
  const changes = { name: '<script>Gonesse</script>', publicPriorityScale: true, locale: 'pt', languages: ['pt'] };
  const { code } = expectStatus(await api.patch('/council', 1, changes), 200);
  const { text } = await open();
  expect(text).toContain('<html lang="pt" dir="ltr">');
  expect(text).toContain('<bdi>&lt;script>Gonesse&lt;/script></bdi>');
  expect((await open({ 'accept-language': 'ar-MA,fr;q=0.5' })).text).toContain('<html lang="ar" dir="rtl">');
  expect((await open({ 'accept-language': 'ar-MA', cookie: 'language=uk' })).text).toContain('<html lang="uk" dir="ltr">');
  expect(linksOf(text)).toEqual([
    ...['/', '/help', '/plan'],
    `/api/v1/public/${code}/priority-policies`,
    `/api/v1/public/${code}/cycles`,
    ...['/docs', '/messages', '/healthz'],
  ]);
  for (const link of linksOf(text)) {
    expect([link, (await fetch(app.url + link, { headers: { accept: 'text/html' } })).status]).toEqual([link, 200]);
  }
});

test('of several councils it names none', async () => {
  for (let count = 0; count < 2; count++) await aCouncil(app);
  const { text } = await open();
  expect(linksOf(text)).toEqual(['/', '/help', '/plan', '/docs', '/messages', '/healthz']);
  expect(text).not.toContain('Council of a test');
});

test('of several councils that are open to families it finds those of a name or a postal code, and no other', async () => {
  const name = async (called: string, openToFamilies = true) => {
    const { api } = await aCouncil(app);
    return { api, ...expectStatus(await api.patch('/council', 1, { name: called, openToFamilies, publicPriorityScale: true }), 200) };
  };
  const [aulnay, , closed] = [await name('Ville d’Aulnay'), await name('Ville de Bondy'), await name('Aulnay, fermée', false)];
  const address = { line1: '1 rue de la Paix', postalCode: '93600', city: 'Aulnay', country: 'FR' };
  for (const { api } of [aulnay, closed]) await aSite(api, { address });
  const chosen = `/?council=${aulnay.code}`;
  for (const place of ['AULNAY', "d'aulnay", '93600', ' 93600 ']) {
    expect([place, linksOf((await open({}, `/?place=${encodeURIComponent(place)}`)).text).slice(1, 5)]).toEqual([
      place,
      ['/f/sign-in', chosen, '/help', '/plan'],
    ]);
  }
  for (const place of ['93601', '%', '_', '🙂', 'x'.repeat(5000), '&place=b']) {
    const { status, text } = await open({}, `/?place=${encodeURIComponent(place)}`);
    expect([place, status, text.includes('/?council=')]).toEqual([place, 200, false]);
  }
  const page = (await open({}, chosen)).text;
  expect(page).toContain('<bdi>Ville d’Aulnay</bdi>');
  expect(linksOf(page)).toContain(`/api/v1/public/${aulnay.code}/priority-policies`);
  expect((await open({}, `/?council=${closed.code}`)).text).not.toContain('fermée');
});

test('where one council of several is open to families, it is the one at the door', async () => {
  await aCouncil(app);
  const { api } = await aCouncil(app);
  expectStatus(await api.patch('/council', 1, { name: 'Ville de Bondy', openToFamilies: true }), 200);
  const { text } = await open();
  expect(text).toContain('<bdi>Ville de Bondy</bdi>');
  expect(linksOf(text)).toContain('/f/sign-in');
});
