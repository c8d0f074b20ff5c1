import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aCouncil } from '../support/people.js';

/** How many weeks one network may ask for in a minute: more than the tests before the last one do. */
const MOST_WEEKS = 60;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ RATE_LIMIT: String(MOST_WEEKS) });
  const { api } = await aCouncil(app);
  expectStatus(await api.post('/kits', { name: 'Portable', components: [{ category: 'laptop', count: 1 }], costCents: 30_000 }), 201);
});
afterAll(() => app.close());

type Fields = Readonly<Record<string, string>>;

interface Shown {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The answers that the page carries on; what it sends is sent to `action`. */
  readonly answers: string;
  readonly action: string;
  readonly h1: string;
}

const unescaped = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

async function shown(answer: Response): Promise<Shown> {
  const text = await answer.text();
  const form = /<main>.*/s.exec(text)?.[0] ?? '';
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    answers: unescaped(/name="answers" value="([^"]*)"/.exec(form)?.[1] ?? ''),
    action: /<form[^>]* action="([^"]*)"/.exec(form)?.[1] ?? '',
    h1: /<h1>(.*?)<\/h1>/s.exec(text)?.[1] ?? '',
  };
}

const open = async (path = '/plan', headers: Fields = {}) =>
  shown(await fetch(app.url + path, { headers: { 'accept-language': 'fr', ...headers } }));

async function send(path: string, fields: Fields, headers: Fields = {}): Promise<Shown> {
  const body = new URLSearchParams(fields);
  return shown(await fetch(app.url + path, { method: 'POST', body, headers: { 'accept-language': 'fr', ...headers }, redirect: 'manual' }));
}

/** Answers one page after the other. */
async function through(pages: readonly Fields[], headers: Fields = {}): Promise<Shown> {
  let page = await open('/plan', headers);
  for (const fields of pages) page = await send(page.action, { answers: page.answers, go: 'on', ...fields }, headers);
  return page;
}

const AMAL = { name: 'Amal', level: 'college', exam: 'yes', go: 'more' };
const IDRIS = { name: 'Idris', level: 'primary' };
const WHOLE: readonly Fields[] = [
  AMAL,
  IDRIS,
  { smartphone: '1', tablet: '1' },
  { time: 'not_at_work' },
  { from: '08:00', to: '17:00', day1: 'yes', day2: 'yes', day3: 'yes', day4: 'yes', day5: 'yes' },
  { time: 'evenings' },
  { connection: 'phone' },
  { alone: 'yes' },
];

describe('the plan for everybody', () => {
  test('one question a page leads to the week, with what a laptop would give back', async () => {
    const week = await through(WHOLE);
    expect([week.status, week.h1]).toEqual([200, 'Qui utilise quoi, et quand']);
    expect(week.text).toMatch(/Un ordinateur portable rendrait à \u2068Amal\u2069[^<]* [\d,.]+ des [\d,.]+\sheures par semaine/);
    expect(week.text).toMatch(/<bdi>tablette<[/]bdi>/);
    expect(week.text).toContain('Dites aussi qu’un enfant passe un examen cette année.');
    expect(week.text).toContain('Dites aussi qu’un enfant est seul à la maison.');
    expect(week.headers.get('set-cookie')).toBeNull();
  });

  test('nothing of it is logged, and no address carries a name', async () => {
    const before = app.logged.length;
    const week = await through(WHOLE);
    expect(app.logged.slice(before).join('\n')).not.toMatch(/Amal|Idris/);
    expect(week.text).not.toMatch(/(?:href|action)="[^"]*Amal/);
  });

  test('what was answered is there on the way back, and can be changed', async () => {
    const devices = await through([AMAL, IDRIS]);
    const back = await send(devices.action, { answers: devices.answers, go: 'back' });
    expect(back.action).toBe('/plan/child-2');
    expect(back.text).toContain('value="Idris"');
    const alone = await send(back.action, { answers: back.answers, go: 'remove' });
    expect([alone.action, JSON.parse(alone.answers).children.length]).toEqual(['/plan/child-1', 1]);
    const week = await through(WHOLE);
    const first = await send('/plan/week', { answers: week.answers, go: 'change' });
    expect(first.action).toBe('/plan/child-1');
    expect(first.text).toContain('value="Amal"');
  });

  test('what was passed over is asked before the week is shown', async () => {
    const { answers } = await through([AMAL, IDRIS]);
    const devices = await send('/plan/alone', { answers, alone: 'no' });
    expect(devices.action).toBe('/plan/devices');
  });

  test('a large home is computed in a thread, a home without anything says so', async () => {
    const children = Array.from({ length: 7 }, (_, place) => ({ name: `Enfant${place}`, level: 'lycee', go: 'more' }));
    const phones = Array.from({ length: 4 }, () => ({ time: 'evenings' }));
    const large = await through([...children, IDRIS, { smartphone: '4' }, ...phones, { connection: 'fixed' }, { alone: 'no' }]);
    expect(large.h1).toBe('Qui utilise quoi, et quand');
    const empty = await through([{ level: 'primary' }, {}, { connection: 'none' }, { alone: 'no' }]);
    expect(empty.text).toContain('Rien ne peut être prévu');
    expect(empty.text).toContain('Enfant 1');
  });

  test('whoever comes to a question by its address begins at the first one', async () => {
    const answer = await fetch(`${app.url}/plan/devices`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/plan']);
  });

  test('back leads through the answers of the browser, which may keep them, and nobody else', async () => {
    const { headers } = await through([AMAL]);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'self'; img-src 'self'; style-src 'self'; frame-ancestors 'none'",
    );
  });
});

