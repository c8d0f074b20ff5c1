import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Answer, type Api, expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { aHousehold, aLoan } from '../support/builders.js';
import { testWithChromium } from '../support/chromium.js';
import { closeBrowser, expectGood, PHONE, scales, SHOTS, visiting } from '../support/family-browser.js';
import { aCouncil, aFamily, type TestCouncil } from '../support/people.js';
import { isThorough } from '../support/thorough.js';

let app: TestApp;
let council: TestCouncil;
let api: Api;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
  api = council.api;
  const settings = { name: 'Département de démonstration', languages: ['fr', 'ar'], openToFamilies: true };
  expectStatus(await api.patch('/council', 1, settings), 200);
  const text = expectStatus(await api.get('/agreement-texts/2026-09/ar'), 200).text as string;
  expectStatus(await api.put('/agreement-texts/2026-11/ar', null, { text }), 200);
  const french = expectStatus(await api.get('/agreement-texts/2026-09/fr'), 200).text as string;
  expectStatus(await api.put('/agreement-texts/2026-11/fr', null, { text: french }), 200);
  mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await closeBrowser();
  await app.close();
});

async function putTerms(termsVersion: string): Promise<void> {
  const { version } = expectStatus(await api.get('/loan-policies'), 200);
  const rule = { schoolId: null, category: null, borrowerCategory: null, termsVersion };
  expectStatus(await api.put('/loan-policies', version, { rules: [rule] }), 200);
}

/** A loan whose family must sign a new text, and the cookie of a session of its contact. */
async function aLoanToSign(): Promise<{ loan: Answer['body']; cookie: string }> {
  const contacts = [{ name: 'Nadia B.', relationship: 'parent', language: 'ar' }];
  const household = await aHousehold(api, { contacts });
  await putTerms('2026-09');
  const loan = await aLoan(api, { householdId: household.id });
  await putTerms('2026-11');
  await app.drain();
  return { loan, cookie: (await aFamily(app, council.id, household as never)).headers.cookie ?? '' };
}

async function lookAt(page: Page, name: string): Promise<void> {
  await expectGood(page, name);
  await page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname, fullPage: true });
}

const TITLES = {
  fr: ['Signer pour le prêt', 'Ce que vous avez signé'],
  ar: ['التوقيع على الإعارة', 'ما وقّعتموه'],
} as const;

describe('a family signs on its telephone', () => {
  testWithChromium.each([
    ['fr', 'light'],
    ['ar', 'dark'],
  ] as const)(
    'in %s, %s: a form that is refused, then signed, and there to print',
    async (language, scheme) => {
      const { loan, cookie } = await aLoanToSign();
      const family = { cookie, url: app.url };
      await visiting({ family, viewport: PHONE, locale: language, colorScheme: scheme }, async ({ page }) => {
        await (
          await scales(page)
        )('agreement', () => page.goto(`${app.url}/f/loans/${loan.id}/agreement`));
        expect(await page.textContent('h1')).toBe(TITLES[language][0]);
        expect(await page.getAttribute('html', 'dir')).toBe(language === 'ar' ? 'rtl' : 'ltr');
        await lookAt(page, `agreement-${language}-${scheme}`);

        await page.click('main button');
        expect(await page.locator('.wrongs a').count()).toBe(2);
        expect(await page.locator('[aria-invalid=true]').count()).toBe(2);
        await lookAt(page, `agreement-wrong-${language}-${scheme}`);

        await page.fill('[name=name]', 'Nadia Benkacem-Delacroix '.repeat(4).trim());
        await page.check('[name=agree]');
        await page.click('main form .button');
        expect(await page.textContent('h1')).toBe(TITLES[language][1]);
        expect(await page.textContent('main')).toContain('Nadia Benkacem-Delacroix');
        expect(await page.locator('[name=name]').count()).toBe(0);
        await lookAt(page, `agreement-signed-${language}-${scheme}`);
      });
      const { agreement } = expectStatus(await api.get(`/loans/${loan.id}`), 200);
      expect(agreement).toMatchObject({ method: 'online', termsVersion: '2026-11' });
    },
    isThorough ? 300_000 : 120_000,
  );
});
