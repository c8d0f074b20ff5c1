import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aSite } from '../support/builders.js';
import { testWithChromium } from '../support/chromium.js';
import { closeBrowser, DESK, expectGood, isNarrowEnough, PHONE, scales, SHOTS, visiting } from '../support/family-browser.js';
import { aCouncil } from '../support/people.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  const { api } = await aCouncil(app);
  const council = { name: 'Département de démonstration', openToFamilies: true, phone: '+33139334455' };
  expectStatus(await api.patch('/council', 1, council), 200);
  const { id: siteId } = await aSite(api, { name: 'Collège Marie-Skłodowska-Curie-et-Irène-Joliot, vie scolaire' });
  const workshop = {
    title: 'Premiers pas avec l’ordinateur et internet à la maison',
    language: 'fr',
    startsAt: '2026-11-18T16:30:00Z',
    endsAt: '2026-11-18T18:00:00Z',
    places: 8,
  };
  expectStatus(await api.post('/training-sessions', { ...workshop, siteId }), 201);
  const own = { topic: 'charging', language: 'ar', text: 'اشحنوا الجهاز في المساء.\n\n<b>LT-0001</b>' };
  expectStatus(await api.put('/help-texts', null, { texts: [own] }), 200);
  mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await closeBrowser();
  await app.close();
});

describe.each([
  ['fr', 'light', PHONE],
  ['ar', 'dark', PHONE],
  ['ar', 'light', DESK],
  ['fr', 'dark', DESK],
] as const)('help in %s, %s, %j', (locale, colorScheme, viewport) => {
  testWithChromium('is read by everybody, and light', async () => {
    await visiting({ locale, colorScheme, viewport, javaScriptEnabled: true }, async ({ page, complaints }) => {
      await (
        await scales(page)
      )('help', () => page.goto(`${app.url}/help`));
      await expectGood(page);
      expect(complaints).toEqual([]); // such as a style that the policy refuses
      await page.screenshot({ path: new URL(`help-${locale}-${colorScheme}-${viewport.width}.png`, SHOTS).pathname, fullPage: true });
    });
  });
});

testWithChromium('one comes from the door, chooses what happens, and reads what the council wrote', async () => {
  await visiting({ locale: 'ar', viewport: PHONE, javaScriptEnabled: false }, async ({ page }) => {
    await page.goto(app.url);
    await page.locator('main a[href="/help"]').click();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.locator('main a[href="#charging"]').click();
    expect(new URL(page.url()).hash).toBe('#charging');
    expect(await page.locator('#charging p').allTextContents()).toEqual(['اشحنوا الجهاز في المساء.', '<b>LT-0001</b>']);
    expect(await page.locator('#workshop .tag').textContent()).toBe('بقيت 8 أماكن');
    expect(await page.locator('a[href="tel:+33139334455"]').textContent()).toBe('01 39 33 44 55');
    await page.locator('summary').click();
    await page.locator('button[value=fr]').click();
    expect([new URL(page.url()).pathname, await page.locator('h1').textContent()]).toEqual([
      '/help',
      'Aide pour ce que vous avez emprunté',
    ]);
  });
});

testWithChromium('fits a screen 320 wide, with letters twice as large', async () => {
  await visiting({ locale: 'fr', viewport: { width: 320, height: 640 } }, async ({ page }) => {
    await page.goto(`${app.url}/help`);
    await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
    expect(await isNarrowEnough(page)).toBe(true);
  });
});
