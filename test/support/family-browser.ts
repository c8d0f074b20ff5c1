import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startChromium } from './chromium.js';

/** Where each page can be looked at after the tests: in French on a telephone, and in every look after a thorough run. */
export const SHOTS = new URL('../built/pages/', import.meta.url);
/** All that a page needs, when nothing of it was there before, but the icon, which a browser without a screen does not ask for. */
const MOST_BYTES = 14_000 - 700;
export const PHONE = { width: 360, height: 640 };
export const DESK = { width: 1280, height: 800 };
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Visit {
  readonly page: Page;
  /** What the browser complained of, such as what the page's policy forbids. */
  readonly complaints: readonly string[];
}

let browser: Promise<Browser> | undefined;

/** Ends the browser, if one was started; each test file does that last. */
export const closeBrowser = async (): Promise<void> => (await browser)?.close();

interface VisitOptions extends BrowserContextOptions {
  /** The cookie of a family that is signed in, as `name=value`, and the address of the program that it is for. */
  readonly family?: { readonly cookie: string; readonly url: string };
}

/** Visits with a browser that has nothing of an earlier visit. */
export async function visiting({ family, ...options }: VisitOptions, look: (visit: Visit) => Promise<void>): Promise<void> {
  browser ??= startChromium();
  const context = await (await browser).newContext(options);
  try {
    if (family) {
      const [name = '', value = ''] = family.cookie.split('=');
      await context.addCookies([{ name, value, url: family.url }]);
    }
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    // Whoever goes on before an icon is there has no need of it any more.
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(request.url());
    });
    await look({ page, complaints });
  } finally {
    await context.close();
  }
}

/** Has every page that is opened from now on show letters twice as large. */
export const enlargeLetters = (page: Page) =>
  page.addInitScript(`addEventListener('DOMContentLoaded', () => (document.documentElement.style.fontSize = '200%'))`);
/** Waits until a page is there on which `enlargeLetters` was done. */
export const untilEnlarged = (page: Page) => page.waitForFunction(`document.documentElement?.style.fontSize === '200%'`);

/** Whether nothing has to be scrolled sideways. Waits for a page that is just coming. */
export async function isNarrowEnough(page: Page): Promise<boolean> {
  await page.waitForFunction(`document.documentElement !== null && document.readyState !== 'loading'`);
  return page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
}
/** Links and buttons that a thumb would miss. */
const SMALL_TARGETS = `[...document.querySelectorAll('main a, button, summary, .choice, .field input, textarea')]
  .filter((each) => { const { height } = each.getBoundingClientRect(); return height > 0 && height < 43.9 })
  .map((each) => each.outerHTML.slice(0, 80))`;

/** Expects a page that everybody can read and use. No page has frames, so axe needs no second page to work in (its legacy mode). */
export async function expectGood(page: Page, name = page.url()): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).setLegacyMode().analyze();
  expect([name, violations.map(({ id, nodes }) => [id, nodes[0]?.html])]).toEqual([name, []]);
  expect([name, await isNarrowEnough(page), await page.evaluate(SMALL_TARGETS)]).toEqual([name, true, []]);
  expect([name, await page.locator('h1').count()]).toEqual([name, 1]);
}

/** Weighs what comes over the wire until a page is there, when nothing of it was there before. */
export async function scales(page: Page): Promise<(name: string, go: () => Promise<unknown>) => Promise<void>> {
  const wire = await page.context().newCDPSession(page);
  let bytes = 0;
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await wire.send('Network.enable');
  return async (name, go) => {
    await wire.send('Network.clearBrowserCache');
    bytes = 0;
    await go();
    await page.waitForLoadState('load');
    expect([name, bytes > 1000 && bytes <= MOST_BYTES ? 'light' : bytes]).toEqual([name, 'light']);
  };
}
