import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectStatus } from '../support/api.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { testWithChromium } from '../support/chromium.js';
import { closeBrowser, DESK, expectGood, isNarrowEnough, PHONE, scales, SHOTS, visiting } from '../support/family-browser.js';
import { aCouncil } from '../support/people.js';
import { isThorough } from '../support/thorough.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ SHOW_MESSAGES: 'true' });
  const { api } = await aCouncil(app);
  expectStatus(await api.patch('/council', 1, { name: 'Département de démonstration', publicPriorityScale: true }), 200);
  expectStatus(await api.post('/kits', { name: 'Portable', components: [{ category: 'laptop', count: 1 }], costCents: 30_000 }), 201);
  mkdirSync(SHOTS, { recursive: true });
});
afterAll(async () => {
  await closeBrowser();
  await app.close();
});

const press = (page: Page, go: string) => page.locator(`main button[value=${go}]`).click();

/** The pages of the plan, each with what is done on it. */
const WAY: readonly (readonly [name: string, answer: (page: Page) => Promise<void>])[] = [
  [
    'child-1',
    async (page) => {
      await page.fill('[name=name]', 'Amal');
      await page.check('[value=college]');
      await press(page, 'more');
    },
  ],
  [
    'child-2',
    async (page) => {
      await page.check('[value=primary]');
      await press(page, 'on');
    },
  ],
  [
    'devices',
    async (page) => {
      await page.fill('[name=smartphone]', '1');
      await page.fill('[name=tablet]', '1');
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
    'device-2',
    async (page) => {
      await page.check('[value=evenings]');
      await press(page, 'on');
    },
  ],
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
];

/** A page of each kind in French; in Arabic those of most parts. */
const LOOKED_AT: Readonly<Record<string, readonly string[]>> = { fr: ['devices', 'device-1', 'hours-1'], ar: ['hours-1'] };

/** Sends the page of a question with all answers at once. */
async function jumpToWeek(page: Page): Promise<void> {
  const child = { name: 'Amal', level: 'college', exam: true };
  const laptop = { category: 'laptop', time: 'always', hours: null };
  const answers = JSON.stringify({ children: [child, { ...child, name: 'Idris' }], devices: [laptop], connection: 'fixed', alone: true });
  await page.locator('main [name=answers]').evaluate((field, value) => field.setAttribute('value', value), answers);
  await page.locator('main form').evaluate((form) => form.setAttribute('action', '/plan/week'));
  await press(page, 'on');
}

const LOOKS = [
  ['fr', 'light', PHONE],
  ['ar', 'dark', PHONE],
  ['ar', 'light', DESK],
  ['fr', 'dark', DESK],
] as const;

describe.each(LOOKS)('in %s, %s, %j', (locale, colorScheme, viewport) => {
  const options = { locale, colorScheme, viewport };
  const isShot = isThorough || (locale === 'fr' && viewport === PHONE);
  const shoot = async (page: Page, name: string) => {
    const path = new URL(`${name}-${locale}-${colorScheme}-${viewport.width}.png`, SHOTS).pathname;
    if (isShot) await page.screenshot({ path, fullPage: true });
  };

  testWithChromium('the door, the plan, and a page that comes back are read by everybody, and light', async () => {
    await visiting(options, async ({ page, complaints }) => {
      const weigh = await scales(page);
      await weigh('door', () => page.goto(app.url));
      await page.locator('summary').click();
      await expectGood(page);
      await shoot(page, 'door');
      await weigh('plan', () => page.goto(`${app.url}/plan`));
      if (viewport === PHONE) {
        await weigh('wrong', () => press(page, 'on'));
        await expectGood(page);
        await shoot(page, 'wrong');
        for (const [name, answer] of WAY) {
          if (LOOKED_AT[locale]?.includes(name)) await expectGood(page);
          await shoot(page, name);
          await weigh(`after ${name}`, () => answer(page));
        }
      } else {
        await weigh('week', () => jumpToWeek(page));
      }
      await expectGood(page);
      await shoot(page, 'week');
      expect(await page.locator('h1').count()).toBe(1);
      expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);
    });
  });
});

