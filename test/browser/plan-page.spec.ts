import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, describe, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { planPage } from '../../src/modules/needs/plans/plan-page.js';
import { startChromium, testWithChromium } from '../support/chromium.js';
import { aPlanWeek, FOUR_LEARNERS, ONE_LEARNER, SIX_LEARNERS, THREE_LEARNERS } from '../support/plan-weeks.js';

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

const CASES = [
  ['one learner', aPlanWeek(ONE_LEARNER)],
  ['three learners', aPlanWeek(THREE_LEARNERS)],
  ['six learners and eight devices', aPlanWeek(SIX_LEARNERS)],
  ['four learners on two devices', aPlanWeek(FOUR_LEARNERS)],
  ['three learners in Arabic', aPlanWeek(THREE_LEARNERS, { language: 'ar' })],
  ['six learners in Ukrainian', aPlanWeek(SIX_LEARNERS, { language: 'uk' })],
  ['nothing planned', aPlanWeek({ ...THREE_LEARNERS, devices: [] })],
] as const;

/** DejaVu, the widest that a family is likely to have; each is set in it, so that the tests see the same on every machine. */
const FONT = readFileSync(new URL('../../node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf', import.meta.url));
const FONT_ADDRESS = 'https://fonts.example/DejaVuSans.ttf';
/** How high letters are, as parts of the size of the font, above the line and below it. */
const HEIGHTS = [
  ['DejaVu', '93%', '24%'],
  ['Noto', '106.9%', '29.3%'],
] as const;

/** The page as machines show it whose fonts are so wide; its policy would refuse a font. Whoever looks chooses how high they are. */
function withFonts(html: string): string {
  const faces = HEIGHTS.map(
    ([name, above, below]) =>
      `@font-face{font-family:${name};src:url(${FONT_ADDRESS});ascent-override:${above};descent-override:${below};line-gap-override:0%}`,
  );
  return html
    .replace(/<meta http-equiv[^>]*>/, '')
    .replace('</style>', `${faces.join('')}body,td b,.key b{font-family:var(--tried)}</style>`);
}

async function onPage<T>(html: string, width: number, look: (page: Page, complaints: readonly string[]) => Promise<T>): Promise<T> {
  browser ??= startChromium();
  const context = await (await browser).newContext({ viewport: { width, height: 844 } });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.route(FONT_ADDRESS, (route) => route.fulfill({ body: FONT, headers: { 'access-control-allow-origin': '*' } }));
    await page.setContent(html);
    return await look(page, complaints);
  } finally {
    await context.close();
  }
}

/** Pages of a PDF, by the count that its own page tree gives. */
const pagesOf = (pdf: Buffer) => /\/Type\s*\/Pages[^>]*\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*\/Type\s*\/Pages/.exec(pdf.toString('latin1'));

/** Text that is wider or higher than the room it has. */
const CUT = `[...document.querySelectorAll('td p, td span, td bdi, main')]
  .filter((each) => each.clientWidth > 0 && (each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1))
  .map((each) => each.textContent.slice(0, 40))`;

describe('the page of a plan, in Chromium', () => {
  testWithChromium.each(CASES)('prints on one page with nothing cut off: %s', async (_, week) => {
    await onPage(planPage(week), 1280, async (page, complaints) => {
      const pages = pagesOf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      expect(pages?.[1] ?? pages?.[2]).toBe('1');
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(CUT)).toEqual([]);
      expect(complaints).toEqual([]); // such as a style that the policy refuses
    });
  });

  testWithChromium.each(CASES)('has room for its words on paper, with letters as high as on most machines: %s', async (_, week) => {
    await onPage(withFonts(planPage(week)), 1062, async (page) => {
      await page.emulateMedia({ media: 'print' });
      for (const [name] of HEIGHTS) {
        await page.evaluate(`document.documentElement.style.setProperty('--tried', '${name}')`);
        expect(await page.evaluate(`document.fonts.load('1rem ${name}').then(({ length }) => length)`)).toBe(1);
        expect([name, await page.evaluate(CUT)]).toEqual([name, []]);
      }
    });
  });

  testWithChromium.each(CASES.filter(([name]) => !name.endsWith('Ukrainian')))(
    'has nothing that axe objects to, on a wide screen or a telephone: %s',
    async (_, week) => {
      await onPage(planPage(week), 1280, async (page) => {
        for (const width of [1280, 390]) {
          await page.setViewportSize({ width, height: 844 });
          const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
          expect(violations.map(({ id, nodes }) => [width, id, nodes[0]?.html])).toEqual([]);
        }
      });
    },
  );

  testWithChromium('is a table on a wide screen and on paper, and a list by day on a telephone', async () => {
    await onPage(planPage(aPlanWeek(SIX_LEARNERS)), 390, async (page) => {
      const shown = async () => [await page.locator('table').isVisible(), await page.locator('.day').first().isVisible()];
      expect(await shown()).toEqual([false, true]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      await page.emulateMedia({ media: 'print' });
      expect(await shown()).toEqual([true, false]);
      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize({ width: 1024, height: 768 });
      expect(await shown()).toEqual([true, false]);
    });
  });

  testWithChromium('the largest household still has one page, with its legend', async () => {
    const learners = Array.from({ length: 20 }, (_, i) => [`Enfant ${i + 1}`, 'college'] as const);
    const week = aPlanWeek({ learners, devices: Array.from({ length: 20 }, () => 'laptop' as const) });
    await onPage(planPage(week), 1280, async (page) => {
      const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }));
      expect(pages?.[1] ?? pages?.[2]).toBe('1');
      await page.emulateMedia({ media: 'print' });
      expect(await page.evaluate(`(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)(document.querySelector('main'))`)).toBe(
        0,
      );
    });
  });
});
