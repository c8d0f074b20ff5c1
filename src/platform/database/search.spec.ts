import { test } from '@fast-check/jest';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { foldForSearch } from '../../shared/plain-text.js';
import { MOST_HITS, search, searchPatterns } from './search.js';
import type { Tx } from './tx.js';

/** `LIKE`, written another way: `%` is anything, a backslash takes the meaning from what follows. */
function like(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\([\s\S])|%|[\s\S]/gu, (part, escaped: string | undefined) => {
    if (part === '%') return '[\\s\\S]*';
    return (escaped ?? part).replace(/[\^$.*+?()[\]{}|\\/]/gu, '\\$&');
  });
  return new RegExp(`^${source}$`, 'u').test(text);
}

describe('patterns', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'É', '%', '_', '\\', '0', '-', "'", 'œ'), minLength: 1, maxLength: 6 });

  test.prop([fc.array(word, { minLength: 1, maxLength: 4 }), fc.array(word, { maxLength: 6 })])(
    'match a text that holds every word, and no other',
    (words, others) => {
      const patterns = searchPatterns(words.join(' '));
      fc.pre(patterns !== null);
      const text = foldForSearch(others.join(' '));
      const holds = foldForSearch(words.join(' '))
        .split(' ')
        .every((part) => text.includes(part));
      expect(patterns.every((pattern) => like(text, pattern))).toBe(holds);
      const all = foldForSearch([...others, ...words].join(' '));
      expect(patterns.every((pattern) => like(all, pattern))).toBe(true);
    },
  );

  test.each(['', '  ', 'ab', 'ab cd', 'é', '%_'])('%j has no word of three characters', (q) => expect(searchPatterns(q)).toBeNull());

  test('of one word said twice there is one', () => expect(searchPatterns('Acme ACME ab')).toEqual(['%acme%', '%ab%']));
});

describe('a search', () => {
  /** Rows 0 to `count` - 1, of which `matches` says which match; the index gives `hits` first. */
  function run(count: number, matches: (row: number) => boolean, { patterns = ['%abc%'], limit = 10 } = {}) {
    const asked: string[] = [];
    const rows = Array.from({ length: count }, (_, row) => row);
    const hits = rows.filter(matches);
    const tx = {
      query: () => {
        asked.push('index');
        return Promise.resolve(hits.slice(0, MOST_HITS + 1).map((row) => ({ id: String(row) })));
      },
    } as unknown as Tx;
    const found = search(tx, 'things', patterns, limit, {
      walk: (window) => {
        asked.push(`walk ${window}`);
        const next = rows.slice(0, window);
        return Promise.resolve({ rows: next.filter(matches).slice(0, limit + 1), lookedAt: next.length });
      },
      pick: (ids) => {
        asked.push('pick');
        return Promise.resolve(ids.map(Number).slice(0, limit + 1));
      },
    });
    return found.then((page) => ({ ...page, asked }));
  }

  test('of a short list is one look through it', async () => {
    expect(await run(1999, (row) => row === 1998)).toEqual({ rows: [1998], truncated: false, asked: ['walk 2000'] });
  });

  test('for a frequent word is one look at the next rows', async () => {
    const { rows, asked } = await run(100_000, (row) => row % 100 === 0);
    expect([rows.length, asked]).toEqual([11, ['walk 2000']]);
  });

  test('for a rare word asks the index', async () => {
    const { asked, ...page } = await run(100_000, (row) => row === 99_999);
    expect([page, asked]).toEqual([{ rows: [99_999], truncated: false }, ['walk 2000', 'index', 'pick']]);
  });

  test('with a thousand hits is whole, with one more it is not', async () => {
    expect(await run(100_000, (row) => row >= 99_000)).toMatchObject({ truncated: false });
    expect(await run(100_000, (row) => row >= 98_999)).toMatchObject({ truncated: true });
  });

  test('with too many hits looks on further', async () => {
    const { asked, ...page } = await run(100_000, (row) => row >= 15_000);
    expect([page.truncated, page.rows[0], asked]).toEqual([false, 15_000, ['walk 2000', 'index', 'walk 20000']]);
  });

  test('never asks the index for what it would read from end to end for', async () => {
    for (const pattern of ['%---%', '%a-%', '%\\_\\_\\_%']) {
      expect(await run(100_000, () => false, { patterns: [pattern] })).toMatchObject({
        truncated: true,
        asked: ['walk 2000', 'walk 20000', 'pick'],
      });
    }
    for (const pattern of ['%abc%', '%-a%', '%ab-%', '%محم%']) {
      expect((await run(100_000, () => false, { patterns: [pattern] })).asked).toContain('index');
    }
  });
});