describe('bad input', () => {
  const cases: readonly (readonly [string, readonly Fields[], Fields, readonly string[]])[] = [
    ['no level', [], { name: 'Amal' }, ['level']],
    ['a level that is none', [], { level: 'university' }, ['level']],
    ['a name of 41 letters', [], { name: 'a'.repeat(41), level: 'primary' }, ['name']],
    ['a name with a control character', [], { name: 'A\u0007mal', level: 'primary' }, ['name']],
    [
      'a number that is none',
      [AMAL, IDRIS],
      { smartphone: 'deux', tablet: '-1', laptop: '5', desktop: '1e0' },
      ['smartphone', 'tablet', 'laptop', 'desktop'],
    ],
    ['no time', WHOLE.slice(0, 3), {}, ['time']],
    ['hours that are none', WHOLE.slice(0, 4), { from: '25:00', to: 'midi' }, ['from', 'to', 'day1']],
    ['hours that end before they begin', WHOLE.slice(0, 4), { from: '17:00', to: '08:00', day1: 'yes' }, ['to']],
    ['no connection', WHOLE.slice(0, 6), { connection: 'fibre' }, ['connection']],
    ['neither yes nor no', WHOLE.slice(0, 7), { alone: 'perhaps' }, ['alone']],
  ];

  test.each(cases)('%s comes back with what was typed, and says where', async (_, pages, fields, wrong) => {
    const before = await through(pages);
    const page = await send(before.action, { answers: before.answers, go: 'on', ...fields });
    expect([page.status, page.action]).toEqual([422, before.action]);
    expect([...page.text.matchAll(/href="#field-(\w+)"/g)].map(([, name]) => name)).toEqual(wrong);
    for (const name of wrong) {
      expect(page.text).toContain(`id="field-${name}"`);
      expect(page.text).toContain(`id="wrong-${name}"`);
      expect(page.text).toMatch(new RegExp(`aria-describedby="[^"]*wrong-${name}"`));
    }
    expect(page.text).toContain('aria-invalid="true"');
    expect(page.text).toMatch(/<title>À corriger: /);
    for (const value of Object.values(fields).filter((each) => /^[a-z]{4,6}$/.test(each) && page.text.includes('type="text"'))) {
      expect(page.text).toContain(`value="${value}"`);
    }
  });

  test('Arabic digits, blanks and other ways to write a time are read', async () => {
    const hours = await through([AMAL, IDRIS, { smartphone: ' ١ ' }, { time: 'hours' }]);
    expect(hours.action).toBe('/plan/hours-1');
    const next = await send(hours.action, { answers: hours.answers, from: '١٧:٣٠', to: '20h', day6: 'yes' });
    expect(JSON.parse(next.answers).devices[0].hours).toEqual({ weekdays: [6], from: '17:30', to: '20:00' });
  });

  test('emoji, right-to-left text and markup are names like others', async () => {
    const names = ['👩‍👧 Zoé', 'أمل', '<script>alert(1)</script>'];
    const children = names.map((name, place) => ({ name, level: 'primary', ...(place < 2 && { go: 'more' }) }));
    const week = await through([...children, { tablet: '1' }, { time: 'always' }, { connection: 'fixed' }, { alone: 'no' }]);
    for (const name of names.slice(0, 2)) expect(week.text).toContain(`<bdi>${name}</bdi>`);
    expect(week.text).toContain('<bdi>&lt;script>alert(1)&lt;/script></bdi>');
    expect(week.text).not.toContain('<script');
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['something else', '[]'],
    [
      'a child of no level',
      JSON.stringify({ children: [{ name: '', level: 'x', exam: false }], devices: null, connection: null, alone: null }),
    ],
    [
      'a hundred children',
      JSON.stringify({
        children: Array(100).fill({ name: '', level: 'primary', exam: false }),
        devices: null,
        connection: null,
        alone: null,
      }),
    ],
    ['very much', JSON.stringify({ children: [], devices: null, connection: null, alone: null, more: 'x'.repeat(9000) })],
  ])('answers that are %s begin again, and say so', async (_, answers) => {
    const page = await send('/plan/devices', { answers, smartphone: '1' });
    expect([page.status, page.action]).toEqual([422, '/plan/child-1']);
    expect(page.text).toContain('Recommencez ici');
  });

  test('a question that there is none of leads to the first one, and two tabs do not meet', async () => {
    const { answers } = await through([AMAL, IDRIS]);
    expect((await send('/plan/device-9', { answers, time: 'always' })).action).toBe('/plan/child-1');
    const one = await send('/plan/devices', { answers, smartphone: '1' });
    const other = await send('/plan/devices', { answers, laptop: '2' });
    expect([one, other].map((page) => JSON.parse(page.answers).devices.length)).toEqual([1, 2]);
  });
});

