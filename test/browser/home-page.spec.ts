import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { pageText } from '../../src/shared/page-frame.js';
import { homePage } from '../../src/web/home/home.page.js';
import { startChromium, testWithChromium } from '../support/chromium.js';

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

const council = { code: 'demo', name: 'Département de démonstration', publicPriorityScale: true };
const CASES = ([320, 1280] as const).flatMap((width) =>
  (['fr', 'ar'] as const).flatMap((language) => (['light', 'dark'] as const).map((colorScheme) => [language, width, colorScheme] as const)),
);

testWithChromium.each(CASES)('the door is read by everybody: %s, %i wide, %s', async (language, width, colorScheme) => {
  browser ??= startChromium();
  const context = await (await browser).newContext({ viewport: { width, height: 844 }, colorScheme });
  try {
    const page = await context.newPage();
    await page.setContent(pageText(homePage({ council, showsMessages: true }, language)));
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const heights = await page.evaluate(`[...document.querySelectorAll('a')].map((link) => link.getBoundingClientRect().height)`);
    expect((heights as number[]).every((height) => height >= 44)).toBe(true);
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
  } finally {
    await context.close();
  }
});
