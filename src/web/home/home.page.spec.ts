import { expect, test } from '@jest/globals';
import { TEXT_LANGUAGES } from '../../shared/language.js';
import { pageText } from '../../shared/page-frame.js';
import { homePage } from './home.page.js';
import { HOME_TEXTS } from './home.texts.js';

const council = { code: 'gonesse', name: 'Ville de Gonesse', publicPriorityScale: true };
const shown = (facts: Partial<Parameters<typeof homePage>[0]>, language = 'fr') =>
  pageText(homePage({ council, showsMessages: true, ...facts }, language)).replaceAll('\u00A0', ' ');
const linksOf = (page: string) => [...page.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, to]) => to);

test.each(TEXT_LANGUAGES)('says everything in %s', (language) => {
  const page = shown({}, language);
  expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  for (const text of Object.values(HOME_TEXTS[language])) expect(page).toContain(text);
  expect(page.match(/<h1/g)).toHaveLength(1);
});

test('leads to what is there: nothing of a council where there are several, and no scale that is not shown', () => {
  const ofCouncil = '/api/v1/public/gonesse';
  const [scale, lottery] = [`${ofCouncil}/priority-policies`, `${ofCouncil}/cycles`];
  expect(linksOf(shown({}))).toEqual(['/', '/help', '/plan', scale, lottery, '/docs', '/messages', '/healthz']);
  expect(linksOf(shown({ council: { ...council, publicPriorityScale: false } }))).not.toContain(scale);
  expect(linksOf(shown({ council: null, showsMessages: false }))).toEqual(['/', '/help', '/plan', '/docs', '/healthz']);
});

test('escapes whatever a name holds', () => {
  const page = shown({ council: { ...council, code: '"><b>', name: '<script>alert("1")</script>' } });
  expect(page).toContain('<bdi>&lt;script>alert(&quot;1&quot;)&lt;/script></bdi>');
  expect(page).not.toMatch(/<script|"><b>/);
});

test('runs nothing, and has no style of its own', () => {
  expect(shown({})).not.toMatch(/<script|<style|<img|\son\w+=|\sstyle=/);
});
