import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { importsDocument } from './imports-document.js';

test('docs/imports.md says what the kinds say; npm run --silent cli -- docs:imports > docs/imports.md writes it anew', async () => {
  const written = await readFile(new URL('../../../../docs/imports.md', import.meta.url), 'utf8');
  expect(written).toBe(importsDocument());
});
