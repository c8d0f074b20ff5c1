import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { stateDiagrams } from './state-diagrams.js';

test('docs/states.md is what the machines say', async () => {
  expect(await readFile(new URL('../../docs/states.md', import.meta.url), 'utf8')).toBe(stateDiagrams());
});

test('it draws every machine, with its first state', () => {
  for (const first of ['intake', 'draft', 'on_loan', 'open']) expect(stateDiagrams()).toContain(`  [*] --> ${first}\n`);
});
