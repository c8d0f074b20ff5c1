import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { html, prefersPage } from './html.js';

test.prop([fc.string()])('a value never becomes markup', (value) => {
  const { text } = html`<p title="${value}">${value}</p>`;
  expect(text.slice(10, -4)).not.toMatch(/[<>'].*<\/p>|<[^/]/s);
  const read = text.replace(/^<p title="[^"]*">/, '').replace(/<\/p>$/, '');
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  expect(read.replaceAll(/&[a-z#0-9]+;/g, (entity) => entities[entity] ?? entity)).toBe(value);
});

test('markup stays markup, also in lists', () => {
  const items = ['a', '<b>'].map((each) => html`<i>${each}</i>`);
  expect(html`<p>${items} ${1}</p>`.text.replaceAll(/\s+/g, ' ')).toBe('<p><i>a</i><i>&lt;b&gt;</i> 1</p>');
});

test('who asks for a page gets one, everybody else JSON', () => {
  expect(prefersPage('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe(true);
  expect(prefersPage('application/json;q=0.5, TEXT/HTML;q=0.6')).toBe(true);
  for (const accept of [undefined, '', '*/*', 'application/json', 'text/html, application/json', 'text/html;q=0.1,application/json']) {
    expect(prefersPage(accept)).toBe(false);
  }
});
