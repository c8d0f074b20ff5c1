import { fc, test as property } from '@fast-check/jest';
import { expect, test } from '@jest/globals';
import { pageText } from '../../shared/page-frame.js';
import { messagesPage } from './messages.page.js';
import type { ShownMessage } from './shown-messages.repository.js';

const aMessage = (overrides: Partial<ShownMessage> = {}): ShownMessage => ({
  councilId: '0199c2a4-7f63-7cc0-9d53-5a4f8d2b1e10',
  channel: 'email',
  id: 'invitation-1',
  number: 1,
  to: 'nadia@example.org',
  language: 'fr',
  subject: 'Votre prêt',
  text: 'Bonjour,\n\nÀ bientôt.',
  leftAt: new Date('2026-11-02T08:00:30Z'),
  times: 1,
  ...overrides,
});
const shown = (message: Partial<ShownMessage>) =>
  pageText(messagesPage({ data: [aMessage(message)], nextCursor: null }, { isFirst: true }));

test('an e-mail has its subject, an address, a time and its text as it is written', () => {
  const page = shown({});
  expect(page).toContain('<h2 lang="fr" dir="ltr">Votre prêt</h2>');
  expect(page).toContain('E-mail to <b>nadia@example.org</b>, <time datetime="2026-11-02T08:00:30.000Z">2026-11-02 08:00 UTC</time>');
  expect(page).toContain('<div class="text" lang="fr" dir="ltr">Bonjour,\n\nÀ bientôt.</div>');
  expect(page).not.toContain('times');
});

test('an SMS in Arabic runs from right to left; the page around it does not', () => {
  const page = shown({ channel: 'sms', to: '+33612345678', language: 'ar', subject: null, text: 'Passerelle: مرحبا' });
  expect(page).toContain('<div class="text" lang="ar" dir="rtl">Passerelle: مرحبا</div>');
  expect(page).toContain('<h2>SMS</h2>');
  expect(page).toContain('SMS to <b>+33612345678</b>');
  expect(page).toContain('<html lang="en" dir="ltr">');
});

property.prop([fc.string(), fc.string(), fc.string()])('nothing that was written becomes markup', (to, subject, text) => {
  const tags = (page: string) => page.match(/<[^>]*>/g)?.map((tag) => tag.split(' ')[0]);
  const plain = (raw: string) => raw.replaceAll(/https?:/g, '');
  expect(tags(shown({ to, subject, text: plain(text) }))).toEqual(tags(shown({})));
});

test('a link that somebody wrote is one to be followed by hand, and is nothing but an address', () => {
  const text =
    'Voir \u2068https://pret.example.org/invitation#token=a-b_c\u2069, (http://a.example/?x=1&y="><script>alert(1)</script>). javascript:alert(1)';
  expect(shown({ text }).match(/<a [^>]*>[^<]*<\/a>/g)).toEqual([
    '<a href="https://pret.example.org/invitation#token=a-b_c" dir="ltr">https://pret.example.org/invitation#token=a-b_c</a>',
    '<a href="http://a.example/?x=1&amp;y=" dir="ltr">http://a.example/?x=1&amp;y=</a>',
  ]);
  expect(shown({ text })).not.toContain('<script');
});

test('what left twice says so', () => {
  expect(shown({ times: 2 })).toContain('(left 2 times)');
});

test('older ones are a page away, and the newest from there', () => {
  const page = (nextCursor: string | null, isFirst: boolean) =>
    pageText(messagesPage({ data: [aMessage()], nextCursor }, { isFirst })).match(/<a [^>]*>[^<]*<\/a>/g) ?? [];
  expect(page(null, true)).toEqual([]);
  expect(page('a"b', true)).toEqual(['<a rel="next" href="/messages?cursor=a%22b">Older</a>']);
  expect(page('c', false)).toEqual(['<a href="/messages">Newest</a>', '<a rel="next" href="/messages?cursor=c">Older</a>']);
});

test('a page of ten ordinary messages, half of them in two bytes a letter, is under 14 kB; nothing is said of none', () => {
  const text = (letter: string) => `${letter.repeat(9)} `.repeat(60);
  const data = Array.from({ length: 10 }, (_, number) => aMessage({ number, text: text(number % 2 ? 'a' : 'ж') }));
  expect(Buffer.byteLength(pageText(messagesPage({ data, nextCursor: 'c'.repeat(40) }, { isFirst: false })))).toBeLessThan(14_000);
  expect(pageText(messagesPage({ data: [], nextCursor: null }, { isFirst: true }))).toContain('There are none.');
});
