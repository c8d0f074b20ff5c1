import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { startChromium, testWithChromium } from '../support/chromium.js';
import { aCouncil, type TestCouncil } from '../support/people.js';

let app: TestApp;
let council: TestCouncil;
let browser: Promise<Browser> | undefined;
beforeAll(async () => {
  app = await startTestApp();
  council = await aCouncil(app);
});
afterAll(async () => {
  await (await browser)?.close();
  await app.close();
});

/** The page reads a long document: on a machine with other work beside it that takes its time. */
const PATIENCE_MS = 150_000;

interface Seen {
  readonly page: Page;
  /** Addresses that were asked for on other machines than ours. */
  readonly elsewhere: readonly string[];
  /** What the browser complained of, such as what the page's policy forbids. */
  readonly complaints: readonly string[];
}

async function onDocs(look: (seen: Seen) => Promise<void>): Promise<void> {
  browser ??= startChromium();
  const context = await (await browser).newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const elsewhere: string[] = [];
    const complaints: string[] = [];
    await context.route(/.*/, (route) => {
      const address = route.request().url();
      if (address.startsWith(`${app.url}/`) || /^(data|blob):/.test(address)) return route.continue();
      elsewhere.push(address);
      return route.abort();
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${app.url}/docs`);
    await page.locator('.opblock-tag').first().waitFor();
    await look({ page, elsewhere, complaints });
  } finally {
    await context.close();
  }
}

testWithChromium(
  'the API is read on our own page, and nobody else hears of it',
  async () => {
    await onDocs(async ({ page, elsewhere, complaints }) => {
      const { tags } = (await council.api.get('/openapi.json')).body as { tags: readonly unknown[] };
      expect(await page.locator('.opblock-tag').count()).toBe(tags.length);
      await page.locator('[data-tag="loans"]').click();
      await page.getByText('Hand devices over').click();
      await page.getByText('Nadia B.').first().waitFor();
      expect(elsewhere).toEqual([]);
      expect(complaints).toEqual([]);
    });
  },
  PATIENCE_MS,
);

testWithChromium(
  'a call is tried with a token',
  async () => {
    const client = expectStatus(await council.api.post('/clients', { name: 'Reader', scopes: ['settings:read'] }), 201);
    await onDocs(async ({ page, elsewhere, complaints }) => {
      await page.locator('[data-tag="schools"]').click();
      const operation = page.locator('.opblock', { hasText: 'List schools' });
      await operation.locator('.opblock-summary-control').click();
      await operation.getByRole('button', { name: 'Try it out' }).click();
      await operation.getByRole('button', { name: 'Execute' }).click();
      await operation.locator('.live-responses-table').getByText('UNAUTHENTICATED').first().waitFor();

      await page.getByRole('button', { name: 'Authorize', exact: true }).click();
      const dialog = page.locator('.dialog-ux .auth-container', { hasText: 'clientCredentials' });
      await dialog.getByLabel('client_id:').fill(client.id);
      await dialog.getByLabel('client_secret:').fill(client.secret);
      await dialog.getByText('settings:read').click();
      await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
      await dialog.getByRole('button', { name: 'Remove authorization' }).waitFor();
      await page.locator('.dialog-ux').getByRole('button', { name: 'Close', exact: true }).first().click();
      await operation.getByRole('button', { name: 'Execute' }).click();
      await operation.locator('.live-responses-table').getByText('nextCursor').first().waitFor();
      expect(elsewhere).toEqual([]);
      // The first try was without a token.
      expect(complaints.filter((each) => !each.includes('401'))).toEqual([]);
    });
  },
  PATIENCE_MS,
);
