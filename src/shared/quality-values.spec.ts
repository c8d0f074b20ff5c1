import { expect, test } from '@jest/globals';
import { byQuality, preferredType, prefersPage } from './quality-values.js';

test('the best liked first, in the order of the header where quality is the same', () => {
  const names = (header: string) => byQuality(header).map(({ name }) => name);
  expect(names('a;q=0.5, b, c;level=1, d;q=0, , e;q=0.7, f;q=x')).toEqual(['b', 'c', 'e', 'a', 'd']);
  expect(byQuality('')).toEqual([]);
});

test('the type that is liked best of those that there are', () => {
  const offered = ['application/json', 'text/calendar', 'text/html'] as const;
  expect(preferredType(undefined, offered)).toBe('application/json');
  expect(preferredType('text/calendar', offered)).toBe('text/calendar');
  expect(preferredType('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', offered)).toBe('text/html');
  expect(preferredType('image/png, Text/*;q=0.5', offered)).toBe('text/calendar');
  expect(preferredType('application/json;q=0, */*', offered)).toBe('text/calendar');
  expect(preferredType('image/png', offered)).toBe('application/json');
});

test('who asks for a page gets one, everybody else JSON', () => {
  expect(prefersPage('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe(true);
  expect(prefersPage('application/json;q=0.5, TEXT/HTML;q=0.6')).toBe(true);
  for (const accept of [undefined, '', '*/*', 'application/json', 'text/html, application/json', 'text/html;q=0.1,application/json']) {
    expect(prefersPage(accept)).toBe(false);
  }
});