describe('the plan for everybody', () => {
  testWithChromium('is made with the keyboard alone, and Enter goes on', async () => {
    await visiting({ locale: 'fr', viewport: PHONE }, async ({ page }) => {
      const { keyboard } = page;
      const h1 = () => page.locator('h1').textContent();
      const tabTo = async (selector: string) => {
        for (let presses = 0; presses < 40; presses++) {
          await keyboard.press('Tab');
          if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
        }
        throw new Error(`no key leads to ${selector}`);
      };
      const onward = async (key: string) => {
        await Promise.all([page.waitForEvent('load'), keyboard.press(key)]);
      };
      await page.goto(`${app.url}/plan`);
      await tabTo('[name=name]');
      await keyboard.type('Amal');
      await tabTo('[name=level]');
      await keyboard.press('Space');
      await keyboard.press('ArrowDown');
      await onward('Enter');
      expect(await h1()).toContain('Qu’est-ce qui marche');
      await tabTo('[name=smartphone]');
      await keyboard.type('1');
      await onward('Enter');
      await tabTo('[name=time]');
      await keyboard.press('Space');
      await onward('Enter');
      await tabTo('[name=connection]');
      await keyboard.press('Space');
      await tabTo('main button[value=on]');
      await onward('Space');
      await tabTo('[name=alone]');
      await keyboard.press('Space');
      await onward('Enter');
      expect(await h1()).toBe('Qui utilise quoi, et quand');
      const ring = await page.evaluate(`(document.querySelector('main a').focus(), getComputedStyle(document.activeElement).outlineStyle)`);
      expect(ring).toBe('solid');
    });
  });

  testWithChromium('goes back as the browser does, with what was typed', async () => {
    await visiting({ locale: 'fr', viewport: PHONE }, async ({ page }) => {
      await page.goto(`${app.url}/plan`);
      for (const [, answer] of WAY.slice(0, 3)) await answer(page);
      const here = await page.locator('h1').textContent();
      await page.goBack();
      expect(await page.locator('[name=smartphone]').inputValue()).toBe('1');
      await page.goBack();
      expect(await page.locator('[value=primary]').isChecked()).toBe(true);
      await press(page, 'on');
      await page.fill('[name=smartphone]', '1');
      await press(page, 'on');
      expect(await page.locator('h1').textContent()).toBe(here);
    });
  });

  testWithChromium('another language comes at once, keeps what was answered, and is remembered', async () => {
    await visiting({ locale: 'fr', viewport: PHONE, javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(`${app.url}/plan`);
      for (const [, answer] of WAY.slice(0, 4)) await answer(page);
      await page.locator('summary').click();
      await page.locator('button[value=ar]').click();
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
      for (const [, answer] of WAY.slice(4)) await answer(page);
      expect(await page.locator('h1').textContent()).toBe('من يستعمل ماذا ومتى');
      await page.goto(app.url);
      expect(await page.locator('html').getAttribute('lang')).toBe('ar');
    });
  });

  testWithChromium('fits a screen 320 wide, with letters twice as large, and prints on one page', async () => {
    await visiting({ locale: 'fr', viewport: { width: 320, height: 640 } }, async ({ page }) => {
      const tooWide: string[] = [];
      const look = async (name: string) => {
        if (!(await isNarrowEnough(page))) tooWide.push(name);
        await page.evaluate(`document.documentElement.style.fontSize = '200%'`);
        if (!(await isNarrowEnough(page))) tooWide.push(`${name}, larger letters`);
      };
      await page.goto(app.url);
      await look('door');
      await page.goto(`${app.url}/plan`);
      for (const [name, answer] of WAY) {
        await look(name);
        await answer(page);
      }
      await look('week');
      expect(tooWide).toEqual([]);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      expect(/\/Type\s*\/Pages[^>]*\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*\/Type\s*\/Pages/.exec(pdf.toString('latin1'))?.slice(1)).toContain(
        '1',
      );
    });
  });
});
