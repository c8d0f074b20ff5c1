import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { messagesPage } from '../../src/platform/messages/messages.page.js';
import { pageText } from '../../src/shared/page-frame.js';
import { startChromium, testWithChromium } from '../support/chromium.js';

let browser: Promise<Browser> | undefined;
afterAll(async () => (await browser)?.close());

const message = { councilId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10', leftAt: new Date('2026-11-02T08:00:30Z'), times: 1 };
const link = `https://pret.example.org/invitation#token=${'a'.repeat(43)}`;
const data = [
  { ...message, number: 2, id: '2', channel: 'sms', to: '+33612345678', language: 'ar', subject: null, text: 'مرحبا Samira' },
  { ...message, number: 1, id: '1', channel: 'email', to: `${'n'.repeat(60)}@example.org`, language: 'fr', subject: 'Bonjour', text: link },
] as const;

testWithChromium.each([320, 1280])(
  'messages are read by everybody on a screen %i wide: nothing is cut off, links are reached by key',
  async (width) => {
    browser ??= startChromium();
    const context = await (await browser).newContext({ viewport: { width, height: 844 } });
    try {
      const page = await context.newPage();
      await page.setContent(pageText(messagesPage({ data, nextCursor: 'next' }, { isFirst: false })));
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations.map(({ id }) => id)).toEqual([]);
      const reached: unknown[] = [];
      for (let presses = 0; presses < 3; presses++) {
        await page.keyboard.press('Tab');
        reached.push(await page.evaluate('document.activeElement.textContent'));
      }
      expect(reached).toEqual([link, 'Newest', 'Older']);
      expect(await page.evaluate(`getComputedStyle(document.querySelector('.text')).direction`)).toBe('rtl');
    } finally {
      await context.close();
    }
  },
);
