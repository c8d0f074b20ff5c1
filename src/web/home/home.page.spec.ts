import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { TEXT_LANGUAGES } from '../../shared/language.js';
import { pageText } from '../../shared/page-frame.js';
import { homePage } from './home.page.js';
import { HOME_POLICY } from './home.style.js';
import { HOME_TEXTS } from './home.texts.js';

const council = { code: 'gonesse', name: 'Ville de Gonesse', publicPriorityScale: true };
const shown = (facts: Partial<Parameters<typeof homePage>[0]>, language = 'fr') =>
  pageText(homePage({ council, showsMessages: true, ...facts }, language));
const linksOf = (page: string) => [...page.matchAll(/href="([^"]*)"/g)].map(([, to]) => to);

test.each(TEXT_LANGUAGES)('says everything in %s, in less than 6 kB', (language) => {
  const page = shown({}, language);
  expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  for (const text of Object.values(HOME_TEXTS[language])) expect(page).toContain(text);
  expect(Buffer.byteLength(page)).toBeLessThan(6000);
});

test('leads to what is there: nothing of a council where there are several, and no scale that is not shown', () => {
  const ofCouncil = '/api/v1/public/gonesse';
  expect(linksOf(shown({}))).toEqual([`${ofCouncil}/priority-policies`, `${ofCouncil}/cycles`, '/docs', '/messages', '/healthz']);
  expect(linksOf(shown({ council: { ...council, publicPriorityScale: false } }))).not.toContain(`${ofCouncil}/priority-policies`);
  expect(linksOf(shown({ council: null, showsMessages: false }))).toEqual(['/docs', '/healthz']);
});

test('escapes whatever a name holds', () => {
  const page = shown({ council: { ...council, code: '"><b>', name: '<script>alert("1")</script>' } });
  expect(page).toContain('<bdi>&lt;script>alert(&quot;1&quot;)&lt;/script></bdi>');
  expect(page).not.toMatch(/<script|"><b>/);
});

test('has a style that its own policy admits, and neither runs nor loads anything', () => {
  const style = /<style>(.*?)<\/style>/s.exec(shown({}))?.[1] ?? '';
  expect(HOME_POLICY).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(shown({})).not.toMatch(/<script|<link|<img|\son\w+=|\sstyle=|url\(|@import/);
});
