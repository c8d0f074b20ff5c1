import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ShownMessagesRepository } from '../../src/platform/index.js';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold } from '../support/builders.js';
import { testWithChromium } from '../support/chromium.js';
import { closeBrowser, DESK, expectGood, isNarrowEnough, PHONE, scales, SHOTS, visiting } from '../support/family-browser.js';
import { aCouncil, aFamily, type TestCouncil } from '../support/people.js';
import { isThorough } from '../support/thorough.js';

const LONG_NAME = 'Communauté d’agglomération de Saint-Quentin-en-Yvelines et du Val-de-Seine';

let app: TestApp;
let council: TestCouncil;
beforeAll(async () => {
  app = await startTestApp({ SHOW_MESSAGES: 'true' });
  council = await aCouncil(app);
  expectStatus(await council.api.patch('/council', 1, { name: LONG_NAME, openToFamilies: true }), 200);
  mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await closeBrowser();
  await app.close();
});

let number = 0;
const aPhone = () => `06 12 30 00 ${String(++number).padStart(2, '0')}`;

async function aLetter() {
  const household = await aHousehold(council.api, { contacts: [{ name: 'Nadia B.', relationship: 'parent' }] });
  const contactId = household.contacts[0].id as string;
  const { code } = expectStatus(await council.api.post(`/households/${household.id}/access-codes`, { contactId }), 201);
  return { reference: household.reference as string, code: code as string };
}

async function sentCode(): Promise<string> {
  await app.drain();
  const [message] = await app.nest.get(ShownMessagesRepository).newest(1, null);
  return /#(\d{6})$/.exec(message?.text ?? '')?.[1] ?? '';
}

const h1 = (page: Page) => page.locator('h1').textContent();
/** The button of the form in which this field stands. */
const press = (page: Page, field: string) => page.locator(`main form:has([name=${field}]) .button`).first().click();

const LOOKS = [
  ['fr', 'light', PHONE],
  ['ar', 'dark', PHONE],
  ['ar', 'light', DESK],
  ['fr', 'dark', DESK],
] as const;

describe.each(LOOKS)('in %s, %s, %j', (locale, colorScheme, viewport) => {
  const options = { locale, colorScheme, viewport };
  const isShot = isThorough || viewport === PHONE;
  const shoot = async (page: Page, name: string) => {
    const path = new URL(`${name}-${locale}-${colorScheme}-${viewport.width}.png`, SHOTS).pathname;
    if (isShot) await page.screenshot({ path, fullPage: true });
  };

  testWithChromium('the pages of the sign-in are read by everybody, and light', async () => {
    const phone = aPhone();
    for (let file = 0; file < 2; file++) await aHousehold(council.api, { contacts: [{ name: 'Nadia B.', relationship: 'parent', phone }] });
    await visiting(options, async ({ page, complaints }) => {
      const weigh = await scales(page);
      const look = async (name: string) => {
        await expectGood(page);
        await shoot(page, name);
      };
      await weigh('sign-in', () => page.goto(`${app.url}/f/sign-in`));
      await look('sign-in');
      await weigh('sign-in, empty', () => press(page, 'reference'));
      await look('sign-in-empty');
      await page.fill('[name=identifier]', phone);
      await weigh('code', () => press(page, 'identifier'));
      await look('sent-code');
      await page.fill('[name=code]', '12');
      await weigh('code, wrong', () => press(page, 'code'));
      await look('sent-code-wrong');
      await page.fill('[name=code]', await sentCode());
      await weigh('choice', () => press(page, 'code'));
      await look('file-choice');
      await page.locator('.choice').last().click();
      await page.locator('main form .button').first().click();
      await page.waitForURL(`${app.url}/f`);
      await weigh('sessions', () => page.goto(`${app.url}/f/sessions`));
      await look('sessions');
      expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
      expect(complaints.filter((each) => !/422|404/.test(each))).toEqual([]);
    });
  });
});

describe('the letter', () => {
  testWithChromium('opens the file with its QR code: one press, and nothing secret stays in the address', async () => {
    const { reference, code } = await aLetter();
    await visiting({ locale: 'fr', viewport: PHONE }, async ({ page, complaints }) => {
      const sent: string[] = [];
      page.on('request', (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())}`));
      await page.goto(`${app.url}/f/sign-in?next=/f/sessions#reference=${reference}&code=${code}`);
      expect(page.url()).toBe(`${app.url}/f/sign-in?next=/f/sessions`);
      expect(await page.locator('[name=code]').inputValue()).toBe(code);
      expect((await page.context().cookies()).map(({ name }) => name)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.waitForURL(`${app.url}/f/sessions`);
      expect(sent.filter((each) => each.includes(code) || each.includes(reference))).toEqual([]);
      expect(complaints).toEqual([]);
      await page.goBack();
      expect(page.url()).not.toContain(code);
    });
  });

  testWithChromium.each(['fr', 'ar'])('opens the file without a script, in %s, and signs out again', async (locale) => {
    const { reference, code } = await aLetter();
    await visiting({ locale, viewport: PHONE, javaScriptEnabled: false }, async ({ page, complaints }) => {
      await page.goto(`${app.url}/f/sessions`);
      expect(page.url()).toBe(`${app.url}/f/sign-in?next=%2Ff%2Fsessions`);
      await page.fill('[name=reference]', reference.toLowerCase());
      await page.fill('[name=code]', code.replace('-', ' '));
      await page.locator('.choice').click();
      await page.keyboard.press('Tab');
      await press(page, 'reference');
      expect(page.url()).toBe(`${app.url}/f/sessions`);
      await page.locator('footer button').click();
      expect(page.url()).toBe(`${app.url}/`);
      await page.goto(`${app.url}/f/sessions`);
      expect(page.url()).toContain('/f/sign-in');
      expect(complaints).toEqual([]);
    });
  });
});

describe('a form whose session has ended', () => {
  testWithChromium.each([true, false])('is sent after the sign-in, with a script or without (%s)', async (javaScriptEnabled) => {
    const { reference, code } = await aLetter();
    const household = await aHousehold(council.api);
    const { headers } = await aFamily(app, council.id, household);
    await visiting({ locale: 'fr', viewport: PHONE, javaScriptEnabled }, async ({ page }) => {
      const [name = '', value = ''] = (headers.cookie ?? '').split('=');
      await page.context().addCookies([{ name, value, url: app.url }]);
      await page.goto(`${app.url}/f/sessions`);
      await page.context().clearCookies();
      await page.locator('main .card button').click();
      expect(await page.locator('[role=alert]').textContent()).toContain('plus connecté');
      if (javaScriptEnabled) await expectGood(page);
      await page.fill('[name=reference]', reference);
      await page.fill('[name=code]', code);
      await press(page, 'reference');
      expect(await h1(page)).toBe('Envoyez ce que vous avez écrit');
      await page.locator('main form button').first().click();
      expect(await h1(page)).toBe('Cela n’a pas marché');
    });
  });
});

testWithChromium('the pages fit a screen 320 wide, with letters twice as large', async () => {
  await visiting({ locale: 'uk', viewport: { width: 320, height: 640 } }, async ({ page }) => {
    await page.goto(`${app.url}/f/sign-in`);
    expect(await isNarrowEnough(page)).toBe(true);
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    expect(await isNarrowEnough(page)).toBe(true);
  });
});