describe('languages', () => {
  test('a chosen language is kept in a cookie that holds nothing else, and leads back to a page of ours only', async () => {
    const choose = (fields: Fields) =>
      fetch(`${app.url}/language`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    const chosen = await choose({ language: 'ar', to: '/plan' });
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/plan']);
    expect(chosen.headers.get('set-cookie')).toBe('language=ar; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax');
    expect((await open('/plan', { cookie: 'language=ar' })).text).toContain('<html lang="ar" dir="rtl">');
    expect((await open('/plan', { cookie: 'language=<b>' })).text).toContain('<html lang="fr" dir="ltr">');
    const away = await choose({ language: 'xx', to: '//evil.example' });
    expect([away.headers.get('location'), away.headers.get('set-cookie')]).toEqual(['/', null]);
  });

  test('in the middle of the questions nothing that was answered is lost', async () => {
    const { answers, action } = await through([AMAL, IDRIS]);
    const page = await send(action, { answers, language: 'uk' });
    expect([page.status, page.action, page.answers]).toEqual([200, action, answers]);
    expect(page.text).toContain('<html lang="uk"');
    expect(page.headers.get('set-cookie')).toMatch(/^language=uk;/);
    const week = await through(WHOLE);
    expect((await send('/plan/week', { answers: week.answers, language: 'es' })).text).toContain('<html lang="es"');
  });

  test.each(['fr', 'en', 'ar', 'tr', 'pt', 'uk', 'ro', 'es'])('the whole way in %s, with one heading a page', async (language) => {
    const headers = { 'accept-language': language };
    for (let pages = 0; pages <= WHOLE.length; pages++) {
      const page = await through(WHOLE.slice(0, pages), headers);
      expect(page.text).toContain(`<html lang="${language}"`);
      expect(page.text.match(/<h1/g)).toHaveLength(1);
      expect(page.text.replace(/value="[^"]*"/g, '')).not.toMatch(/[{}]|undefined|null|NaN/);
    }
  });
});

test('whoever asks for very many weeks is told to wait on a page that still has the answers', async () => {
  const { answers } = await through(WHOLE);
  let page = await send('/plan/week', { answers });
  for (let weeks = 0; page.status === 200 && weeks <= MOST_WEEKS; weeks++) page = await send('/plan/week', { answers });
  expect([page.status, page.action, page.answers]).toEqual([429, '/plan/alone', answers]);
  expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(page.text).toContain('Il y a trop de monde en ce moment.');
});
