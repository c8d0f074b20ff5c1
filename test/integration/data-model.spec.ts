import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { documentOf } from '../../src/cli/data-model/document-data-model.js';
import { testDatabaseUrl } from '../support/test-database.js';

test('docs/data-model.md says what the database has; npm run --silent cli -- docs:data-model > docs/data-model.md writes it anew', async () => {
  expect(await documentOf(await testDatabaseUrl())).toBe(await readFile(new URL('../../docs/data-model.md', import.meta.url), 'utf8'));
});
