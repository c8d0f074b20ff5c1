import { expect, test } from '@jest/globals';
import { TEXT_LANGUAGES } from '../../shared/language.js';
import { pageText } from '../../shared/page-frame.js';
import { homePage } from './home.page.js';
import { HOME_TEXTS } from './home.texts.js';

const council = { code: 'gonesse', name: 'Ville de Gonesse', publicPriorityScale: true };
const families = { open: 'none', sought: '', found: [] } as const;
const shown = (facts: Partial<Parameters<typeof homePage>[0]>, language = 'fr') =>
  pageText(homePage({ council, showsMessages: true, families, ...facts }, language)).replaceAll('\u00A0', ' ');
const linksOf = (page: string) => [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to]) => to);

test.each(TEXT_LANGUAGES)('says everything in %s', (language) => {
  const page = shown({}, language);
  expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  const several = { open: 'several', sought: 'Aulnay', found: [] } as const;
  const all = page + shown({ families: several }, language) + shown({ families: several, council: null }, language);
  for (const text of Object.values(HOME_TEXTS[language])) expect(all).toContain(text);
  expect(page.match(/<h1/g)).toHaveLength(1);
});

test('leads to what is there: nothing of a council where there are several, and no scale that is not shown', () => {
  const ofCouncil = '/api/v1/public/gonesse';
  const [scale, lottery] = [`${ofCouncil}/priority-policies`, `${ofCouncil}/cycles`];
  expect(linksOf(shown({}))).toEqual(['/', '/help', '/plan', scale, lottery, '/docs', '/messages', '/healthz']);
  expect(linksOf(shown({ council: { ...council, publicPriorityScale: false } }))).not.toContain(scale);
  expect(linksOf(shown({ council: null, showsMessages: false }))).toEqual(['/', '/help', '/plan', '/docs', '/healthz']);
});

test('leads to the file where a council is open to families, and to the councils that were found', () => {
  const found = [{ code: 'A&B', name: '<b>Aulnay</b>' }];
  const page = shown({ council: null, families: { open: 'several', sought: '93"600', found } });
  expect(linksOf(page).slice(0, 5)).toEqual(['/', '/f/sign-in', '/?council=A%26B', '/help', '/plan']);
  expect(page).toContain('&lt;b>Aulnay&lt;/b>');
  expect(page).toContain('value="93&quot;600"');
  expect(linksOf(shown({ families: { open: 'one', sought: '', found: [] } })).slice(0, 4)).toEqual(['/', '/f/sign-in', '/help', '/plan']);
});

test('escapes whatever a name holds', () => {
  const page = shown({ council: { ...council, code: '"><b>', name: '<script>alert("1")</script>' } });
  expect(page).toContain('<bdi>&lt;script>alert(&quot;1&quot;)&lt;/script></bdi>');
  expect(page).not.toMatch(/<script|"><b>/);
});

test('runs nothing, and has no style of its own', () => {
  expect(shown({})).not.toMatch(/<script|<style|<img|\son\w+=|\sstyle=/);
});
