import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { aPlanWeek, SIX_LEARNERS, THREE_LEARNERS } from '../../../../test/support/plan-weeks.js';
import { planLanguage } from '../domain/plan-language.js';
import { PLAN_TEXTS } from '../domain/plan-texts.js';
import { planPage } from './plan-page.js';

const three = aPlanWeek(THREE_LEARNERS);
const wordsOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, '')
    .replace(/[\u00a0\u202f]/g, ' ');

describe('the page of a plan', () => {
  test('says who lacks what', () => {
    const words = wordsOf(planPage(three));
    expect(words).toContain('Il manque 7 h 30 min à Amal sur 25 h par semaine.');
    expect(words).toContain('Il manque 5 h à Anis sur 20 h par semaine.');
    expect(wordsOf(planPage({ ...three, language: 'en' }))).toContain('Amal lacks 7 hr 30 min of 25 hr a week.');
    expect(wordsOf(planPage(aPlanWeek(SIX_LEARNERS)))).toContain('Adam a tout ce qu’il faut : 15 h par semaine.');
  });

  test('is small, and neither runs nor loads anything', () => {
    const html = planPage(three);
    expect(Buffer.byteLength(html)).toBeLessThan(14_000);
    expect(html).not.toMatch(/<script|<link|<img|\son\w+=|\sstyle=|url\(|@import/);
  });

  test('has a style that its own policy admits', () => {
    const html = planPage(three);
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    expect(html).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  });

  test('escapes whatever a name holds', () => {
    const name = `<b>"'&`;
    const html = planPage({
      ...three,
      councilName: '<i>Ville</i>',
      learners: three.learners.map((learner) => ({ ...learner, name })),
      devices: three.devices.map((device) => ({ ...device, name: '<script>x</script>' })),
    });
    expect(html).toContain("&lt;b>&quot;'&amp;");
    expect(html).not.toMatch(/<b>"|<i>Ville|<script/);
  });

  test('numbers what it cannot name otherwise', () => {
    const week = aPlanWeek(SIX_LEARNERS);
    const words = wordsOf(planPage(week));
    expect(words).toContain('PC portable 1');
    expect(words).toContain('PC portable 2');
    expect(words).not.toContain('PC fixe 1');
    const named = { ...week, devices: week.devices.map((device, i) => ({ ...device, name: i === 0 ? 'le vieux' : null })) };
    expect(wordsOf(planPage(named))).toContain('le vieux');
    expect(wordsOf(planPage(named))).not.toContain('PC portable 1');
  });

  test('says so when nothing can be planned', () => {
    const html = planPage(aPlanWeek({ ...THREE_LEARNERS, devices: [] }));
    expect(html).not.toContain('<table');
    expect(wordsOf(html)).toContain('Rien ne peut être prévu');
    expect(wordsOf(html)).toContain('Il manque 25 h à Amal sur 25 h par semaine.');
    const idle = { ...three, plan: { blocks: [], learners: [], uncoveredMinutes: 0 } };
    expect(wordsOf(planPage(idle))).toContain('Sara');
  });
});

describe('its languages', () => {
  test.each(Object.keys(PLAN_TEXTS))('%s', (language) => {
    const html = planPage({ ...three, language });
    const texts = PLAN_TEXTS[language as keyof typeof PLAN_TEXTS];
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    const words = wordsOf(html);
    for (const word of [texts.title, texts.time, texts.live, texts.work, texts.devices.laptop]) expect(words).toContain(word);
    expect(words).toContain(new Intl.DateTimeFormat(language, { weekday: 'long' }).format(new Date(2026, 8, 9, 12)));
    expect(words).not.toMatch(/[{}]|undefined|null|NaN/);
  });

  test.each(Object.entries(PLAN_TEXTS))('%s names what its sentences are about', (_, { lacks, covered, nothingToDo }) => {
    const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
    expect([lacks, covered, nothingToDo].map(placeholders)).toEqual([
      ['{lacking}', '{name}', '{whole}'],
      ['{name}', '{whole}'],
      ['{name}'],
    ]);
  });

  test.each([
    ['fr-CA', 'fr-CA', 'fr'],
    ['ar-MA', 'ar-MA', 'ar'],
    ['FR', 'fr', 'fr'],
    ['de', 'en', 'en'],
  ] as const)('%s is written as %s with the words of %s', (asked, tag, words) => {
    const language = planLanguage(asked);
    expect([language.tag, language.texts]).toEqual([tag, PLAN_TEXTS[words]]);
  });

  test('times and lengths', () => {
    const { time, length, weekday } = planLanguage('fr');
    expect([time(540), time(1440), weekday(7)]).toEqual(['09:00', '00:00', 'dimanche']);
    expect([0, 30, 60, 210].map(length).join().replace(/\s/g, ' ')).toBe('0 h,30 min,1 h,3 h 30 min');
  });
});
