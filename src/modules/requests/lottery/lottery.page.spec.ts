import { expect, test } from '@jest/globals';
import { pageText } from '../../../shared/page-frame.js';
import { TEXT_LANGUAGES } from '../../../shared/language.js';
import type { PublicCycleView, PublicLotteryView } from './dto/cycle.dto.js';
import { lotteryPage } from './lottery.page.js';
import { LOTTERY_TEXTS } from './lottery.texts.js';

const aCycle: PublicCycleView = {
  id: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10',
  version: 1,
  createdAt: '2026-11-02T08:00:00Z',
  updatedAt: '2026-11-02T08:00:00Z',
  number: 1,
  state: 'announced',
  seedHash: 'a1',
  publicValueName: 'Loto',
  publicValue: null,
  seed: null,
  reason: null,
  openedAt: null,
  closedAt: null,
  ticket: null,
};
const shown = (view: Partial<PublicLotteryView>, language = 'fr') =>
  pageText(
    lotteryPage({ council: { code: 'gonesse', name: 'Gonesse' }, firstKeyHash: null, firstKey: null, cycles: [aCycle], ...view }, language),
  );

test.each(TEXT_LANGUAGES)('says in %s what was committed to and what is not published yet', (language) => {
  const { title, hash, later, states } = LOTTERY_TEXTS[language];
  const page = shown({ firstKeyHash: 'b2' }, language);
  expect(page).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
  for (const text of [title('Gonesse'), hash, later, states.announced, '<dd>a1</dd>', '<dd>b2</dd>']) expect(page).toContain(text);
});

test('nothing that was written becomes markup', () => {
  const written = '<script>alert("1")</script>';
  const cycles = [{ ...aCycle, publicValueName: written, publicValue: written, reason: written }];
  const page = shown({ council: { code: 'gonesse', name: written }, cycles });
  expect(page).not.toContain('<script');
  expect(page.split('&lt;script>alert(&quot;1&quot;)').length - 1).toBe(5); // the title twice
});
