import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { PageFrame, pageText } from './page-frame.js';

const page = (language: string, value: string) =>
  pageText(
    <PageFrame language={language} title={value} style="p{color:red}">
      <p title={value}>{value}</p>
    </PageFrame>,
  );

test.prop([fc.string()])('a value never becomes markup', (value) => {
  const [, title, attribute, text] = /<title>([^<]*)<\/title>.*<p title(?:="([^"<]*)")?>([^<]*)<\/p>/s.exec(page('fr', value)) ?? [];
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  const read = (raw = '') => raw.replaceAll(/&[a-z#0-9]+;/g, (entity) => entities[entity] ?? entity);
  expect([title, attribute, text].map(read)).toEqual([value, value, value]);
});

test('says its language and which way that is written', () => {
  expect(page('fr', '')).toMatch(/^<!DOCTYPE html><html lang="fr" dir="ltr">/);
  expect(page('ar', '')).toContain('<html lang="ar" dir="rtl">');
});
