import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aSchool, aSite } from '../support/builders.js';
import { testWithChromium } from '../support/chromium.js';
import {
  closeBrowser,
  enlargeLetters,
  expectGood,
  isNarrowEnough,
  scales,
  SHOTS,
  untilEnlarged,
  visiting,
} from '../support/family-browser.js';
import { aCouncil, aFamily, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  api = council.api;
  expectStatus(await api.patch('/council', 1, { name: 'Département de démonstration', openToFamilies: true }), 200);
  const components = [{ category: 'laptop', count: 1 }];
  expectStatus(await api.post('/kits', { name: 'Portable', components, costCents: 30_000 }), 201);
  const school = await aSchool(api, { name: 'Collège Jean Moulin' });
  const address = { line1: '1 rue', line2: null, postalCode: '95400', city: 'Villiers-le-Bel', country: 'FR' };
  await aSite(api, { name: 'Accueil du collège Jean Moulin', schoolId: school.id, address });
  await aSite(api, { name: 'Maison des familles et de la jeunesse du quartier de la gare' });
  for (let number = 1; number <= 25; number++) await aSchool(api, { name: `Collège Marie Curie ${String(number)}` });
  mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await closeBrowser();
  await app.close();
});

const press = (page: Page, go: string) => page.locator(`main button[value=${go}]`).click();

/** What is done on each page, in order. Names are long, and of another script than the page in one of the languages. */
const WAY: readonly (readonly [name: string, answer: (page: Page) => Promise<void>])[] = [
  [
    'child-1',
    async (page) => {
      await page.fill('[name=givenName]', 'أمل Maximiliane');
      await page.fill('[name=familyName]', 'de la Villardière-Ben Abdallah');
      await page.check('[value=college]');
      await page.check('[name=exam]');
      await press(page, 'more');
    },
  ],
  [
    'child-2',
    async (page) => {
      await page.fill('[name=givenName]', 'Idris');
      await page.check('[value=primary]');
      await press(page, 'on');
    },
  ],
  [
    'school-1',
    async (page) => {
      await page.fill('[name=find]', 'poudlard');
      await page.press('[name=find]', 'Enter');
    },
  ],
  [
    'school-none',
    async (page) => {
      await page.fill('[name=find]', 'marie curie');
      await press(page, 'find');
    },
  ],
  [
    'school-many',
    async (page) => {
      await page.fill('[name=find]', 'villiers le bel'.replaceAll(' ', '-'));
      await press(page, 'find');
      await page.check('.choice:first-of-type input');
      await press(page, 'on');
    },
  ],
  [
    'school-2',
    async (page) => {
      await page.check('[value=none]');
      await press(page, 'on');
    },
  ],
  [
    'devices',
    async (page) => {
      await page.fill('[name=smartphone]', '1');
      await press(page, 'on');
    },
  ],
  [
    'device-1',
    async (page) => {
      await page.check('[value=not_at_work]');
      await press(page, 'on');
    },
  ],
  ['hours-1', (page) => press(page, 'on')],
  [
    'connection',
    async (page) => {
      await page.check('[value=phone]');
      await press(page, 'on');
    },
  ],
  [
    'alone',
    async (page) => {
      await page.check('[value=yes]');
      await press(page, 'on');
    },
  ],
  [
    'statement',
    async (page) => {
      await page.fill('textarea', `Bonjour,\nnous n’avons qu’un téléphone. ${'شكرا '.repeat(10)}`);
      await press(page, 'on');
    },
  ],
  ['wishes', (page) => press(page, 'on')],
  [
    'pickup',
    async (page) => {
      await page.check('.choice:first-of-type input');
      await press(page, 'on');
    },
  ],
  ['check', (page) => page.locator('form[action$=send] button').click()],
];

const LOOKS = [
  ['fr', 'light', 360, true],
  ['ar', 'dark', 360, true],
  ['ar', 'light', 360, false],
  ['fr', 'dark', 1280, false],
] as const;

describe.each(LOOKS)('in %s, %s, %i wide, with scripts: %s', (locale, colorScheme, width, javaScriptEnabled) => {
  testWithChromium(
    'a family asks from the first question to the place in the queue, on pages that everybody reads, and light',
    async () => {
      const household = await aHousehold(api, { contacts: [{ name: 'Nadia B.', relationship: 'parent' }], learners: [] });
      const { headers } = await aFamily(app, council.id, household);
      const family = { cookie: headers.cookie ?? '', url: app.url };
      await visiting({ family, locale, colorScheme, javaScriptEnabled, viewport: { width, height: 640 } }, async ({ page, complaints }) => {
        const weigh = await scales(page);
        const look = async (step: string) => {
          if (javaScriptEnabled) await expectGood(page, step);
          expect([step, await isNarrowEnough(page)]).toEqual([step, true]);
          const path = new URL(`request-${step}-${locale}-${colorScheme}-${String(width)}.png`, SHOTS).pathname;
          await page.screenshot({ path, fullPage: true });
        };
        await weigh('begin', () => page.goto(`${app.url}/f/request`));
        await weigh('wrong', () => press(page, 'on'));
        await look('wrong');
        await page.goto(`${app.url}/f/request`);
        for (const [step, answer] of WAY) {
          await look(step);
          await weigh(`after ${step}`, () => answer(page));
        }
        await look('sent');
        expect(page.url()).toMatch(/\/f\/request\/sent\/[\da-f-]{36}$/);
        expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
        expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);
      });
      const { data } = expectStatus(await api.get(`/requests?householdId=${household.id as string}`), 200);
      expect(data).toEqual([expect.objectContaining({ channel: 'web', lines: [expect.objectContaining({ class: 'computer' })] })]);
    },
  );
});

testWithChromium('the browser’s own way back leads through the answers, and letters twice as large fit a screen 320 wide', async () => {
  const household = await aHousehold(api, { contacts: [{ name: 'Nadia B.', relationship: 'parent' }], learners: [] });
  const { headers } = await aFamily(app, council.id, household);
  const family = { cookie: headers.cookie ?? '', url: app.url };
  await visiting({ family, locale: 'uk', viewport: { width: 320, height: 640 } }, async ({ page }) => {
    await enlargeLetters(page);
    await page.goto(`${app.url}/f/request`);
    for (const [step, answer] of WAY) {
      await untilEnlarged(page);
      expect([step, await isNarrowEnough(page)]).toEqual([step, true]);
      if (step === 'check') break;
      await answer(page);
    }
    await page.goBack();
    await page.goBack();
    expect(new URL(page.url()).pathname).toBe('/f/request/wishes');
    expect(await page.locator('[name=wish-laptop]').isChecked()).toBe(true);
    await page.goForward();
    expect(await page.locator('.choice:first-of-type input').isChecked()).toBe(true);
  });
});
